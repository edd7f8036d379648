// Asks one kind of question many times, one after the other, and looks at the plans of what was sent for it.
import { atMost, spaced, type Figure, type Plan } from '../contract'
import { withServer } from '../sync/server'
import { outline, planOf, readWhole, type PlanNode } from './plans'
import { seeded, type Random } from './random'
import { recorded } from './recorder'
import { percentile } from './statistics'

export type Question = {
  group: string
  name: string
  /** Asks once, with what the random numbers choose. */
  ask: (random: Random) => Promise<unknown>
  /** Shown with its plan, under this title. */
  show?: string
  calls?: number
}
export type Measured = { figure: Figure; plan?: Plan }

const P95_MS_MAX = 150
/** Of so many calls the slow ones can be told; a question is asked no longer than its share of the whole measurement. */
const CALLS = 60
/** Before the clock runs: connections are opened, pages of the database are read. */
const WARM = 3
const BUDGET_MS = 8000
/** A question that is far too slow need not be asked often to know it. */
const FEWEST = 8

async function timesOf({ ask, calls = CALLS }: Question, seed: number): Promise<number[]> {
  const warm = seeded(seed + 1)
  const began = performance.now()
  for (let call = 0; call < WARM && performance.now() - began < BUDGET_MS / 4; call++) await ask(warm)
  const random = seeded(seed)
  const times: number[] = []
  const from = performance.now()
  while (times.length < calls) {
    if (times.length >= FEWEST && performance.now() - from > BUDGET_MS) break
    const asked = performance.now()
    await ask(random)
    times.push(performance.now() - asked)
  }
  return times
}

/** Plans of all that one call sends, the one that read most rows first. */
async function plansOf({ ask }: Question, seed: number): Promise<PlanNode[]> {
  const sent = await recorded(() => ask(seeded(seed)))
  return withServer(async (client) => {
    const plans: PlanNode[] = []
    for (const one of sent) plans.push(await planOf(client, one))
    return plans
  })
}

/** Of all that was sent, the one that fetches what is shown: its rows are the widest. */
const widest = (plans: readonly PlanNode[]) =>
  [...plans].sort((a, b) => b['Plan Width'] - a['Plan Width']).slice(0, 1)

export async function measure(question: Question, seed: number): Promise<Measured> {
  const { group, name, show } = question
  const aim = `95 of 100 within ${P95_MS_MAX} ms, no large table read whole`
  try {
    const times = await timesOf(question, seed)
    const plans = await plansOf(question, seed)
    const [p50, p95] = [percentile(times, 0.5), percentile(times, 0.95)]
    const whole = plans.flatMap((plan) => readWhole(plan))
    const tables = [
      ...new Map(whole.map(({ table, rows }) => [table, `${spaced(rows)} rows of ${table}`])).values(),
    ]
    const read = tables.length ? `; reads ${tables.join(', ')} without an index` : ''
    const measured = `p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms (of ${times.length} calls, ${plans.length} statements each)${read}`
    const verdict = whole.length ? 'misses' : atMost(p95, P95_MS_MAX)
    const plan =
      show === undefined
        ? undefined
        : {
            title: show,
            text: widest(plans)
              .flatMap((plan) => outline(plan))
              .join('\n'),
          }
    return { figure: { group, name, aim, measured, verdict }, ...(plan && { plan }) }
  } catch (error) {
    const measured = `could not be asked: ${error instanceof Error ? error.message.split('\n').at(-1) : String(error)}`
    return { figure: { group, name, aim, measured, verdict: 'misses' } }
  }
}
