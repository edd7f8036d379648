// What is kept of an answer between evaluations, as it is compared. Pure.
import type { Instant } from '@/core/fact'
import type { JudgedUnit } from './judge'

export type HeldState = { answers: string; digest: string; dueAt: Date | null; facts: string }
/** What is to be kept of one. `facts` is left out where what was read is as it was. */
export type NewState = Pick<JudgedUnit, 'id' | 'kind' | 'answers' | 'digest'> & {
  due: Instant | null
  facts?: string
}

export const dueOf = ({ due }: Pick<JudgedUnit, 'due'>): Instant | null => due ?? null
export const isDueAt = (before: Date | null, due: Instant | null): boolean =>
  due === null ? before === null : before?.getTime() === Date.parse(due)
