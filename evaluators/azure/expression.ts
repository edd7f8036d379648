// Expressions of flexible federated credentials: `claims['sub'] matches 'repo:acme/*'`, joined by `and`, version 1
// ("Flexible federated identity credentials", learn.microsoft.com).
import { all, depends, no, yes, type Answer } from '../three-valued'
import { like } from './abac/compare'
import { short } from './words'

export type Clause = { claim: string; operator: 'eq' | 'matches'; value: string }

const CLAUSE = /\s*claims\[\s*'([^']+)'\s*\]\s+(eq|matches)\s+'((?:[^']|'')*)'\s*/y
const AND = /and\b/y

/** @returns undefined where it is not written as such expressions are */
export function clausesOf(expression: string): readonly Clause[] | undefined {
  const clauses: Clause[] = []
  let from = 0
  for (;;) {
    CLAUSE.lastIndex = from
    const [text, claim = '', operator, value = ''] = CLAUSE.exec(expression) ?? []
    if (text === undefined) return undefined
    // What a backslash does there is not documented.
    if (value.includes('\\')) return undefined
    clauses.push({
      claim,
      operator: operator === 'eq' ? 'eq' : 'matches',
      value: value.replaceAll("''", "'"),
    })
    from += text.length
    if (from === expression.length) return clauses
    AND.lastIndex = from
    const and = AND.exec(expression)
    if (!and) return undefined
    from += and[0].length
  }
}

export type Claims = Readonly<Record<string, string | readonly string[]>>
/** Undefined: not told; empty: the token has none. */
export function claimOf(claims: Claims, name: string): readonly string[] | undefined {
  if (!Object.hasOwn(claims, name)) return undefined
  const value = claims[name]
  return typeof value === 'string' ? [value] : value
}

export function claimFits(claims: Claims, { claim, operator, value }: Clause): Answer {
  const told = claimOf(claims, claim)
  const words = `${claim} ${operator === 'eq' ? 'is' : 'fits'} ${short(value)}`
  if (!told) return depends(`Only where ${words}.`)
  const fits = told.length === 1 && (operator === 'eq' ? told[0] === value : like(told[0] ?? '', value))
  if (told.length > 1) return depends(`Which of several values of ${claim} counts is not documented.`)
  return fits ? yes(`Its ${words}.`) : no(`Its ${claim} is not ${short(value)}.`)
}

export const fitsAll = (claims: Claims, clauses: readonly Clause[]): Answer =>
  all(clauses.map((clause) => claimFits(claims, clause)))
