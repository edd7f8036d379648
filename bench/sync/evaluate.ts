// What asking every rule takes: all scopes of a small estate, as many of a large one as fit the time.
import { observedAt } from '@/estate/calendar'
import { evaluateScope } from '@/governance/evaluation/evaluate-scope'
import { peakMiB, secondsOf, spaced, type Step } from '../contract'
import { seeded } from '../queries/random'
import { maintain, withServer } from './server'

/** Up to here every scope is evaluated; of larger estates the scopes that are not too large, for so long. */
const WHOLE_UP_TO = 50_000
const SCOPE_MAX = 5000
const BUDGET_MS = 60_000

type Scope = { id: string; identities: number }

async function scopesOf(identities: number, seed: number): Promise<Scope[]> {
  const { rows } = await withServer((client) =>
    client.query<Scope>(
      `SELECT scope_id AS id, count(*)::int AS identities FROM identity GROUP BY 1
       HAVING $1 OR count(*) BETWEEN 100 AND $2 ORDER BY 1`,
      [identities <= WHOLE_UP_TO, SCOPE_MAX],
    ),
  )
  const random = seeded(seed)
  return rows
    .map((scope) => ({ scope, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ scope }) => scope)
}

export const evaluate: Step = async ({ identities, seed }) => {
  await maintain('public')
  const signal = new AbortController().signal
  const startMiB = peakMiB()
  const began = performance.now()
  let asked = 0
  let scopes = 0
  for (const { id, identities: held } of await scopesOf(identities, seed)) {
    if (identities > WHOLE_UP_TO && performance.now() - began > BUDGET_MS) break
    await evaluateScope({ scopeId: id, signal, now: observedAt(0) })
    asked += held
    scopes++
  }
  const seconds = (performance.now() - began) / 1000
  return {
    figures: [
      {
        group: 'Sync',
        name: 'First evaluation, all rules',
        measured: `${spaced(asked / seconds)} identities a second (${spaced(asked)} of ${scopes} scopes in ${secondsOf(seconds)}); ${peakMiB()} MiB at most, ${startMiB} before`,
        verdict: 'told',
      },
    ],
    facts: {},
  }
}
