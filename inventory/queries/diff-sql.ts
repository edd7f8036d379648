// The rows of one kind that differ between two moments, as SQL: asked of the versions themselves, both moments at once.
import type { DiffKind, DiffWord } from '@/core/diff'
import { Prisma } from '@/prisma/generated/client'
import type { Between } from './diff-between'
import { DIFF_SOURCES } from './diff-kinds'
import { holdsAt, literal } from './diff-where'
import { allOf } from './sql'

export type RawDiff = {
  id: string
  /** When the last version became known that the difference rests on: the order of the list. */
  at: Date
  what: DiffWord
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
}
export type Place = { at: string; id: string }
type Asked = {
  kind: DiffKind
  between: Between
  what: readonly DiffWord[]
  /** Conditions over the version of that alias. */
  where: (alias: 'n' | 'o') => Prisma.Sql[]
  after?: Place
  /** Without what is shown, for counting; or places alone, to see how far one has looked. */
  bare?: 'counts' | 'places'
}

/** Kinds whose rows say since when they are there. */
const SINCE: Partial<Record<DiffKind, string>> = {
  identity: 'n.first_seen_at',
  credential: 'n.first_seen_at',
  grant: 'n.first_seen_at',
  trust: 'n.first_seen_at',
  finding: 'n.opened_at',
}

function textsOf({ kind, between: { from, to } }: Asked) {
  const source = DIFF_SOURCES[kind]
  const of = (alias: string, text: string) =>
    text
      .replaceAll(/\bx\./g, `${alias}.`)
      .replaceAll('{known}', literal(to.known))
      .replaceAll(/\{at (\w+)\}/g, (_, inner: string) => holdsAt(inner, from))
  // A version that is true later than it is known is found by the time it became known, however early that was.
  const floor = `least(${literal(from.valid)}, (SELECT min(ahead.known_from + interval '0') FROM version.${source.table} ahead
    WHERE ahead.valid_from > ahead.known_from AND ahead.valid_from > ${literal(from.valid)}))`
  return { source, of, floor }
}

type Source = (typeof DIFF_SOURCES)[DiffKind]
const moreOf = ({ more }: Source, alias: string, of: (alias: string, text: string) => string): string =>
  more ? of(alias, more) : 'NULL::text AS "ruleId", NULL::int AS "severity", NULL::text AS "verdict"'

const placed = (column: string, id: string, after: Place | undefined): Prisma.Sql | undefined =>
  after &&
  Prisma.sql`(${Prisma.raw(column)}, ${Prisma.raw(id)}) < (${after.at}::text::timestamptz, ${after.id}::uuid)`

/** Versions that hold at the later moment and did not at the earlier one. */
function heldNow(asked: Asked): Prisma.Sql {
  const { source, of, floor } = textsOf(asked)
  const { kind, between, where, after, bare } = asked
  const { from, to } = between
  const raw = Prisma.raw
  const same = source.same
  const shown = `${of('n', source.name)} AS name, ${of('n', source.identity)} AS "identityId",
    ${of('o', source.identity)} AS "identityBefore", ${of('n', source.scope)} AS "scopeId", ${of('n', source.run)} AS "runId",
    CASE WHEN d.what IN ('added', 'first-look') THEN ${SINCE[kind] ?? 'n.valid_from'} ELSE n.valid_from END AS "trueAt",
    CASE WHEN d.what IN ('added', 'first-look') THEN (SELECT min(o.known_from) FROM version.${source.table} o
      WHERE ${same} AND (o.known_from > ${literal(from.known)} OR o.valid_from > ${literal(from.valid)}))
      ELSE n.known_from END AS "knownAt",
    CASE WHEN o.known_from IS NOT NULL THEN ${of('o', source.shown)} END AS before, ${of('n', source.shown)} AS after,
    ${moreOf(source, 'n', of)}`
  const compared = `
      LEFT JOIN LATERAL (SELECT * FROM version.${source.table} o WHERE ${same} AND ${holdsAt('o', from)} LIMIT 1) o ON TRUE
      CROSS JOIN LATERAL (SELECT CASE
        WHEN ${of('n', source.there)} THEN CASE
          WHEN o.known_from IS NULL THEN CASE WHEN ${of('n', source.unseen)} THEN 'first-look' ELSE 'added' END
          WHEN NOT (${of('o', source.there)}) THEN 'returned'
          ELSE ${source.differs} END
        WHEN o.known_from IS NOT NULL AND ${of('o', source.there)} THEN 'gone'
      END AS what OFFSET 0) d`
  const conditions = [
    raw(`n.known_from >= ${floor} AND n.known_from <= ${literal(to.known)}`),
    raw(`${holdsAt('n', to)} AND NOT ${holdsAt('n', from)}`),
    placed('n.known_from', of('n', source.id), after),
    ...where('n'),
  ]
  return Prisma.sql`
    SELECT ${raw(of('n', source.id))} AS id, n.known_from AS at
      ${raw(bare === 'places' ? '' : `, d.what, FALSE AS removed ${bare ? '' : `, ${shown}`}`)}
    FROM ${raw(`version.${source.table} n ${bare === 'places' ? '' : compared}`)}
    WHERE ${allOf(conditions)}`
}

/**
 * Rows of which nothing holds at the later moment: taken away with their source. Their last version ended when that became
 * known; one that a later version follows ended when that one became true, which is earlier.
 */
function takenAway(asked: Asked): Prisma.Sql {
  const { source, of, floor } = textsOf(asked)
  const { between, where, after, bare } = asked
  const { from, to } = between
  const raw = Prisma.raw
  const ended = (alias: string) =>
    `${alias}.valid_to >= ${alias}.known_to AND ${alias}.known_to <= ${literal(to.known)}`
  const shown = `${of('o', source.name)} AS name, ${of('o', source.identity)} AS "identityId",
    ${of('o', source.identity)} AS "identityBefore", ${of('o', source.scope)} AS "scopeId", NULL::uuid AS "runId",
    d.valid_to AS "trueAt", d.known_to AS "knownAt", ${of('o', source.shown)} AS before, NULL::jsonb AS after,
    ${moreOf(source, 'o', of)}`
  const same = (a: string, b: string) =>
    source.same.replaceAll(/\bn\./g, `${a}.`).replaceAll(/\bo\./g, `${b}.`)
  const conditions = [
    raw(`d.known_to >= ${floor} AND ${ended('d')}`),
    raw(`NOT EXISTS (SELECT 1 FROM past.${source.table} later WHERE ${same('d', 'later')} AND ${ended('later')}
      AND later.known_to > d.known_to)`),
    raw(
      `NOT EXISTS (SELECT 1 FROM version.${source.table} n WHERE ${same('d', 'n')} AND ${holdsAt('n', to)})`,
    ),
    placed('d.known_to', of('d', source.id), after),
    ...where('o'),
  ]
  return Prisma.sql`
    SELECT ${raw(of('d', source.id))} AS id, d.known_to AS at
      ${raw(bare === 'places' ? '' : `, 'gone' AS what, TRUE AS removed ${bare ? '' : `, ${shown}`}`)}
    FROM ${raw(`past.${source.table} d CROSS JOIN LATERAL (SELECT * FROM version.${source.table} o
      WHERE ${same('d', 'o')} AND ${holdsAt('o', from)} AND ${of('o', source.there)} LIMIT 1) o`)}
    WHERE ${allOf(conditions)}`
}

const parts = (asked: Asked): Prisma.Sql[] => [
  heldNow(asked),
  ...(!asked.what.length || asked.what.includes('gone') ? [takenAway(asked)] : []),
]

/** Without words: every row that differs in any way. */
const ANY_WORD: readonly DiffWord[] = ['added', 'gone', 'returned', 'changed', 'learned', 'first-look']
const newestFirst = (part: Prisma.Sql, limit: number): Prisma.Sql =>
  Prisma.sql`(${part} ORDER BY 2 DESC, 1 DESC LIMIT ${limit}::int)`

/**
 * The next rows of one kind, newest known first, among at most so many versions: most may have changed in ways that are
 * no difference here.
 */
export function diffRows(asked: Asked, limit: number, most: number): Prisma.Sql {
  const wanted = Prisma.sql`what = ANY(${[...(asked.what.length ? asked.what : ANY_WORD)]}::text[])`
  const found = parts(asked).map(
    (part) =>
      Prisma.sql`(SELECT * FROM ${newestFirst(part, most)} looked WHERE ${wanted} LIMIT ${limit}::int)`,
  )
  return Prisma.sql`SELECT * FROM (${Prisma.join(found, ' UNION ALL ')}) found ORDER BY at DESC, id DESC LIMIT ${limit}::int`
}

/** The place of the last version that was looked at, where there are more. */
export function diffLooked(asked: Asked, most: number): Prisma.Sql {
  const places = parts({ ...asked, bare: 'places' }).map(
    (part) => Prisma.sql`(SELECT id, at FROM ${newestFirst(part, most)} looked OFFSET ${most - 1}::int)`,
  )
  return Prisma.sql`SELECT id, at FROM (${Prisma.join(places, ' UNION ALL ')}) found ORDER BY at DESC, id DESC LIMIT 1`
}

/** How many differ, among at most so many versions of each sort: `looked` says whether there are more to look at. */
export function diffCount(asked: Asked, most: number): Prisma.Sql {
  const wanted = Prisma.sql`found.what = ANY(${[...(asked.what.length ? asked.what : ANY_WORD)]}::text[])`
  const sorted = parts({ ...asked, bare: 'counts' }).map((part) => newestFirst(part, most + 1))
  return Prisma.sql`
    SELECT (count(*) FILTER (WHERE ${wanted}))::int AS count,
      greatest(count(*) FILTER (WHERE NOT removed), count(*) FILTER (WHERE removed))::int AS looked
    FROM (${Prisma.join(sorted, ' UNION ALL ')}) found`
}
