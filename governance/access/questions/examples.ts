// Questions worth asking of what is in the inventory, so that nobody has to begin at an empty form.
import type { Actor } from '@/core/permissions'
import { PLATFORMS } from '@/evaluators/platforms'
import { mustRead } from '@/inventory/queries/visible'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'

export type Example = {
  /** The question in words. */
  words: string
  asked: Record<string, string>
}
export type Examples = {
  can: Example[]
  become: Example[]
  reach: Example[]
  ways: Example[]
  cut: Example[]
  unused: Example[]
  /** What there is to ask about. */
  state: 'no-identities' | 'not-analysed' | 'ready'
}

const EACH_MAX = 2
type Named = { id: string; name: string; scope: string }
/** As a person would name it: by its alias, such as an ARN, where it has one. */
const NAMED = Prisma.sql`coalesce(i.aliases[1], i.native_id)`

export async function examples(actor: Actor): Promise<Examples> {
  mustRead(actor, 'access:read')
  const [can, become, reach, far, vendor, told, state] = await Promise.all([
    canExamples(),
    ends('to_id'),
    ends('from_id'),
    farthest(),
    vendorExample(),
    toldUse(),
    stateOf(),
  ])
  return {
    can,
    become: become.map(({ id, name, scope }) => ({
      words: `Who can become ${name} in ${scope}?`,
      asked: { identity: id },
    })),
    reach: [
      ...vendor,
      ...reach.map(({ id, name, scope }) => ({
        words: `How far does ${name} in ${scope} reach?`,
        asked: { from: id },
      })),
    ].slice(0, EACH_MAX),
    ways: far.map(wayExample),
    cut: far.map(cutExample),
    unused: told.map(({ id, name, scope }) => ({
      words: `What of its rights does ${name} in ${scope} not use?`,
      asked: { identity: id, propose: 'true' },
    })),
    state,
  }
}

async function stateOf(): Promise<Examples['state']> {
  const [row] = await db.$queryRaw<{ identities: boolean; analysed: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM identity WHERE retired_at IS NULL) AS identities,
      EXISTS (SELECT 1 FROM access_analysis) AS analysed`
  if (!row?.identities) return 'no-identities'
  return row.analysed ? 'ready' : 'not-analysed'
}

/** Steps and identities that are looked through: an example need not be the best there is. */
const LOOKED_AT = 20_000

/** Identities that many steps lead to, or that many begin with. */
const ends = (side: 'to_id' | 'from_id'): Promise<Named[]> =>
  db.$queryRaw<Named[]>(Prisma.sql`
    SELECT ${NAMED} AS id, i.name, c.name AS scope FROM (
      SELECT id, count(DISTINCT other) AS steps FROM (
        SELECT ${Prisma.raw(side)} AS id, ${Prisma.raw(side === 'to_id' ? 'from_id' : 'to_id')} AS other
        FROM access_step WHERE to_kind = 'identity' AND from_kind = 'identity' LIMIT ${LOOKED_AT}::int
      ) seen GROUP BY id ORDER BY 2 DESC, 1 LIMIT ${EACH_MAX}::int
    ) s JOIN identity i ON i.id = s.id JOIN scope c ON c.id = i.scope_id
    WHERE i.retired_at IS NULL ORDER BY s.steps DESC, i.id`)

/** What belongs to somebody outside is asked about first when they are broken into. */
async function vendorExample(): Promise<Example[]> {
  const rows = await db.$queryRaw<{ vendor: string }[]>`
    SELECT doc #>> '{vendor,value}' AS vendor
    FROM (SELECT doc FROM identity WHERE retired_at IS NULL LIMIT ${LOOKED_AT}::int) i
    WHERE doc #>> '{vendor,state}' = 'known' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`
  return rows.map(({ vendor }) => ({
    words: `How far does everything of ${vendor} reach?`,
    asked: { from: `vendor:${vendor}` },
  }))
}

type Target = { id: string; name: string; by: string; target: string; targetName: string }
/** Whether somebody holds what a step that was found rests on. */
async function canExamples(): Promise<Example[]> {
  const needs = new Map(
    PLATFORMS.flatMap(({ escalations }) => escalations.map((one) => [one.id, one.needs[0]] as const)),
  )
  const askable = [...needs].filter(([, need]) => need !== undefined && /^[^\s*]+( [^\s*]+)?$/.test(need))
  const rows = await db.$queryRaw<Target[]>`
    SELECT DISTINCT ON (s.by) coalesce(f.aliases[1], f.native_id) AS id, f.name, s.by, coalesce(t.aliases[1], t.native_id) AS target, t.name AS "targetName"
    FROM access_step s JOIN identity f ON f.id = s.from_id JOIN identity t ON t.id = s.to_id
    WHERE s.origin = 'platform' AND s.by = ANY(${askable.map(([id]) => id)}) AND f.scope_id = t.scope_id
      AND f.retired_at IS NULL ORDER BY s.by, f.id LIMIT ${EACH_MAX}::int`
  return rows.map(({ id, name, by, target, targetName }) => {
    const [action = '', resource] = (needs.get(by) ?? '').split(' ')
    return {
      words: `Can ${name} do ${action} to ${resource ?? targetName}?`,
      asked: { identity: id, action, resource: resource ?? target },
    }
  })
}

type Far = Named & { scopeId: string }
/** Whoever is farthest from everything and comes to it all the same. */
const farthest = (): Promise<Far[]> =>
  db.$queryRaw<Far[]>`
    SELECT ${NAMED} AS id, i.name, c.name AS scope, c.native_id AS "scopeId" FROM access_verdict v
    JOIN identity i ON i.id = v.identity_id JOIN scope c ON c.id = v.scope_id
    WHERE i.retired_at IS NULL AND coalesce(v.hops, v.open_hops) IS NOT NULL
    ORDER BY coalesce(v.hops, v.open_hops) DESC, i.id LIMIT ${EACH_MAX}::int`

const wayExample = ({ id, name, scope, scopeId }: Far): Example => ({
  words: `By which ways does ${name} come to everything in ${scope}?`,
  asked: { from: id, to: `administrator:${scopeId}` },
})
const cutExample = ({ id, name, scope, scopeId }: Far): Example => ({
  words: `What is the least to take away so that ${name} comes to everything in ${scope} no more?`,
  asked: { from: id, to: `administrator:${scopeId}` },
})

/** Identities of whose rights something tells which were used; first those that used some. */
const toldUse = (): Promise<Named[]> =>
  db.$queryRaw<Named[]>`
    SELECT ${NAMED} AS id, i.name, c.name AS scope FROM (
      SELECT identity_id, max(jsonb_array_length(doc #> '{exercised,value,actions}')) AS used FROM (
        SELECT identity_id, doc FROM "grant" WHERE retired_at IS NULL AND effect = 'allow' LIMIT ${LOOKED_AT}::int
      ) g WHERE doc #>> '{exercised,state}' = 'known' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${EACH_MAX}::int
    ) s JOIN identity i ON i.id = s.identity_id JOIN scope c ON c.id = i.scope_id
    WHERE i.retired_at IS NULL ORDER BY s.used DESC, i.id`
