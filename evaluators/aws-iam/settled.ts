// What is held, with its conditions judged and its variables filled in as far as the holder is known.
import type { HeldDocument } from '@/core/evaluator'
import { judgeConditions, type Context } from './conditions'
import { ALLOW_EVERYTHING, readStatements, type Patterns, type Statement } from './statements'
import { filled } from './variables'

export type ResourcePattern = {
  /** What is matched, with everything nobody knows widened to `*`. */
  glob: string
  /** False where the glob is wider than what is meant: a match is then only possible. */
  exact: boolean
}
export type Settled = {
  effect: Statement['effect']
  actions: Patterns
  resources: { patterns: readonly ResourcePattern[]; except: boolean }
  /** Whether it applies only under a condition that is not decided here, or was not understood. */
  open: boolean
  /** Whether it is held through a group. */
  fromGroup: boolean
  words: string
}
export type Held = {
  /** Statements of what is attached, inline or through a group. */
  own: readonly Settled[]
  /** Statements of each document that caps the others. */
  limits: readonly { name: string; statements: readonly Settled[] }[]
}

export const ALL_SETTLED: Settled = {
  effect: ALLOW_EVERYTHING.effect,
  actions: ALLOW_EVERYTHING.actions,
  resources: { patterns: [{ glob: '*', exact: true }], except: false },
  open: false,
  fromGroup: false,
  words: '',
}

export function settleHeld(held: readonly HeldDocument[], context: Context): Held {
  return {
    own: held.filter(({ effect }) => effect !== 'limit').flatMap((one) => statementsOf(one, context)),
    limits: held
      .filter(({ effect }) => effect === 'limit')
      .map((one) => ({ name: nameOf(one), statements: statementsOf(one, context) })),
  }
}

export const nameOf = ({ name, via }: Pick<HeldDocument, 'name' | 'via'>): string =>
  `${name.slice(0, 120)} (${via})`

const statementsOf = (held: HeldDocument, context: Context): Settled[] =>
  settle(readStatements(nameOf(held), held.document), held.via.includes('group'), context)

/** Statements whose conditions certainly do not hold are left out. */
export function settle(statements: readonly Statement[], fromGroup: boolean, context: Context): Settled[] {
  return statements.flatMap((statement) => {
    const { effect, actions, resources, conditions, understood, words } = statement
    const holds = conditions.length ? judgeConditions(conditions, context).value : 'yes'
    if (holds === 'no') return []
    const patterns = resources.patterns.flatMap((template): ResourcePattern[] => {
      const known = filled(template, context, true)
      // A variable that is absent leaves nothing to match; an exception of nothing is not documented.
      if (!known) return resources.except ? [{ glob: '*', exact: false }] : []
      const glob = widened(known.pattern)
      return [{ glob, exact: known.exact && glob === known.pattern }]
    })
    const open = holds !== 'yes' || !understood
    return [{ effect, actions, resources: { patterns, except: resources.except }, open, fromGroup, words }]
  })
}

/** Accounts or partitions given in part could be those of the holder. */
function widened(pattern: string): string {
  const fields = pattern.split(':')
  const [arn, partition, , , account] = fields
  if (arn === 'arn' && partition !== 'aws*' && isPart(partition)) fields[1] = '*'
  if (arn === 'arn' && isPart(account)) fields[4] = '*'
  return fields.join(':')
}

const isPart = (field = ''): boolean => /[*?]/.test(field) && field !== '*'
