// Identities by who answers for them: those that nobody has confirmed, with who is suggested; those that are disputed; those
// whose owner has left.
import { z } from 'zod'
import { oneOf } from '@/core/list'
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { askedScopes, type AskedScopes } from '@/inventory/queries/asked-scopes'
import { boundedCount } from '@/inventory/queries/bounded-count'
import { completenessOf } from '@/inventory/queries/completeness-of'
import type { FullCompleteness } from '@/inventory/queries/types'
import { allOf, compact, containing, iso, isUuid } from '@/inventory/queries/sql'
import { ownedBy } from '@/inventory/queries/visible'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { authorise } from '../authorise'
import { DIFFERS } from './file/read-file'
import { suggestionsFor } from './suggest/suggestions-for'
import type { Suggestion } from './suggest/weigh'

const SIZE = 50
const SHOWN_MAX = 500
export const OWNERSHIPS = ['unconfirmed', 'confirmed', 'disputed', 'left'] as const
/** What the OWNERS file says of it: something else than stands, the same, or nothing. */
export const FILE_SAYS = ['drift', 'same', 'nothing'] as const
const CLASSES = ['machine', 'human', 'provider', 'unclear'] as const

export const OwnershipFilter = z.object({
  /** Part of a name, or a whole native id. */
  q: z.string().trim().max(300).optional(),
  /** `left`: the person who was confirmed has left. Unset: unconfirmed, or any where `file` is asked for. */
  ownership: oneOf(OWNERSHIPS),
  /** What the OWNERS file says beside it: `drift` is something else than stands. */
  file: oneOf(FILE_SAYS),
  /** Part of the name of the owner, confirmed or hinted; `none` is a known absence. */
  owner: z.string().trim().max(300).optional(),
  /** Unset: machine and unclear. */
  class: oneOf(CLASSES),
  scope: z.guid().optional(),
  /** Place of the next page, as the one before returned it. */
  after: z.guid().optional(),
  size: z.coerce.number().int().min(1).max(SHOWN_MAX).default(SIZE),
})
export type OwnershipFilter = z.infer<typeof OwnershipFilter>

export type OwnershipRow = {
  id: string
  name: string
  type: string
  class: string
  scope: { id: string; name: string }
  ownership: (typeof OWNERSHIPS)[number]
  /** Who the owner is as it was last judged: confirmed, or hinted by the source. */
  owner: { state: 'known' | 'absent' | 'unknown'; name?: string }
  /** Who confirmed it, and when. */
  confirmed?: { by: string; at: string }
  dispute?: { by: string; at: string; why: string }
  /** What the OWNERS file says of it, where it does. */
  declared?: { line: number; owner: string; differs: boolean }
  /** The last act; null where there is none. */
  seen: string | null
  /** Of those that nobody has confirmed. */
  suggestions: Suggestion[]
}

const CONFIRMED = Prisma.sql`(o.person_id IS NOT NULL OR o.team_id IS NOT NULL)`
const LEFT = Prisma.sql`EXISTS (SELECT 1 FROM person_source x WHERE x.person_id = w.id) AND w.standing = 'left'`
const STATE = Prisma.sql`CASE WHEN o.disputed_at IS NOT NULL THEN 'disputed' WHEN ${LEFT} THEN 'left'
  WHEN coalesce(o.person_id, o.team_id) IS NOT NULL THEN 'confirmed' ELSE 'unconfirmed' END`
const FROM = Prisma.sql`identity i LEFT JOIN ownership o ON o.identity_id = i.id LEFT JOIN person w ON w.id = o.person_id
  LEFT JOIN posture p ON p.identity_id = i.id LEFT JOIN owner_declared d ON d.identity_id = i.id`
const IN_FILE: Record<(typeof FILE_SAYS)[number], Prisma.Sql> = {
  drift: Prisma.sql`(d.identity_id IS NOT NULL AND ${DIFFERS})`,
  same: Prisma.sql`(d.identity_id IS NOT NULL AND NOT ${DIFFERS})`,
  nothing: Prisma.sql`d.identity_id IS NULL`,
}

/** Each as its own condition, so that what is rare is found by its index. */
const IN_STATE: Record<(typeof OWNERSHIPS)[number], Prisma.Sql> = {
  unconfirmed: Prisma.sql`(o.identity_id IS NULL OR (NOT ${CONFIRMED} AND o.disputed_at IS NULL))`,
  confirmed: Prisma.sql`(${CONFIRMED} AND o.disputed_at IS NULL AND NOT coalesce(${LEFT}, FALSE))`,
  disputed: Prisma.sql`o.disputed_at IS NOT NULL`,
  left: Prisma.sql`(o.disputed_at IS NULL AND ${LEFT})`,
}

/** The sample organisation leaves the list as soon as anything real was read. */
const asks = ({ scope }: Partial<OwnershipFilter>) => askedScopes(scope ? [scope] : undefined)

function conditions(
  actor: Actor,
  filter: Partial<OwnershipFilter>,
  { chosen, hidden }: AskedScopes,
): Prisma.Sql[] {
  const { q, owner, file } = filter
  const ownership = filter.ownership ?? [file === undefined ? 'unconfirmed' : 'any']
  const said = FILE_SAYS.filter((one) => file?.includes(one))
  const classes = filter.class ?? ['machine', 'unclear']
  const states = OWNERSHIPS.filter((one) => ownership.includes(one))
  return [
    Prisma.sql`i.retired_at IS NULL`,
    ownedBy(actor),
    q ? Prisma.sql`(i.name ILIKE ${containing(q)} OR i.native_id = ${q})` : undefined,
    classes.includes('any') ? undefined : Prisma.sql`i.class = ANY(${classes}::text[])`,
    chosen && Prisma.sql`i.scope_id = ANY(${chosen}::uuid[])`,
    hidden.length ? Prisma.sql`i.scope_id <> ALL(${hidden}::uuid[])` : undefined,
    owner === 'none'
      ? Prisma.sql`p.owner_state = 'absent'`
      : owner
        ? Prisma.sql`p.owner_name ILIKE ${containing(owner)}`
        : undefined,
    file === undefined || file.includes('any')
      ? undefined
      : Prisma.sql`(${Prisma.join(
          said.map((one) => IN_FILE[one]),
          ' OR ',
        )})`,
    ownership.includes('any')
      ? undefined
      : Prisma.sql`(${Prisma.join(
          states.map((one) => IN_STATE[one]),
          ' OR ',
        )})`,
  ].filter((one) => one !== undefined)
}

type Raw = Pick<OwnershipRow, 'id' | 'name' | 'type' | 'class' | 'ownership' | 'seen'> & {
  scopeId: string
  scope: string
  ownerState: OwnershipRow['owner']['state'] | null
  ownerName: string | null
  known: { person?: { by: string; at: string }; team?: { by: string; at: string } } | null
  disputedAt: Date | null
  disputedBy: string | null
  disputedWhy: string | null
  line: number | null
  fileOwner: string | null
  differs: boolean
}

function rowOf(raw: Raw, suggestions: Suggestion[]): OwnershipRow {
  const { id, name, type, ownership, seen, known, disputedAt } = raw
  const confirmed = known?.person ?? known?.team
  return compact({
    ...{ id, name, type, class: raw.class, ownership, seen, suggestions },
    scope: { id: raw.scopeId, name: raw.scope },
    owner: compact({ state: raw.ownerState ?? ('unknown' as const), name: raw.ownerName ?? undefined }),
    declared:
      raw.line === null
        ? undefined
        : { line: raw.line, owner: raw.fileOwner ?? 'others than the owner', differs: raw.differs },
    confirmed: confirmed && { by: confirmed.by, at: confirmed.at },
    dispute: disputedAt
      ? { at: iso(disputedAt), by: raw.disputedBy ?? '', why: raw.disputedWhy ?? '' }
      : undefined,
  })
}

async function slice(
  actor: Actor,
  filter: Partial<OwnershipFilter>,
  asked: AskedScopes,
  size: number,
): Promise<Raw[]> {
  const { after } = filter
  if (after !== undefined && !isUuid(after))
    throw new RollcallError('invalid', 'after is not a place in this list.')
  const place = after
    ? [Prisma.sql`(i.name, i.id) > (SELECT a.name, a.id FROM identity a WHERE a.id = ${after}::uuid)`]
    : []
  return db.$queryRaw<Raw[]>(Prisma.sql`
    SELECT i.id, i.name, i.type, i.class, s.id AS "scopeId", s.name AS scope, ${STATE} AS ownership, o.act_id AS seen, o.known,
      p.owner_state AS "ownerState", p.owner_name AS "ownerName", o.disputed_at AS "disputedAt", o.disputed_by AS "disputedBy",
      o.disputed_why AS "disputedWhy", d.line, ${DIFFERS} AS differs, coalesce(
        (SELECT coalesce(fp.email, fp.name) FROM person fp WHERE fp.id = d.person_id),
        (SELECT ft.name FROM team ft WHERE ft.id = d.team_id)) AS "fileOwner"
    FROM ${FROM} JOIN scope s ON s.id = i.scope_id WHERE ${allOf([...conditions(actor, filter, asked), ...place])}
    ORDER BY i.name, i.id LIMIT ${size}::int`)
}

export type OwnershipPage = {
  rows: OwnershipRow[]
  total: number
  totalIsMore: boolean
  next?: string
  completeness: FullCompleteness
}

/** By name. */
export async function listOwnership(
  actor: Actor | null,
  filter: Partial<OwnershipFilter> = {},
): Promise<OwnershipPage> {
  authorise(actor, 'identity:read')
  const size = filter.size ?? SIZE
  const asked = await asks(filter)
  const [raw, { count, more }, completeness] = await Promise.all([
    slice(actor, filter, asked, size + 1),
    boundedCount(FROM, allOf(conditions(actor, filter, asked))),
    completenessOf(actor, filter.scope ? { scopeIds: [filter.scope] } : {}),
  ])
  const rows = await withSuggestions(actor, raw.slice(0, size))
  const last = rows.at(-1)
  return {
    rows,
    total: count,
    totalIsMore: more,
    ...(raw.length > size && last && { next: last.id }),
    completeness,
  }
}

/** A suggestion names others by which it is known: whoever is limited to some scopes is told of none. */
async function withSuggestions(actor: Actor, raw: readonly Raw[]): Promise<OwnershipRow[]> {
  const open = raw.filter(({ ownership }) => ownership !== 'confirmed').map(({ id }) => id)
  const suggested = await suggestionsFor(actor.within ? [] : open)
  return raw.map((one) => rowOf(one, suggested.get(one.id) ?? []))
}

/** All of them, page by page. */
export async function* eachOwnership(
  actor: Actor | null,
  filter: Partial<OwnershipFilter> = {},
): AsyncGenerator<OwnershipRow[]> {
  authorise(actor, 'identity:read')
  const asked = await asks(filter)
  let after = filter.after
  for (;;) {
    const raw = await slice(actor, { ...filter, ...(after && { after }) }, asked, SHOWN_MAX)
    if (raw.length) yield await withSuggestions(actor, raw)
    if (raw.length < SHOWN_MAX) return
    after = raw.at(-1)?.id
  }
}

/** What is suggested for one identity. @throws RollcallError `not-found` is the caller's to tell */
export const suggestionsOf = async (actor: Actor, identityId: string): Promise<Suggestion[]> =>
  (await suggestionsFor(actor.within ? [] : [identityId])).get(identityId) ?? []
