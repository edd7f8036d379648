// What the allowing statements of a policy name, to tell which part of a report on last use a grant is concerned by.
// What denies and what is demanded beside is not weighed: a grant is rather said to give too much than too little.
import { statementsOf, textsOf, type Document } from './policy-document'

/** Patterns of actions in lower case. `allBut`: statements that give all but what they name. */
export type Gives = { some: readonly string[]; allBut: readonly (readonly string[])[] }

/**
 * Checked with other calls and never called itself, so that no report can tell of it. Source of the first: IAM user guide,
 * "Grant a user permissions to pass a role to an AWS service"; of the others: "Pass session tags in AWS STS" and "Monitor and
 * control actions taken with assumed roles".
 */
const NEVER_CALLED: readonly string[] = ['iam:passrole', 'sts:tagsession', 'sts:setsourceidentity']

/** Undefined where the document is in no form known here. */
export function givesOf(document: Document): Gives | undefined {
  const statements = statementsOf(document)
  if (!statements) return undefined
  const some: string[] = []
  const allBut: string[][] = []
  for (const { Effect, Action, NotAction } of statements) {
    if (Effect !== 'Allow') continue
    const named = textsOf(NotAction === undefined ? Action : NotAction)?.map((text) => text.toLowerCase())
    if (!named) return undefined
    if (NotAction === undefined) some.push(...named.filter((text) => !NEVER_CALLED.includes(text)))
    else allBut.push(named)
  }
  return { some: [...new Set(some)], allBut }
}

/** Whether a pattern may be about actions of a service. */
const isOf =
  (service: string) =>
  (pattern: string): boolean =>
    pattern === '*' || fits(pattern.split(':')[0] ?? '', service)
const areLeft = ({ allBut }: Gives, service: string): boolean =>
  allBut.some((named) => !named.some((pattern) => fits(pattern, `${service}:*`)))

/** Whether anything of a service may be given. */
export const givesAnyOf = (gives: Gives, service: string): boolean =>
  gives.some.some(isOf(service)) || areLeft(gives, service)

/** Whether one action, in lower case, may be given. */
export const givesAction = ({ some, allBut }: Gives, action: string): boolean =>
  some.some((pattern) => fits(pattern, action)) ||
  allBut.some((named) => !named.some((pattern) => fits(pattern, action)))

/** Whether anything of a service may be given beside these actions, in lower case. */
export const givesMore = (gives: Gives, service: string, actions: ReadonlySet<string>): boolean =>
  areLeft(gives, service) ||
  gives.some.filter(isOf(service)).some((pattern) => /[*?]/.test(pattern) || !actions.has(pattern))

/** Whether a pattern with `*` (any text) and `?` (any one character) covers a text, in time that grows with both lengths alone. */
export function fits(pattern: string, text: string): boolean {
  let [at, inPattern, star, starText] = [0, 0, -1, 0]
  while (at < text.length) {
    if (pattern[inPattern] === '*') {
      star = inPattern++
      starText = at
    } else if (pattern[inPattern] === '?' || pattern[inPattern] === text[at]) {
      inPattern++
      at++
    } else if (star >= 0) {
      inPattern = star + 1
      at = ++starText
    } else return false
  }
  return pattern.slice(inPattern).replaceAll('*', '') === ''
}
