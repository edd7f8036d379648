// What principals did in one subscription, kept small: each action with the scopes at which it was done.
import type { Deed } from './shapes-activity'

/** So many scopes of one action are told apart; of more it counts as done anywhere in the subscription. */
const SCOPES_MAX = 200
const ANYWHERE = ''

/**
 * How often it was begun less how often it was refused, or without end once anything else was recorded: the start of what is
 * then refused is no use, one of which the end is not told yet is.
 */
type Tally = Map<string, number>
const STEP = { begun: 1, refused: -1, used: Infinity }

export class Deeds {
  private readonly actions = new Map<string, Map<string, Tally>>()
  private readonly odd = new Set<string>()

  add({ principal, action, scope, outcome }: Deed): void {
    if (action === undefined) {
      this.odd.add(principal)
      return
    }
    const own = this.actions.get(principal) ?? new Map<string, Tally>()
    this.actions.set(principal, own)
    const tally: Tally = own.get(action) ?? new Map<string, number>()
    own.set(action, tally)
    const at = tally.has(scope) || tally.size < SCOPES_MAX ? scope : ANYWHERE
    tally.set(at, (tally.get(at) ?? 0) + STEP[outcome])
  }

  /** Whether something of a principal is in no form known here: then nobody can say what it did not do. */
  isOdd(principal: string): boolean {
    return this.odd.has(principal)
  }

  /** Actions of a principal at a scope or below it, sorted. Where no scope is told it may have been there. */
  within(principal: string, scope: string): string[] {
    const isWithin = (at: string): boolean => at === ANYWHERE || at === scope || at.startsWith(`${scope}/`)
    return [...(this.actions.get(principal) ?? [])]
      .filter(([, tally]) => [...tally].some(([at, count]) => count > 0 && isWithin(at)))
      .map(([action]) => action)
      .sort()
  }
}
