// An estate for tests of reads: made through the real pipeline, with owners, sorts and gaps that reads must get right.
import { known, unknown, absent } from '@/core/fact'
import type { Of } from '@/core/observation'
import type { Actor, Role } from '@/core/permissions'
import { evaluateScope } from '@/governance/evaluation/evaluate-scope'
import { scopeIdOf } from '@/inventory/scopes'
import { db } from '@/prisma/client'
import { credential, identity, takeLook, type Look, type connection } from './scripted-source'

const SOURCE = 'demo:List'

export const actorOf = (role: Role, more: Partial<Actor> = {}): Actor => ({
  kind: 'user',
  id: `test-${role}`,
  name: `Test ${role}`,
  role,
  ...more,
})
export const analyst = actorOf('analyst')

export const ownerHint = (of: string, value: string): Of<'owner-hint'> => ({
  kind: 'owner-hint',
  nativeId: `${of}/owner`,
  identity: of,
  names: 'person',
  value,
  via: 'tag owner',
})

/** Takes a look and asks the rules, as the worker does. */
export async function look(to: Awaited<ReturnType<typeof connection>>, seen: Look) {
  const taken = await takeLook(to, seen)
  await db.run.update({
    where: { id: taken.runId },
    data: { state: taken.state, endedAt: seen.at, scopesCoverage: { state: 'complete', gaps: [] } },
  })
  for (const nativeId of seen.scopes ?? ['s1'])
    await evaluateScope({
      scopeId: scopeIdOf(to.connectorId, to.mode === 'sample', nativeId),
      signal: new AbortController().signal,
      now: seen.at,
    })
  return taken
}

/** Names that sort and filter badly: equal ones, long ones, other scripts, wildcards, formulas. */
const NAMES = ['same', 'same', 'Ünïcode', '名前'.repeat(75), 'a_b', 'a%b', '=1+1', "o'brien", 'zeta', 'Alpha']
/** Equal dates, and dates that are not there for either reason. */
const dates = (at: number) => {
  if (at % 5 === 0) return absent(SOURCE)
  if (at % 7 === 0) return unknown('denied', 'demo:Use')
  return known(`2026-0${1 + (at % 4)}-01T00:00:00.000Z`, SOURCE)
}

/** So many identities with credentials and owners in one look. */
export function estate(count: number): Look['streams'] {
  const numbers = Array.from({ length: count }, (_, at) => at)
  return {
    main: {
      observations: numbers.flatMap((at) => {
        const id = `id-${String(at).padStart(3, '0')}`
        return [
          identity(id, {
            name: `${NAMES[at % NAMES.length]}`,
            aliases: [`arn:demo:${id}`],
            class: at % 9 === 0 ? 'human' : 'machine',
            lastUsedAt: dates(at),
            createdAt: dates(at + 3),
          }),
          ...(at % 3 ? [credential(`key-${at}`, id, { createdAt: dates(at + 1) })] : []),
          ...(at % 4 === 0 ? [ownerHint(id, at % 8 ? 'bob@example.com' : 'Ann@Example.com')] : []),
        ]
      }),
    },
  }
}
