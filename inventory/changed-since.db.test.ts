// Two looks at a scope that speak of different kinds do not get in each other's way; of the same kinds they do.
import { expect, test } from 'vitest'
import { unknown } from '@/core/fact'
import type { Kind, Of } from '@/core/observation'
import { db } from '@/prisma/client'
import { connection, identity, observeLook, takeLook } from '@/tests/scripted-source'
import { applyRun } from './apply'
import { scopeIdOf } from './scopes'

const OTHERS: Kind[] = ['identity', 'credential', 'grant', 'entitlement', 'trust', 'owner-hint', 'workload']
const T = (n: number) => `2026-10-0${n}T00:00:00.000Z`
const why = unknown('not-offered', 'demo:Log')
const use = (at: string): Of<'usage'> => ({
  kind: 'usage',
  nativeId: 'u',
  identity: 'a',
  at,
  what: 'list pods',
})
const fresh = () => `s-${Math.random().toString(36).slice(2)}`

/** A look is taken up, and before it is applied a log tells of a use. */
async function crossing(scope: string, silentOn: Kind[]) {
  const to = await connection()
  const look = {
    at: T(2),
    scopes: [scope],
    streams: { all: { observations: [identity('a')], lacking: { kinds: silentOn, why } } },
  }
  const runId = await observeLook(to, look)
  await takeLook(to, {
    at: T(3),
    scopes: [scope],
    streams: { log: { observations: [use(T(3))], lacking: { kinds: OTHERS, why } } },
  })
  return applyRun({ runId, send: async () => {} })
}

test('a look that is silent about uses is applied beside a log of them', async () => {
  const scope = fresh()
  const { changes } = await crossing(scope, ['usage'])
  expect(changes.identity).toMatchObject({ created: 1 })
  const scopeId = scopeIdOf('demo', false, scope)
  expect(await db.usage.count({ where: { scopeId, retiredAt: null } })).toBe(1)
})

test('a look that says there are no uses has to be taken again', async () => {
  const scope = fresh()
  await expect(crossing(scope, [])).rejects.toMatchObject({ code: 'upstream' })
  expect(await db.identity.count({ where: { scopeId: scopeIdOf('demo', false, scope) } })).toBe(0)
})
