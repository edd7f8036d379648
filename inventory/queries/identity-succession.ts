// Who bore the names of an identity before it, who bears them after it, and what was given to one and is held by the next.
import type { Instant } from '@/core/fact'
import type { Kind } from '@/core/observation'
import type { Actor } from '@/core/permissions'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { allOf, compact, iso, isoOr } from './sql'
import type { Bounded } from './types'
import { ownedBy } from './visible'

/** Another identity of the same name, before or after. */
export type Namesake = {
  id: string
  nativeId: string
  name: string
  firstSeenAt: Instant
  retiredAt?: Instant
}
/** Something that names an identity by a name, and is older than the identity that bears it now. */
export type Inherited = { id: string; kind: Kind; name: string; since: Instant }
export type Succession = {
  /** Not the same identity, whatever the name says. */
  predecessor?: Namesake
  successors: Bounded<Namesake>
  /** Made for the predecessor. */
  inherited: Bounded<Inherited>
}

const SHOWN_MAX = 100
const LIMIT = Prisma.sql`LIMIT ${SHOWN_MAX + 1}::int`
const bounded = <T>(rows: T[]): Bounded<T> => ({
  rows: rows.slice(0, SHOWN_MAX),
  more: rows.length > SHOWN_MAX,
})

type Raw = { id: string; nativeId: string; name: string; firstSeenAt: Date; retiredAt: Date | null }
const namesake = ({ firstSeenAt, retiredAt, ...raw }: Raw): Namesake =>
  compact({ ...raw, firstSeenAt: iso(firstSeenAt), retiredAt: isoOr(retiredAt) })

const namesakes = (actor: Actor, where: Prisma.Sql): Promise<Raw[]> =>
  reader.$queryRaw<Raw[]>(Prisma.sql`
    SELECT i.id, i.native_id AS "nativeId", i.name, i.first_seen_at AS "firstSeenAt", i.retired_at AS "retiredAt"
    FROM identity i LEFT JOIN posture p ON p.identity_id = i.id WHERE ${allOf([where, ownedBy(actor)])}
    ORDER BY i.first_seen_at, i.id ${LIMIT}`)

/** What says who came before it. */
export type Self = { predecessorId: string | null; aliases: string[]; firstSeenAt: Date }

async function selfOf(id: string): Promise<Self | undefined> {
  const [self] = await reader.$queryRaw<Self[]>(Prisma.sql`
    SELECT predecessor_id AS "predecessorId", aliases, first_seen_at AS "firstSeenAt" FROM identity WHERE id = ${id}::uuid`)
  return self
}

export async function succession(
  actor: Actor,
  { id, scopeId, self: known }: { id: string; scopeId: string; self?: Self },
): Promise<Succession> {
  const self = known ?? (await selfOf(id))
  const before = self?.predecessorId
  const [predecessors, successors, inherited] = await Promise.all([
    before ? namesakes(actor, Prisma.sql`i.id = ${before}::uuid`) : [],
    // A successor bears one of its names, which is what the index knows.
    self?.aliases.length
      ? namesakes(
          actor,
          Prisma.sql`i.aliases && ${self.aliases}::text[] AND i.scope_id = ${scopeId}::uuid AND i.predecessor_id = ${id}::uuid`,
        )
      : [],
    before && self ? inheritedBy(id, self.firstSeenAt) : [],
  ])
  return compact({
    predecessor: predecessors[0] && namesake(predecessors[0]),
    successors: bounded(successors.map(namesake)),
    inherited: bounded(inherited),
  })
}

/** What names it and was there before it was: it was meant for the one before. */
async function inheritedBy(id: string, firstSeenAt: Date): Promise<Inherited[]> {
  const of = (kind: Kind, table: string, name: string) => Prisma.sql`
    SELECT r.id, ${kind}::text AS kind, ${Prisma.raw(name)} AS name, r.first_seen_at AS since FROM ${Prisma.raw(table)} r
    WHERE r.identity_id = ${id}::uuid AND r.retired_at IS NULL AND r.first_seen_at < ${firstSeenAt}::timestamptz`
  const rows = await reader.$queryRaw<(Omit<Inherited, 'since'> & { since: Date })[]>(Prisma.sql`
    SELECT * FROM (
      ${of('grant', '"grant"', `r.doc ->> 'entitlementName'`)} UNION ALL ${of('trust', 'trust', 'r.principal')}
      UNION ALL ${of('owner-hint', 'owner_hint', 'r.value')}
    ) r ORDER BY since, kind, name, id ${LIMIT}`)
  return rows.map(({ since, ...row }) => ({ ...row, since: iso(since) }))
}
