// The rows of one kind that differ between two moments, as SQL: asked of the versions themselves, both moments at once.
import type { DiffKind, DiffWord } from '@/core/diff'
import { Prisma } from '@/prisma/generated/client'
import type { Between } from './diff-between'
import { DIFF_SOURCES } from './diff-kinds'
import type { News } from './diff-news'
import { holdsAt, literal, tookAway } from './diff-where'
import { allOf } from './sql'

export type RawDiff = {
  id: string
  /** When the last version became known that the difference rests on: the order of the list. */
  at: Date
  what: DiffWord | null
  removed: boolean
  name: string | null
  identityId: string | null
  identityBefore: string | null
  scopeId: string | null
  runId: string | null
  trueAt: Date
  knownAt: Date
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  ruleId: string | null
  severity: number | null
  verdict: 'fail' | 'unknown' | null
  /** The last version that was looked at, where there are more: it need not differ. */
  last: boolean
}
export type Place = { at: string; id: string }
type Asked = {
  kind: DiffKind
  between: Between
  news: News
  what: readonly DiffWord[]
  /** Conditions over the version of that alias. */
  where: (alias: 'n' | 'o') => Prisma.Sql[]
  after?: Place
}

/** Kinds whose rows say since when they are there. */
const SINCE: Partial<Record<DiffKind, string>> = {
  identity: 'n.first_seen_at',
  credential: 'n.first_seen_at',
  grant: 'n.first_seen_at',
  trust: 'n.first_seen_at',
  finding: 'n.opened_at',
}

function textsOf({ kind, between: { from, to } }: Pick<Asked, 'kind' | 'between'>) {
  const source = DIFF_SOURCES[kind]
  const of = (alias: string, text: string) =>
    text
      .replaceAll(/\bx\./g, `${alias}.`)
      .replaceAll('{known}', literal(to.known))
      .replaceAll(/\{at (\w+)\}/g, (_, inner: string) => holdsAt(inner, from))
  return { source, of }
}

type Source = (typeof DIFF_SOURCES)[DiffKind]
const moreOf = ({ more }: Source, alias: string, of: (alias: string, text: string) => string): string =>
  more ? of(alias, more) : 'NULL::text AS "ruleId", NULL::int AS "severity", NULL::text AS "verdict"'

const placed = (column: string, id: string, after: Place | undefined): Prisma.Sql | undefined =>
  after &&
  Prisma.sql`(${Prisma.raw(column)}, ${Prisma.raw(id)}) < (${after.at}::text::timestamptz, ${after.id}::uuid)`

const raw = Prisma.raw
/** Where the later versions are looked for; the earlier one of a row that still stands has ended. */
const tablesOf = ({ table }: Source, { current, ended }: News) => ({
  later: current && ended ? `version.${table}` : ended ? `past.${table}` : `public.${table}`,
  earlier: ended ? `version.${table}` : `past.${table}`,
})

/** What a version says itself about how it differs, where the one before it is the one that held at the earlier moment. */
const stepOf = ({ steps }: Source, { from }: Between): string =>
  steps
    ? `CASE WHEN n.prior_known <= ${literal(from.known)} AND n.prior_valid <= ${literal(from.valid)} THEN n.step END`
    : 'NULL::text'

/** Versions that hold at the later moment and did not at the earlier one, each with its word where that is asked about. */
function heldNow(asked: Asked, words: 'told' | 'counted'): Prisma.Sql {
  const { source, of } = textsOf(asked)
  const { between, where, after, news, what } = asked
  const { from, to } = between
  const { later, earlier } = tablesOf(source, news)
  const step = stepOf(source, between)
  const alike = what.length > 0 && !what.includes('changed') && !what.includes('learned')
  const unseen = words === 'counted' && !what.length ? 'FALSE' : of('n', source.unseen)
  const conditions = [
    raw(`n.known_from >= ${literal(news.floor)} AND n.known_from <= ${literal(to.known)}`),
    raw(`${holdsAt('n', to)} AND NOT ${holdsAt('n', from)}`),
    placed('n.known_from', of('n', source.id), after),
    ...where('n'),
  ]
  return Prisma.sql`
    SELECT n.*, d.what FROM ${raw(`${later} n
      LEFT JOIN LATERAL (SELECT * FROM ${earlier} o WHERE ${step} IS NULL AND ${source.same} AND ${holdsAt('o', from)} LIMIT 1) o ON TRUE
      CROSS JOIN LATERAL (SELECT CASE
        WHEN ${step} IS NOT NULL THEN nullif(${step}, 'same')
        WHEN ${of('n', source.there)} THEN CASE
          WHEN o.known_from IS NULL THEN CASE WHEN ${unseen} THEN 'first-look' ELSE 'added' END
          WHEN NOT (${of('o', source.there)}) THEN 'returned'
          ELSE ${alike ? 'NULL::text' : source.differs} END
        WHEN o.known_from IS NOT NULL AND ${of('o', source.there)} THEN 'gone'
      END AS what OFFSET 0) d`)}
    WHERE ${allOf(conditions)} ORDER BY n.known_from DESC, ${raw(of('n', source.id))} DESC`
}

/** What is shown of them. */
function shownNow(asked: Asked, found: Prisma.Sql): Prisma.Sql {
  const { source, of } = textsOf(asked)
  const { kind, news } = asked
  const { from } = asked.between
  const { earlier } = tablesOf(source, news)
  return Prisma.sql`SELECT ${raw(`${of('n', source.id)} AS id, n.known_from AS at, n.what, FALSE AS removed,
    ${of('n', source.name)} AS name, ${of('n', source.identity)} AS "identityId",
    ${of('o', source.identity)} AS "identityBefore", ${of('n', source.scope)} AS "scopeId", ${of('n', source.run)} AS "runId",
    CASE WHEN n.what IN ('added', 'first-look') THEN ${SINCE[kind] ?? 'n.valid_from'} ELSE n.valid_from END AS "trueAt",
    CASE WHEN n.what IN ('added', 'first-look') THEN (SELECT min(o.known_from) FROM version.${source.table} o
      WHERE ${source.same} AND (o.known_from > ${literal(from.known)} OR o.valid_from > ${literal(from.valid)}))
      ELSE n.known_from END AS "knownAt",
    CASE WHEN o.known_from IS NOT NULL THEN ${of('o', source.shown)} END AS before, ${of('n', source.shown)} AS after,
    ${moreOf(source, 'n', of)}, n.last`)}
    FROM (${found}) n LEFT JOIN LATERAL (SELECT * FROM ${raw(`${earlier} o
      WHERE ${source.same} AND ${holdsAt('o', from)}`)} LIMIT 1) o ON TRUE`
}

/**
 * Rows of which nothing holds at the later moment: taken away with their source. Their last version ended when that became
 * known; one that a later version follows ended when that one became true, which is earlier.
 */
function takenAway(asked: Asked, bare: boolean): Prisma.Sql {
  const { source, of } = textsOf(asked)
  const { between, where, after, news } = asked
  const { from, to } = between
  const shown = `, ${of('o', source.name)} AS name, ${of('o', source.identity)} AS "identityId",
    ${of('o', source.identity)} AS "identityBefore", ${of('o', source.scope)} AS "scopeId", NULL::uuid AS "runId",
    d.valid_to AS "trueAt", d.known_to AS "knownAt", ${of('o', source.shown)} AS before, NULL::jsonb AS after,
    ${moreOf(source, 'o', of)}`
  const same = (a: string, b: string) =>
    source.same.replaceAll(/\bn\./g, `${a}.`).replaceAll(/\bo\./g, `${b}.`)
  const conditions = [
    raw(`d.known_to >= ${literal(news.floor)} AND ${tookAway('d', to)}`),
    raw(`NOT EXISTS (SELECT 1 FROM past.${source.table} later WHERE ${same('d', 'later')} AND ${tookAway('later', to)}
      AND later.known_to > d.known_to)`),
    raw(
      `NOT EXISTS (SELECT 1 FROM version.${source.table} n WHERE ${same('d', 'n')} AND ${holdsAt('n', to)})`,
    ),
    placed('d.known_to', of('d', source.id), after),
    ...where('o'),
  ]
  return Prisma.sql`
    SELECT ${raw(of('d', source.id))} AS id, d.known_to AS at, 'gone' AS what, TRUE AS removed ${raw(bare ? '' : shown)}
    FROM ${raw(`past.${source.table} d CROSS JOIN LATERAL (SELECT * FROM version.${source.table} o
      WHERE ${same('d', 'o')} AND ${holdsAt('o', from)} AND ${of('o', source.there)} LIMIT 1) o`)}
    WHERE ${allOf(conditions)} ORDER BY 2 DESC, 1 DESC`
}

/** Without words: every row that differs in any way. */
const wanted = ({ what }: Asked): Prisma.Sql =>
  what.length ? Prisma.sql`what = ANY(${[...what]}::text[])` : Prisma.sql`what IS NOT NULL`
const asksForHeld = ({ news }: Asked) => news.current || news.ended

/**
 * The next rows of one kind, newest known first, among at most so many versions: most may have changed in ways that are
 * no difference here. The last of so many is told in any case, marked as the last.
 */
export function diffRows(asked: Asked, limit: number, most: number): Prisma.Sql {
  const found = (part: Prisma.Sql) =>
    Prisma.sql`SELECT * FROM (SELECT part.*, row_number() OVER () = ${most}::int AS last
      FROM (${part} LIMIT ${most}::int) part) looked WHERE last OR ${wanted(asked)} LIMIT ${limit}::int`
  const parts = [
    ...(asksForHeld(asked) ? [shownNow(asked, found(heldNow(asked, 'told')))] : []),
    ...(asked.news.taken ? [found(takenAway(asked, false))] : []),
  ].map((part) => Prisma.sql`(${part})`)
  return Prisma.sql`SELECT * FROM (${Prisma.join(parts, ' UNION ALL ')}) found ORDER BY at DESC, id DESC LIMIT ${limit}::int`
}

/** How many differ, up to one more than `enough`, among at most so many versions of each sort: `more` says that there are more. */
export function diffCount(asked: Asked, enough: number, most: number): Prisma.Sql {
  const parts = [
    ...(asksForHeld(asked) ? [heldNow(asked, 'counted')] : []),
    ...(asked.news.taken ? [takenAway(asked, true)] : []),
  ]
  const found = parts.map(
    (part) => Prisma.sql`(SELECT what, last FROM (
      SELECT what, row_number() OVER () > ${most}::int AS last FROM (${part} LIMIT ${most + 1}::int) part) looked
      WHERE last OR ${wanted(asked)} LIMIT ${enough + 1}::int)`,
  )
  return Prisma.sql`SELECT (count(*) FILTER (WHERE ${wanted(asked)}))::int AS count, coalesce(bool_or(last), FALSE) AS more
    FROM (${Prisma.join(found, ' UNION ALL ')}) found`
}
