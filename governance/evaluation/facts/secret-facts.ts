// Where stored secrets are copied from and to: what joins say of them, and what bears the same name in the same place.
import { absent, known, unknown, type Fact, type Instant, type Unknown } from '@/core/fact'
import { groupBy } from '@/core/group-by'
import type { Named, SecretSubject } from '@/core/subject'
import { db } from '@/prisma/client'
import { absenceOf } from '../absence'
import { readElsewhere, seenOf, type FactScope } from './fact-scope'
import { named } from './named'
import { ROWS_MAX } from './ways-in'
import { typesWith, wordsOf } from './words'

export type SecretFacts = Pick<SecretSubject, 'copiedEverySeconds' | 'keptIn' | 'copies' | 'sourceRotatedAt'>

type Row = { id: string; type: string; copiedEverySeconds: Fact<number> | null }
/** What makes a secret: itself, or what bears its name and copies there. */
type Maker = { secretId: string; makerId: string; type: string; copiedEverySeconds: Fact<number> | null }
/** What a maker copies, as joins have it. */
type Copied = {
  makerId: string
  value: string
  keyType: string
  state: 'matched' | 'dangling' | 'unknown'
  why: string
  name: string | null
  scopeName: string | null
  rotatedAt: Fact<Instant> | null
}
type Copy = { secretId: string; name: string; scopeName: string }

const SOURCE = 'joins'

/** @param ids of active secrets of the scope */
export async function secretFacts(
  scope: FactScope,
  ids: readonly string[],
): Promise<Map<string, SecretFacts>> {
  const copying = typesWith('copyOf')
  const [rows, makers, copies, able] = await Promise.all([
    db.$queryRaw<Row[]>`SELECT id, type, doc -> 'copiedEverySeconds' AS "copiedEverySeconds" FROM secret
      WHERE id = ANY(${ids}::uuid[])`,
    makersOf(ids, copying),
    copiesOf(ids, copying),
    scopesThatCopy(scope, copying),
  ])
  const copied = await copiedBy([...new Set(makers.map(({ makerId }) => makerId))])
  await readElsewhere(scope, able)
  const made = groupBy(makers, ({ secretId }) => secretId)
  const from = groupBy(copied, ({ makerId }) => makerId)
  const to = groupBy(copies, ({ secretId }) => secretId)
  return new Map(
    rows.map((row) => {
      const by = made.get(row.id) ?? []
      const sources = by.flatMap((maker) =>
        (from.get(maker.makerId) ?? []).filter((one) => wordsOf(maker.type)?.copyOf?.includes(one.keyType)),
      )
      return [
        row.id,
        {
          copiedEverySeconds: everyFact(row, by, scope),
          keptIn: keptFact(row, sources, by, scope),
          copies: copiesFact(to.get(row.id) ?? [], scope, able),
          sourceRotatedAt: rotatedFact(row.type, sources, by, scope),
        },
      ]
    }),
  )
}

/** A copy and what makes it are two objects of one name in the same scope. */
const makersOf = (ids: readonly string[], copying: string[]) => db.$queryRaw<Maker[]>`
  SELECT s.id AS "secretId", s.id AS "makerId", s.type, s.doc -> 'copiedEverySeconds' AS "copiedEverySeconds" FROM secret s
  WHERE s.id = ANY(${ids}::uuid[]) AND s.type = ANY(${copying}::text[])
  UNION
  SELECT k.row_id, m.id, m.type, m.doc -> 'copiedEverySeconds' FROM join_key k
    JOIN join_key o ON o.type = k.type AND o.value = k.value AND o.scope_id = k.scope_id AND o.row_id <> k.row_id
      AND o.gone_at IS NULL AND o.kind = 'secret'
    JOIN secret m ON m.id = o.row_id AND m.type = ANY(${copying}::text[]) AND m.retired_at IS NULL
  WHERE k.row_id = ANY(${ids}::uuid[]) AND k.gone_at IS NULL ORDER BY 1, 2`

const copiedBy = (makerIds: readonly string[]) => db.$queryRaw<Copied[]>`
  SELECT e.from_row_id AS "makerId", e.key_value AS value, e.key_type AS "keyType", e.state, e.why, s.name, o.name AS "scopeName",
    s.doc -> 'rotatedAt' AS "rotatedAt"
  FROM edge e LEFT JOIN secret s ON s.id = e.to_row_id AND e.state = 'matched' LEFT JOIN scope o ON o.id = s.scope_id
  WHERE e.from_row_id = ANY(${makerIds}::uuid[]) AND e.means = 'relied-on' AND e.to_kind = 'secret'
  ORDER BY e.from_row_id, e.key_value, e.id LIMIT ${ROWS_MAX}`

const copiesOf = (ids: readonly string[], copying: string[]) => db.$queryRaw<
  (Copy & { keyType: string; type: string })[]
>`
  SELECT e.to_row_id AS "secretId", m.name, o.name AS "scopeName", e.key_type AS "keyType", m.type
  FROM edge e JOIN secret m ON m.id = e.from_row_id AND m.retired_at IS NULL AND m.type = ANY(${copying}::text[])
    JOIN scope o ON o.id = m.scope_id
  WHERE e.to_row_id = ANY(${ids}::uuid[]) AND e.means = 'relied-on' AND e.state = 'matched' LIMIT ${ROWS_MAX}`

/** Scopes whose sources can tell of copies: those of a connector that has such things. */
async function scopesThatCopy({ sample }: FactScope, copying: string[]): Promise<string[]> {
  const connectors = [...new Set(copying.map((type) => type.split('.')[0] ?? ''))]
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM scope WHERE connector_id = ANY(${connectors}::text[]) AND sample = ${sample}::boolean ORDER BY id`
  return rows.map(({ id }) => id)
}

/** That it is no copy: it is kept in a store itself, or everything that copies secrets in its scope was seen. */
function noCopy(type: string, { looks }: FactScope) {
  return wordsOf(type)?.store
    ? absent('rules of the platform', 'it is an item of a store itself')
    : absenceOf(looks, 'secret')
}

function everyFact(row: Row, makers: readonly Maker[], scope: FactScope): Fact<number> {
  const told = makers.flatMap(({ copiedEverySeconds }) => copiedEverySeconds ?? [])
  const [first] = told
  if (told.length < makers.length || makers.length > 1) {
    const spans = told.flatMap((one) => (one.state === 'known' ? one.value : []))
    if (spans.length === makers.length && spans.length) return known(Math.max(...spans), 'secret')
    return unknown('not-offered', 'secret', 'not everything that copies it tells how often')
  }
  return first ?? row.copiedEverySeconds ?? noCopy(row.type, scope)
}

/**
 * Where its original is, as what copies it says, whether or not that store is connected. An item of a store is kept in its own
 * store, so that only what is in none has none.
 */
function keptFact(
  row: Row,
  sources: readonly Copied[],
  makers: readonly Maker[],
  scope: FactScope,
): Fact<Named> {
  if (wordsOf(row.type)?.store) return known({ count: 1, names: [scope.name] }, 'rules of the platform')
  if (sources.length)
    return known(
      named(
        sources.map(({ name, scopeName, value }) =>
          name === null ? value : `${name} in ${scopeName ?? ''}`,
        ),
      ),
      SOURCE,
    )
  // It is a copy, of something that could not be named.
  if (makers.length) return unknown('not-offered', SOURCE, 'where it is copied from is not told by any name')
  return noCopy(row.type, scope)
}

/**
 * Those of scopes that are connected. Absent where none is seen and all that could tell of copies, of at least one such scope,
 * was seen whole: copies made by hand, or where nothing is connected, nobody tells of.
 */
function copiesFact(
  copies: readonly (Copy & { keyType: string; type: string })[],
  scope: FactScope,
  able: readonly string[],
): Fact<Named> {
  const own = copies.filter(({ type, keyType }) => wordsOf(type)?.copyOf?.includes(keyType))
  const looks = able.map((id) => (id === scope.id ? scope.looks : (scope.elsewhere.get(id)?.looks ?? [])))
  const answers = looks.map((some) => absenceOf(some, 'secret'))
  const open = answers.find((one): one is Unknown => one.state === 'unknown')
  if (open) return own.length ? { ...open, detail: `${own.length} seen, and there may be more` } : open
  const none = answers[0] ?? unknown('not-collected', 'secret', 'nothing that copies secrets is connected')
  if (!own.length) return none
  return {
    ...known(named(own.map(({ name, scopeName }) => `${name} in ${scopeName}`)), SOURCE),
    ...seenOf(none),
  }
}

/** Of several originals the one that changed last; unknown where one of them does not tell, or is not connected. */
function rotatedFact(
  type: string,
  sources: readonly Copied[],
  makers: readonly Maker[],
  scope: FactScope,
): Fact<Instant> {
  if (!sources.length)
    return makers.length
      ? unknown('not-offered', SOURCE, 'where it is copied from is not told by any name')
      : noCopy(type, scope)
  const open = sources.find(({ rotatedAt }) => !rotatedAt || rotatedAt.state === 'unknown')
  if (open)
    return unknown(
      'not-collected',
      SOURCE,
      open.why || `when ${open.name ?? open.value} last changed is not known`,
    )
  const times = sources.flatMap(({ rotatedAt }) => (rotatedAt?.state === 'known' ? rotatedAt.value : []))
  const last = times.sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1)
  return last === undefined
    ? absent(SOURCE, 'its original never changed since it was made')
    : known(last, SOURCE)
}
