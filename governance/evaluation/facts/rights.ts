// What identities hold: how many grants, what of them was seen in use, and where beyond their own place.
import { known, unknown, type Fact, type Instant, type Unknown } from '@/core/fact'
import { groupBy } from '@/core/group-by'
import type { Exercise } from '@/core/subject'
import { db } from '@/prisma/client'
import type { Place, RawIdentity } from '../raw-facts'
import { about, noneOf, reasonOf, seenOf, unanalysed, type FactScope } from './fact-scope'
import type { FactRow } from './identity-rows'
import { placesOf } from './own'
import { ROWS_MAX } from './ways-in'
import { partOf, typesWith } from './words'

type Held = {
  identityId: string
  count: number
  /** How many of them tell what of them was used, and how much they gave. */
  telling: number
  granted: number | null
  used: number | null
  from: Instant | null
  to: Instant | null
}
type GrantPlace = { identityId: string; type: string; name: string; place: string | null }
type StepOut = {
  identityId: string
  isSure: boolean
  scopeName: string
  type: string
  name: string
  tags: Fact<Record<string, string>>
}
export type Rights = {
  held: Map<string, Held>
  places: Map<string, GrantPlace[]>
  steps: Map<string, StepOut[]>
  cut: Set<string>
}

export async function rightsOf(scope: FactScope, ids: readonly string[]): Promise<Rights> {
  const [held, places, steps, more] = await Promise.all([
    scope.has.grants ? heldBy(ids) : [],
    scope.has.grants ? placesHeld(ids) : [],
    stepsOut(scope.id, ids),
    cutOff(ids),
  ])
  const isCut = places.length >= ROWS_MAX || steps.length >= ROWS_MAX
  return {
    held: new Map(held.map((row) => [row.identityId, row])),
    places: groupBy(places, ({ identityId }) => identityId),
    steps: groupBy(steps, ({ identityId }) => identityId),
    cut: new Set(isCut ? ids : more.map(({ identityId }) => identityId)),
  }
}

const heldBy = (ids: readonly string[]) => db.$queryRaw<Held[]>`
  SELECT identity_id AS "identityId", count(*)::int AS count,
    (count(*) FILTER (WHERE seen ->> 'state' = 'known' AND seen #> '{value,total}' IS NOT NULL))::int AS telling,
    sum((seen #>> '{value,total}')::int)::int AS granted,
    sum(jsonb_array_length(seen #> '{value,actions}'))::int AS used,
    max(seen #>> '{value,from}') AS from, min(seen #>> '{value,to}') AS to
  FROM (SELECT identity_id, doc -> 'exercised' AS seen FROM "grant"
    WHERE identity_id = ANY(${ids}::uuid[]) AND retired_at IS NULL AND effect = 'allow') held
  GROUP BY 1`

/** Only where the source divides its scope further: by a place of the grant, or by what the name of what is granted tells. */
const placesHeld = (ids: readonly string[]) => db.$queryRaw<GrantPlace[]>`
  SELECT DISTINCT g.identity_id AS "identityId", coalesce(e.type, '') AS type, g.doc ->> 'place' AS place,
    CASE WHEN e.type = ANY(${typesWith('place')}::text[]) THEN g.doc ->> 'entitlementName' ELSE '' END AS name
  FROM "grant" g LEFT JOIN entitlement e ON e.id = g.entitlement_id
  WHERE g.identity_id = ANY(${ids}::uuid[]) AND g.retired_at IS NULL AND g.effect = 'allow' LIMIT ${ROWS_MAX}`

const stepsOut = (scopeId: string, ids: readonly string[]) => db.$queryRaw<StepOut[]>`
  SELECT s.from_id AS "identityId", s.certainty <> 'depends' AS "isSure", o.name AS "scopeName", i.type, i.name,
    i.doc -> 'tags' AS tags
  FROM access_step s JOIN identity i ON i.id = s.to_id JOIN scope o ON o.id = i.scope_id
  WHERE s.from_id = ANY(${ids}::uuid[]) AND s.to_kind = 'identity' AND s.to_scope_id <> ${scopeId}::uuid
    AND i.retired_at IS NULL LIMIT ${ROWS_MAX}`

const cutOff = (ids: readonly string[]) => db.$queryRaw<{ identityId: string }[]>`
  SELECT identity_id AS "identityId" FROM access_verdict WHERE identity_id = ANY(${ids}::uuid[]) AND more`

const noGrants = ({ type }: FactRow, { looks }: FactScope) => noneOf(about(looks, type), ['grant'])

/** Known only where every stream of grants was once seen whole: a number that leaves some out is none. */
export function grantsFact(row: FactRow, scope: FactScope, { held }: Rights): Fact<number> {
  const none = noGrants(row, scope)
  const count = held.get(row.id)?.count ?? 0
  if (!count) return none
  if (none.state === 'unknown') return { ...none, detail: `${count} seen, and there may be more` }
  return { ...known(count, none.source), ...seenOf(none) }
}

const WEEK_MS = 7 * 24 * 3600_000
/**
 * The window in whole weeks, of which every source tells: what moves with each day would say something new each day. What was
 * used in the longer one may count too much in the shorter, never too little.
 */
function windowOf(from: Instant, to: Instant): { from: Instant; to: Instant } {
  const [first, last] = [
    Math.ceil(Date.parse(from) / WEEK_MS) * WEEK_MS,
    Math.floor(Date.parse(to) / WEEK_MS) * WEEK_MS,
  ]
  return first < last
    ? { from: new Date(first).toISOString(), to: new Date(last).toISOString() }
    : { from, to }
}

/** Unknown where any grant does not tell: what of that one is used is not known. */
export function exerciseFact(row: FactRow, scope: FactScope, rights: Rights): Fact<Exercise> {
  const none = noGrants(row, scope)
  const held = rights.held.get(row.id)
  if (!held) return none
  if (none.state === 'unknown') return none
  const { count, telling, granted, used, from, to } = held
  if (telling < count || granted === null || used === null || from === null || to === null)
    return unknown(
      'not-offered',
      'use of rights',
      `${count - telling} of ${count} grants do not tell what of them was used`,
    )
  return { ...known({ granted, used, ...windowOf(from, to) }, 'use of rights'), ...seenOf(none) }
}

const PLACES_MAX = 200
const keyOf = ({ names, tags }: Place): string => JSON.stringify([names, Object.entries(tags ?? {}).sort()])

/**
 * Places of grants other than the identity's own, all of the scope where a grant is not limited to a part and it is of one,
 * and where the identities of other scopes are that it certainly can act as. Which things a right is about, beyond that, is
 * in the words of its platform and is not read here.
 *
 * In none only where grants were seen whole and it was judged whom it can act as; unknown too where it can act as somebody
 * elsewhere if something holds that is not known.
 */
export function reachesFact(row: FactRow, scope: FactScope, rights: Rights): RawIdentity['reaches'] {
  const own = placesOf(scope, partOf(row.type, [row.name]))
  const sure = new Map<string, Place>()
  for (const grant of rights.places.get(row.id) ?? []) {
    const part = grant.place === null ? partOf(grant.type, [grant.name]) : [grant.place]
    const place = { names: placesOf(scope, part) }
    if (!part.every((one) => own.includes(one)) || part.length < own.length - 1) sure.set(keyOf(place), place)
  }
  const open = new Map<string, StepOut>()
  for (const step of rights.steps.get(row.id) ?? []) {
    const place = placeOf(step)
    if (step.isSure) sure.set(keyOf(place), place)
    else open.set(keyOf(place), step)
  }
  const none = noGrants(row, scope)
  const [depends] = [...open].filter(([key]) => !sure.has(key)).sort(([a], [b]) => (a < b ? -1 : 1))
  const stop =
    none.state === 'unknown'
      ? none
      : (unanalysed(scope) ?? cutFact(row, rights, sure.size) ?? (depends && onCondition(depends[1])))
  const places = [...sure].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place)
  if (!places.length) return stop ?? none
  const more = stop && { open: reasonOf(stop) }
  return { ...known({ places: places.slice(0, PLACES_MAX), ...more }, 'rights'), ...seenOf(none) }
}

const onCondition = ({ name, scopeName }: StepOut): Unknown =>
  unknown(
    'not-collected',
    'rights',
    `it acts as ${name} of ${scopeName} if something holds that is not known`,
  )

const cutFact = ({ id }: FactRow, { cut }: Rights, size: number): Unknown | undefined =>
  cut.has(id) || size > PLACES_MAX
    ? unknown('limited', 'rights', 'more rights than are told one by one')
    : undefined

function placeOf({ type, name, scopeName, tags }: StepOut): Place {
  const names = placesOf({ name: scopeName }, partOf(type, [name]))
  return tags.state === 'known' && Object.keys(tags.value).length ? { names, tags: tags.value } : { names }
}
