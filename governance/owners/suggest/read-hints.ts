// What sources say of who answers, read anew: hints that connectors found, and tags that the policy says name owners.
import { ownerNamed } from '@/core/owner-words'
import type { Instant } from '@/core/fact'
import { db } from '@/prisma/client'
import { currentPolicy } from '../../policy/current-policy'
import { kindOfHint } from './evidence'
import type { Evidence, Role } from './weigh'

export type Found = { identityId: string; role: Role; value: string; evidence: Evidence }
type Hint = { identityId: string; names: Role; value: string; via: string; scope: string; at: Date }

/** The time is that of the newest complete look that confirmed the hint, or when it was first told. */
export async function hintsOf(ids: readonly string[]): Promise<Found[]> {
  const rows = await db.$queryRaw<Hint[]>`
    SELECT h.identity_id AS "identityId", h.names, h.value, h.via, s.name AS scope,
      greatest(h.valid_from, (SELECT max(l.complete_at) FROM look l
        WHERE l.scope_id = h.scope_id AND l.stream = h.stream AND l.kind = 'owner-hint')) AS at
    FROM owner_hint h JOIN scope s ON s.id = h.scope_id
    WHERE h.identity_id = ANY(${[...ids]}::uuid[]) AND h.retired_at IS NULL`
  return rows.map(({ identityId, names, value, via, scope, at }) => ({
    identityId,
    role: names,
    value,
    evidence: { kind: kindOfHint(via, value), words: via, source: scope, at: at.toISOString() as Instant },
  }))
}

type Tagged = { identityId: string; key: string; value: string; scope: string; at: Date }

/** Tags that only this organisation knows to name an owner: they are kept with the identity, and no connector knew. */
export async function taggedOwners(ids: readonly string[]): Promise<Found[]> {
  const { ownerTags } = (await currentPolicy()).policy
  if (!ownerTags.length) return []
  const keys = ownerTags.map((tag) => tag.toLowerCase())
  const rows = await db.$queryRaw<Tagged[]>`
    SELECT i.id AS "identityId", t.key, t.value, s.name AS scope, i.valid_from AS at
    FROM identity i JOIN scope s ON s.id = i.scope_id,
      jsonb_each_text(CASE WHEN jsonb_typeof(i.doc -> 'tags' -> 'value') = 'object' THEN i.doc -> 'tags' -> 'value' END) t
    WHERE i.id = ANY(${[...ids]}::uuid[]) AND lower(t.key) = ANY(${keys}::text[])`
  return rows.flatMap(({ identityId, key, value, scope, at }) => {
    const named = ownerNamed(value)
    if (!named) return []
    const evidence = { words: `tag ${key}`, source: scope, at: at.toISOString() as Instant }
    return [
      {
        identityId,
        role: named.names,
        value: named.value,
        evidence: { kind: kindOfHint('tag', named.value), ...evidence },
      },
    ]
  })
}
