// Which identities an act is about, and whether whoever acts may: row by row, and one that cannot be stops all.
import { isScoped, type Actor } from '@/core/permissions'
import { IdentityFilter } from '@/core/list'
import { RollcallError, type Issue } from '@/core/errors'
import { IDENTITY_FROM, identityConditions } from '@/inventory/queries/identity-where'
import { parseFilter } from '@/inventory/queries/parse-filter'
import { allOf } from '@/inventory/queries/sql'
import type { Tx } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { invalid } from '../command'
import { standsInFor, type StandIn } from './standing-in'
import { IDENTITIES_MAX } from './parts'

export type Chosen = {
  id: string
  name: string
  scopeId: string
  isGone: boolean
  personId: string | null
  teamId: string | null
  /** Null where nobody has confirmed or disputed anything. */
  actId: string | null
  isDisputed: boolean
  /** Who the owner is, as it was last judged. */
  ownerName: string | null
}

export type Meant = {
  identities?: readonly string[] | undefined
  filter?: Record<string, string> | undefined
}

async function idsOf(tx: Tx, actor: Actor, { identities, filter }: Meant): Promise<string[]> {
  if ((identities === undefined) === (filter === undefined))
    throw invalid([{ path: 'identities', message: 'Say either which identities, or a filter.' }])
  if (identities) return [...new Set(identities)]
  const read = parseFilter(IdentityFilter, new URLSearchParams(Object.entries(filter ?? {})))
  const conditions = await identityConditions(actor, read)
  const rows = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT i.id FROM ${IDENTITY_FROM} WHERE ${allOf(Object.values(conditions))} LIMIT ${IDENTITIES_MAX + 1}::int`)
  if (rows.length > IDENTITIES_MAX)
    throw invalid([
      {
        path: 'filter',
        message: `matches more than ${IDENTITIES_MAX.toLocaleString('en')} identities. Narrow it.`,
      },
    ])
  if (!rows.length) throw new RollcallError('not-found', 'No identity matches.')
  return rows.map(({ id }) => id)
}

/** Nobody else may say who answers for them meanwhile: what is read here still holds when it is written. */
const lock = (tx: Tx) => tx.$executeRaw`SELECT pg_advisory_xact_lock(7306, 6)`

const rowsOf = (tx: Tx, ids: readonly string[]) => tx.$queryRaw<Chosen[]>`
  SELECT i.id, i.name, i.scope_id AS "scopeId", i.retired_at IS NOT NULL AS "isGone", o.person_id AS "personId",
    o.team_id AS "teamId", o.act_id AS "actId", o.disputed_at IS NOT NULL AS "isDisputed", p.owner_name AS "ownerName"
  FROM identity i LEFT JOIN ownership o ON o.identity_id = i.id LEFT JOIN posture p ON p.identity_id = i.id
  WHERE i.id = ANY(${[...ids]}::uuid[])`

const MISSING = 'There is no such identity, or no longer.'

/** Why nothing can be said about it; undefined where it can. */
function refusal(row: Chosen, seen: string | null | undefined): [RollcallError['code'], string] | undefined {
  if (row.isGone) return ['conflict', `${row.name} is gone from its source.`]
  if (seen !== undefined && seen !== row.actId)
    return ['conflict', `Somebody else changed who answers for ${row.name} meanwhile. Look again.`]
  return undefined
}

export type Acting = {
  rows: Chosen[]
  /** In whose place it is done, where that is so of any of them. */
  for?: StandIn['for']
}

/**
 * @param mayOwn whether somebody who sees only what they own may do this of what is theirs
 * @throws RollcallError with one issue for each row that cannot be: nothing is changed then
 */
export async function chooseIdentities(
  tx: Tx,
  { actor, now, seen }: { actor: Actor; now: Date; seen?: string | null | undefined },
  meant: Meant,
): Promise<Acting> {
  await lock(tx)
  const ids = await idsOf(tx, actor, meant)
  const held = new Map((await rowsOf(tx, ids)).map((row) => [row.id, row]))
  const standIn = await standsInFor(tx, actor, now)
  const refused: { issue: Issue; code: RollcallError['code'] }[] = []
  const rows: Chosen[] = []
  const places = new Map<string, NonNullable<StandIn['for']>>()
  for (const [index, id] of ids.entries()) {
    const row = held.get(id)
    const whose = row && standIn.of(row)
    // What is not theirs is as if it were not there.
    const isHidden = isScoped(actor) && !whose
    const why = !row || isHidden ? (['not-found', MISSING] as const) : refusal(row, seen)
    if (why) refused.push({ code: why[0], issue: { path: `identities.${index}`, message: why[1] } })
    if (row) rows.push(row)
    if (whose?.for) places.set(whose.for.id, whose.for)
  }
  const [first] = refused
  if (first)
    throw new RollcallError(
      first.code,
      ids.length === 1
        ? first.issue.message
        : `Nothing was changed: ${refused.length} of ${ids.length} cannot be.`,
      refused.map(({ issue }) => issue),
    )
  const [place, ...others] = places.values()
  if (others.length)
    throw invalid([
      { path: 'identities', message: 'You stand in for several people here. Do it for one after the other.' },
    ])
  return { rows, ...(place && { for: place }) }
}
