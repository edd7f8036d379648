// Who may read what: the permission of a read, and the rows an owner is limited to.
import { RollcallError } from '@/core/errors'
import { isScoped, may, PERMISSIONS, type Actor, type Permission } from '@/core/permissions'
import { Prisma } from '@/prisma/generated/client'

/** @throws RollcallError `forbidden`, naming the roles that may */
export function mustRead(actor: Actor, permission: Permission): void {
  if (may(actor, permission)) return
  if (actor.only !== undefined)
    throw new RollcallError('forbidden', `This token may do nothing but ${actor.only}.`)
  if (actor.within !== undefined)
    throw new RollcallError(
      'forbidden',
      `Your access is limited to some scopes; this (permission ${permission}) tells of all of them.`,
    )
  const roles = PERMISSIONS[permission].join(', ')
  throw new RollcallError(
    'forbidden',
    `Your role (${actor.role}) may not do this (${permission}). These may: ${roles}.`,
  )
}

/** What an owner hint can call this person. */
const namesOf = (actor: Actor): string[] =>
  [actor.email, actor.name].flatMap((n) => (n?.trim() ? [n.trim()] : []))

/** Condition over a row that names its scope (by its alias); undefined for whoever is not limited to some scopes. */
export const withinScopes = (actor: Actor, alias: string): Prisma.Sql | undefined =>
  actor.within && Prisma.sql`${Prisma.raw(alias)}.scope_id = ANY(${[...actor.within]}::uuid[])`

/**
 * Condition over `identity` and its `posture` (by their aliases) that leaves only what the actor may see; undefined where
 * that is everything. What lies in a scope that one may see is seen whether or not it was judged.
 */
export function ownedBy(actor: Actor, posture = 'p', identity = 'i'): Prisma.Sql | undefined {
  if (!isScoped(actor)) return undefined
  return (
    withinScopes(actor, identity) ??
    Prisma.sql`lower(${Prisma.raw(posture)}.owner_name) = ANY(ARRAY(${ownNames(actor)}))`
  )
}

/**
 * By which names what is theirs has its owner: their own, those of their teams, and of whom they stand in for now. The
 * directory is no part of the record: it is asked as it is now, whatever moment an answer is about.
 */
const ownNames = (actor: Actor, now = new Date()): Prisma.Sql => Prisma.sql`
  SELECT lower(n.name) FROM unnest(${namesOf(actor)}::text[]) AS n (name)
  UNION ALL SELECT lower(t.name) FROM public.person_source s JOIN public.team_member m ON m.person_id = s.person_id
    JOIN public.team t ON t.id = m.team_id WHERE s.source = 'members' AND s.external_id = ${actor.id}
  UNION ALL SELECT lower(coalesce(f.email, f.name)) FROM public.person_source s JOIN public.delegation d ON d.to_id = s.person_id
    JOIN public.person f ON f.id = d.from_id WHERE s.source = 'members' AND s.external_id = ${actor.id}
      AND d.ended_at IS NULL AND d.starts_at <= ${now}::timestamptz AND d.ends_at > ${now}::timestamptz`

/** The same for a row that names its identity in the given column, and its scope: what has no identity has a scope. */
export function ofOwned(actor: Actor, identityColumn: string): Prisma.Sql | undefined {
  const within = withinScopes(actor, identityColumn.split('.')[0] ?? '')
  if (within) return within
  const owned = ownedBy(actor, 'mine')
  if (!owned) return undefined
  return Prisma.sql`EXISTS (
    SELECT 1 FROM posture mine WHERE mine.identity_id = ${Prisma.raw(identityColumn)} AND ${owned})`
}

/**
 * Condition over a stored secret `r` that leaves only those of which a hint says that the actor answers for them;
 * undefined where that is everything. Hints that went together with the secret still say whose it was.
 */
export function hintedTo(actor: Actor): Prisma.Sql | undefined {
  if (!isScoped(actor)) return undefined
  const within = withinScopes(actor, 'r')
  if (within) return within
  const names = namesOf(actor)
  if (!names.length) return Prisma.sql`FALSE`
  const lowered = Prisma.join(names.map((n) => Prisma.sql`lower(${n})`))
  return Prisma.sql`r.id IN (
    SELECT k.id FROM owner_hint h JOIN secret k ON k.native_id = h.doc ->> 'secret' AND k.scope_id = h.scope_id
    WHERE h.identity_ref IS NULL AND lower(h.value) IN (${lowered})
      AND (h.retired_at IS NULL OR h.retired_at >= k.retired_at))`
}
