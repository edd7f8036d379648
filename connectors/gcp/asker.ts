// Asks one question of many projects, and stops asking once it is plain that none will be answered.
import type { Fact, Unknown } from '@/core/fact'
import { mapFact } from '@/core/fact'
import type { Session } from '@/core/session'
import type { z } from 'zod'
import type { CallName, CallParams } from './calls'
import { GONE } from './explain'
import type { Page } from './shapes'

/** So many denials before one answer: the permission is missing everywhere, and asking on tells nothing more. */
const DENIED_MAX = 10
type Standing = { answered: boolean; denied: number }

export const following = ({ nextPageToken }: Page<unknown>) =>
  nextPageToken ? { pageToken: nextPageToken } : undefined

export class Asker {
  private readonly standing = new Map<string, Standing>()
  private readonly refusals = new Map<string, Unknown>()

  constructor(readonly session: Session) {}

  /** One thing that was named elsewhere: it may be gone by now. */
  async ask<T>(call: CallName, params: CallParams, shape: z.ZodType<T>): Promise<Fact<T>> {
    const refusal = this.refusals.get(call)
    if (refusal) return refusal
    return this.noted(call, await this.session.ask(call, { ...params }, shape, GONE))
  }

  /**
   * A whole list, or unknown when any page of it is refused. That a list is not found is a refusal too: what it is of may be
   * on its way out and come back, or be hidden, and then nothing in it was seen.
   */
  async list<T>(call: CallName, params: CallParams, shape: z.ZodType<Page<T>>): Promise<Fact<T[]>> {
    const refusal = this.refusals.get(call)
    if (refusal) return refusal
    const first = this.noted(call, await this.session.ask(call, { ...params }, shape))
    if (first.state !== 'known') return first
    const more = following(first.value)
    if (!more) return mapFact(first, ({ items }) => items)
    const rest = await this.session.gather(call, { ...params, ...more }, shape, { next: following })
    return mapFact(rest, (pages) => [...first.value.items, ...pages.flatMap(({ items }) => items)])
  }

  private noted<T>(call: CallName, fact: Fact<T>): Fact<T> {
    const standing = this.standing.get(call) ?? { answered: false, denied: 0 }
    this.standing.set(call, standing)
    if (fact.state !== 'unknown') standing.answered = true
    // That an API is not enabled in one project says nothing of the others.
    else if (fact.why === 'denied' && ++standing.denied >= DENIED_MAX && !standing.answered)
      this.refusals.set(call, fact)
    return fact
  }
}
