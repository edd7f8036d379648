// The laws over a recorded Vault and a recorded OpenBao.
import { expect, test } from 'vitest'
import type { Transport } from '@/core/upstream'
import { conformance, replay } from '@/tests/conformance'
import { isCall } from './calls'
import vault from './collect'
import { emptyAnswers } from './fixtures/empty'
import { fewOf, NOW, OPENBAO, recordedWorld, VAULT, type Answered } from './fixtures/recorded-world'

/** A role that no entity, token or trust of the estate speaks of. */
const ROLE = 'edge-batch'

/** The same server after a role was deleted: its name is in no list, and what was asked of it alone is never asked. */
function withoutRole(recorded: readonly Answered[]): Transport {
  const transport = replay(recorded)
  return {
    async send(permission, params, signal) {
      const answer = await transport.send(permission, params, signal)
      if (permission !== 'list auth/<approle>/role') return answer
      const { data } = answer as { data: { keys: string[] } }
      return { data: { keys: data.keys.filter((key) => key !== ROLE) }, auth: null }
    },
    explain: (error) => transport.explain(error),
  }
}

const roleOf = (recorded: readonly Answered[]): string => {
  const auth = recorded.find(({ permission }) => permission === 'read sys/auth') as { answer: unknown }
  const { data } = auth.answer as { data: Record<string, { accessor: string }> }
  return `${data['approle/']?.accessor}/role/${ROLE}`
}
const worldOf = (recorded: readonly Answered[], golden: string) => ({
  transport: () => replay(recorded),
  golden: `${import.meta.dirname}/fixtures/${golden}.json`,
  folder: import.meta.dirname,
  recorded: () => recorded,
  empty: () => replay(emptyAnswers(recorded)),
  remove: { identity: roleOf(recorded), from: () => withoutRole(recorded) },
  now: NOW,
})

const recordedVault = await recordedWorld(fewOf(VAULT))
const recordedBao = await recordedWorld(fewOf(OPENBAO))
conformance(vault, worldOf(recordedVault, 'golden-vault'))
conformance(vault, {
  ...worldOf(recordedBao, 'golden-openbao'),
  skip: {
    'least-privilege':
      'OpenBao has no methods and engines of clouds, so some permissions are not used; the recorded Vault uses all',
  },
})

test('OpenBao is asked nothing that is not declared', () => {
  expect(recordedBao.filter(({ permission }) => !isCall(permission))).toEqual([])
})
