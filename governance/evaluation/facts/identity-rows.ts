// The identities of a chunk as their facts need them, with what they say of themselves.
import type { Fact, Instant } from '@/core/fact'
import { db } from '@/prisma/client'

export type FactRow = {
  id: string
  scopeId: string
  isGone: boolean
  nativeId: string
  name: string
  type: string
  class: string
  aliases: string[]
  /** Whether it cannot hold a credential of its own. */
  never: boolean
  maxSessionSeconds: Fact<number>
  vendor: Fact<string> | null
  tags: Fact<Record<string, string>>
  /** When the one whose place it took was gone. */
  predecessorGoneAt: Date | null
  hasPredecessor: boolean
  createdAt: Fact<Instant>
}

export const factRows = (ids: readonly string[]) => db.$queryRaw<FactRow[]>`
  SELECT i.id, i.scope_id AS "scopeId", i.retired_at IS NOT NULL AS "isGone", i.native_id AS "nativeId", i.name, i.type, i.class, i.aliases, coalesce((i.doc ->> 'neverHasCredentials')::boolean, FALSE) AS never,
    i.doc -> 'maxSessionSeconds' AS "maxSessionSeconds", i.doc -> 'vendor' AS vendor, i.doc -> 'tags' AS tags,
    p.retired_at AS "predecessorGoneAt", p.id IS NOT NULL AS "hasPredecessor", i.doc -> 'createdAt' AS "createdAt"
  FROM identity i LEFT JOIN identity p ON p.id = i.predecessor_id WHERE i.id = ANY(${ids}::uuid[])`
