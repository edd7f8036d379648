// What runs in a thread of its own: asks the rules about rows that were read before. It has no database.
import type { Policy } from '@/core/policy'
import { compareKept, type Compared, type KeptRow } from '@/governance/evaluation/compare-kept'
import { Judge } from '@/governance/evaluation/judge'
import { rules } from '@/rules'

/** By which a judge is the same as in the process that asks. */
export type Like = { now: string; policy: Policy; mark: string }
export type Task = { like: Like; rows: readonly KeptRow[] }

let held: { key: string; judge: Judge } | undefined

function judgeLike({ now, policy, mark }: Like): Judge {
  const key = `${now} ${mark}`
  if (held?.key !== key) held = { key, judge: new Judge(now, policy, rules) }
  if (held.judge.mark !== mark)
    throw new Error('The rules were changed while they were asked. Start the worker again.')
  return held.judge
}

export default ({ like, rows }: Task): Compared => compareKept(judgeLike(like), rows)
