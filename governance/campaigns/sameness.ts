// Which identities are the same in all that is compared, so that one look can be about several of them. Pure.
import type { Card, Sameness } from '@/core/campaign'
import { contentHash } from '@/inventory/content-hash'

type Digest = { count: number; digest: string }
export type Compare = {
  type: string
  grants: Digest
  trust: Digest
  consumers: Digest
  /** Kinds of which not all was seen, in words: who might differ in these is the same as nobody. */
  unseen: readonly string[]
  use: string
}

/** How it is used, coarsely: what is used and what is not are not the same. */
export function usePattern(unusedDays: number | 'never' | 'unknown'): string {
  if (typeof unusedDays === 'string') return unusedDays
  if (unusedDays <= 30) return 'within 30 days'
  return unusedDays <= 90 ? 'within 90 days' : 'more than 90 days ago'
}

export function samenessOf({ unseen, ...same }: Compare): Card['sameness'] {
  if (unseen.length)
    return { state: 'unknown', why: `Not seen whole: ${unseen.join(', ')}. What was not seen may differ.` }
  const value: Sameness = { key: contentHash(same), ...same }
  return { state: 'known', value }
}
