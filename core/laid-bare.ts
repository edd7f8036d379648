// How a rule sees its subject: bare values of the facts it needs, and no way past one that nobody knows.
import type { Fact } from './fact'

type Fields = Record<string, unknown>
const OF = Symbol('the subject')
type View = { [OF]: Fields }
type ViewOf = new (subject: object) => object

/** Thrown where a fact that is not known is read. One for all: what an error costs is the trace of where it was made. */
const UNREAD = new Error('what is not known was read')

/** What a rule does not need it sees as it is. */
const ASIDE: object = new Proxy(
  {},
  { get: (_, name, self: View) => (typeof name === 'string' ? self[OF][name] : undefined) },
)

/** Sees every subject as a rule with these needs does. Made once, of accessors: nothing is copied for each subject. */
export function viewOf(needs: readonly string[]): ViewOf {
  function Seen(this: View, subject: object) {
    this[OF] = subject as Fields
  }
  const accessors = needs.map((need) => {
    const get = function (this: View): unknown {
      const fact = this[OF][need] as Fact<unknown>
      if (fact.state === 'unknown') throw UNREAD
      return fact.state === 'known' ? fact.value : null
    }
    return [need, { enumerable: true, get }] as const
  })
  Seen.prototype = Object.create(ASIDE, Object.fromEntries(accessors)) as object
  return Seen as unknown as ViewOf
}

/**
 * Asks with what is seen. An answer for which nothing unknown was read holds whatever that is.
 * @returns undefined where a fact that is not known was read
 */
export function askedOf<T>(seen: object, ask: (seen: object) => T): { answer: T } | undefined {
  try {
    return { answer: ask(seen) }
  } catch (error) {
    if (error === UNREAD) return undefined
    throw error
  }
}
