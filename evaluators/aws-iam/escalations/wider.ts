// Whether what is held goes beyond what a boundary lets through, and whether a deny takes away what something else allows.
import type { Held } from '@/core/access'
import { depends, no, yes, type Answer } from '../../three-valued'
import { actionsLike } from '../catalogue'
import type { Holding, Layer } from '../holding'
import { overlap } from '../match'
import { nameOf } from '../settled'
import { readStatements, type Statement } from '../statements'

/** Actions that are compared, of all that is held: what is wider than a boundary shows among the first. */
const ACTIONS_MAX = 4000

/** Yes where an action is allowed that the boundary does not let through on any resource. */
export function widerThanBoundary(holding: Holding): Answer {
  const known = holding.answers.get('wider than boundary') as Answer | undefined
  const answer = known ?? compared(holding)
  if (!known) holding.answers.set('wider than boundary', answer)
  return answer
}

function compared(holding: Holding): Answer {
  if (!holding.limits.length) return no()
  let open: Answer | undefined
  let count = 0
  for (const statement of holding.own.statements) {
    if (statement.effect === 'Deny') continue
    const patterns = statement.actions.except ? ['*'] : statement.actions.patterns
    for (const pattern of patterns)
      for (const { name } of actionsLike(pattern)) {
        if (++count > ACTIONS_MAX)
          return open ?? depends('What it holds was not compared whole with its boundary.')
        const answer = lets(holding.limits, name, holding.own)
        if (answer?.value === 'yes') return answer
        open ??= answer
      }
  }
  return open ?? no()
}

/** Whether a boundary keeps an action back: undefined where it lets it through everywhere. */
function lets(limits: readonly Layer[], name: string, own: Layer): Answer | undefined {
  const action = name.toLowerCase()
  const granted = own.of(action).allow
  if (!granted.length) return undefined
  const certain = granted.some(({ understood, conditions }) => understood && !conditions.length)
  for (const limit of limits) {
    const { allow, deny } = limit.of(action)
    if (!allow.length)
      return certain && !own.of(action).deny.length
        ? yes(`${limit.name} does not let ${name} through, which it holds.`)
        : depends(`${limit.name} does not let ${name} through, which it may hold.`)
    const isWhole = allow.some(
      ({ plain, understood, resources }) =>
        plain && understood && !resources.except && resources.patterns.some(({ raw }) => raw === '*'),
    )
    if (!isWhole || deny.length)
      return depends(`Whether ${limit.name} lets all of ${name} through that it holds was not compared.`)
  }
  return undefined
}

const isDeny = ({ effect }: Statement): boolean => effect !== 'Allow'

/** Whether one document denies what another document, or another statement, allows. */
export function deniesSomething(one: Held, all: readonly Held[]): Answer {
  const denies = readStatements(nameOf(one), one.document).filter(isDeny)
  if (!denies.length) return no()
  const allows = all.flatMap((held) =>
    held.effect === 'allow'
      ? readStatements(nameOf(held), held.document).filter((statement) => !isDeny(statement))
      : [],
  )
  let open: Answer | undefined
  for (const deny of denies) {
    if (!deny.understood) {
      open ??= depends(deny.words)
      continue
    }
    for (const allow of allows) {
      if (!meets(deny, allow)) continue
      if (deny.plain && allow.plain && allow.understood) return yes(deny.words, allow.words)
      open ??= depends(deny.words, allow.words)
    }
  }
  return open ?? no()
}

const patternsOf = ({ resources }: Statement): string[] =>
  resources.except
    ? ['*']
    : resources.patterns.map(({ raw, hasVariables }) =>
        hasVariables ? raw.replace(/\$\{[^}]*\}/g, '*') : raw,
      )
const actionsOf = ({ actions }: Statement): readonly string[] => (actions.except ? ['*'] : actions.patterns)
const meets = (a: Statement, b: Statement): boolean =>
  actionsOf(a).some((x) => actionsOf(b).some((y) => overlap(x, y))) &&
  patternsOf(a).some((x) => patternsOf(b).some((y) => overlap(x, y)))
