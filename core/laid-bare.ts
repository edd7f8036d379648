// How a rule sees its subject: bare values of the facts it needs, and no way past one that nobody knows.
import type { Fact } from './fact'

type Fields = Record<string, unknown>

/** What is not known was read: whoever needs it to answer cannot. */
class Unread extends Error {
  override readonly name = 'Unread'
}

/** A copy of the subject that was asked about last: many rules are asked about each, one after the other. */
let copied: { of: object; copy: Fields } | undefined

/** Asks with bare values of the facts that a rule needs, none of which is unknown. */
export function laidBare<T>(subject: object, needs: readonly string[], ask: (bare: Fields) => T): T {
  if (copied?.of !== subject) copied = { of: subject, copy: { ...subject } }
  const { copy } = copied
  try {
    for (const need of needs) copy[need] = bareOf(copy[need] as Fact<unknown>)
    return ask(copy)
  } finally {
    for (const need of needs) copy[need] = (subject as Fields)[need]
  }
}

const bareOf = (fact: Fact<unknown>): unknown => (fact.state === 'known' ? fact.value : null)

/**
 * The same where some of what it needs is unknown: an answer for which none of these was read holds whatever they are.
 * @returns undefined where one was read
 */
export function laidBareBut<T>(
  subject: object,
  needs: readonly string[],
  unknown: readonly string[],
  ask: (bare: Fields) => T,
): { answer: T } | undefined {
  const bare: Fields = { ...subject }
  for (const need of needs) bare[need] = bareOf(bare[need] as Fact<unknown>)
  for (const need of unknown)
    Object.defineProperty(bare, need, {
      enumerable: true,
      get: () => {
        throw new Unread(need)
      },
    })
  try {
    return { answer: ask(bare) }
  } catch (error) {
    if (error instanceof Unread) return undefined
    throw error
  }
}
