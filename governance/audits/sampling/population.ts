// What a sample is drawn from: the rows of a list by its filter, walked by their ids, and the drawn ones in full.
import {
  CredentialFilter,
  FindingFilter,
  IdentityFilter,
  type CredentialRow,
  type FindingRow,
  type IdentityRow,
} from '@/core/list'
import type { Actor } from '@/core/permissions'
import { reader } from '@/inventory/moment/at-moment'
import { askedScopes, type AskedScopes } from '@/inventory/queries/asked-scopes'
import { credentialColumns, findingColumns, identityColumns, type Column } from '@/inventory/queries/columns'
import { completenessOf } from '@/inventory/queries/completeness-of'
import {
  credentialJoins,
  credentialRow,
  credentialSelect,
  type RawCredential,
} from '@/inventory/queries/credential-row'
import { credentialConditions, lookedAt, type CredentialKind } from '@/inventory/queries/credential-where'
import { findingColumns as selectedFor, findingRows, type RawFinding } from '@/inventory/queries/finding-row'
import { findingWhere } from '@/inventory/queries/finding-where'
import { IDENTITY_COLUMNS, identityRow, type RawIdentity } from '@/inventory/queries/identity-row'
import { IDENTITY_FROM, identityConditions, identityFrom } from '@/inventory/queries/identity-where'
import { conditionOf } from '@/inventory/queries/judged-conditions'
import { parseFilter } from '@/inventory/queries/parse-filter'
import { mustRead } from '@/inventory/queries/visible'
import type { FullCompleteness } from '@/inventory/queries/types'
import { Prisma } from '@/prisma/generated/client'
import { rulesOfTopics } from '../../triage/rules-of-topics'

export const SAMPLE_KINDS = ['identity', 'credential', 'finding'] as const
export type SampleKind = (typeof SAMPLE_KINDS)[number]

/** A drawn row as it was, in the columns of the file that holds it. */
export type Drawn = {
  id: string
  subjectKind: 'identity' | 'credential' | 'secret' | 'finding'
  title: string
  identityId?: string
  values: Record<string, string>
}
export type Population = {
  /** The ids, in their order, a batch at a time. */
  ids: () => AsyncIterable<string[]>
  rows: (ids: readonly string[]) => Promise<Drawn[]>
  /** What it rests on, and what was not seen. */
  completeness: () => Promise<FullCompleteness>
}

const BATCH = 5000
/** What people do about a finding is kept as it is now, and not as it was then. */
const OF_NOW = new Set(['status', 'assignee', 'snoozedUntil', 'note'])

const valuesOf = <R>(columns: readonly Column<R>[], row: R): Record<string, string> =>
  Object.fromEntries(columns.map(({ key, csv }) => [key, csv(row)]))

/** Walks ids in their order. @param read the ids after one of them, at most so many */
async function* walked(
  read: (after: Prisma.Sql | undefined, limit: number) => Prisma.Sql,
): AsyncGenerator<string[]> {
  let after: string | undefined
  do {
    const place: Prisma.Sql | undefined = after === undefined ? undefined : Prisma.sql`${after}::uuid`
    const rows = await reader.$queryRaw<{ id: string }[]>(read(place, BATCH))
    if (rows.length) yield rows.map(({ id }) => id)
    after = rows.length === BATCH ? rows.at(-1)?.id : undefined
  } while (after !== undefined)
}

const restsOn =
  (actor: Actor, { chosen, hidden }: AskedScopes, kinds?: readonly CredentialKind[]) =>
  () =>
    completenessOf(actor, { scopeIds: chosen, realOnly: hidden.length > 0, ...(kinds && { kinds }) })

const beyond = (column: string, after: Prisma.Sql | undefined) =>
  after ? Prisma.sql`AND ${Prisma.raw(column)} > ${after}` : Prisma.empty

export const identityDrawn = (row: IdentityRow): Drawn => ({
  id: row.id,
  subjectKind: 'identity',
  title: row.name,
  identityId: row.id,
  values: valuesOf(identityColumns, row),
})

async function identities(actor: Actor, texts: URLSearchParams): Promise<Population> {
  const { size: _, after: __, ...filter } = parseFilter(IdentityFilter, texts)
  mustRead(actor, 'identity:read')
  const scopes = await askedScopes(filter.scope)
  const where = conditionOf(await identityConditions(actor, filter, scopes))
  return {
    completeness: restsOn(actor, scopes),
    ids: () =>
      walked(
        (after, limit) => Prisma.sql`
          SELECT i.id FROM ${identityFrom(where)} WHERE ${where} ${beyond('i.id', after)} ORDER BY i.id LIMIT ${limit}::int`,
      ),
    async rows(ids) {
      const raw = await reader.$queryRaw<RawIdentity[]>(Prisma.sql`
        SELECT ${IDENTITY_COLUMNS}, '{}'::text[] AS "placeValues" FROM ${IDENTITY_FROM} JOIN scope s ON s.id = i.scope_id
        WHERE i.id = ANY(${[...ids]}::uuid[])`)
      return raw.map((one) => identityDrawn(identityRow(one)))
    },
  }
}

const credentialDrawn = (row: CredentialRow): Drawn => ({
  id: row.id,
  subjectKind: row.kind,
  title: row.name,
  ...(row.identity?.id !== undefined && { identityId: row.identity.id }),
  values: valuesOf(credentialColumns, row),
})

async function credentials(actor: Actor, texts: URLSearchParams): Promise<Population> {
  const { size: _, after: __, ...filter } = parseFilter(CredentialFilter, texts)
  mustRead(actor, 'identity:read')
  const scopes = await askedScopes(filter.scope)
  const where = await credentialConditions(actor, filter, scopes)
  const tables = Object.entries(where) as [CredentialKind, Prisma.Sql][]
  return {
    completeness: restsOn(actor, scopes, lookedAt(actor, filter)),
    ids: () =>
      walked((after, limit) => {
        const each = tables.map(
          ([kind, of]) => Prisma.sql`
            (SELECT r.id FROM ${Prisma.raw(kind)} r WHERE ${of} ${beyond('r.id', after)} ORDER BY r.id LIMIT ${limit}::int)`,
        )
        return Prisma.sql`SELECT id FROM (${Prisma.join(each, ' UNION ALL ')}) both_tables ORDER BY id LIMIT ${limit}::int`
      }),
    async rows(ids) {
      const found = await Promise.all(
        tables.map(([kind]) =>
          reader.$queryRaw<RawCredential[]>(Prisma.sql`
            SELECT ${credentialSelect(kind)}, '{}'::text[] AS "placeValues" FROM ${Prisma.raw(kind)} r ${credentialJoins(kind)}
            WHERE r.id = ANY(${[...ids]}::uuid[])`),
        ),
      )
      return found.flat().map((raw) => credentialDrawn(credentialRow(raw)))
    },
  }
}

const FINDING_VALUES = findingColumns.filter(({ key }) => !OF_NOW.has(key))
const findingDrawn = (row: FindingRow): Drawn => ({
  id: row.id,
  subjectKind: 'finding',
  title: `${row.ruleId}: ${row.subject.name}`,
  ...(row.identityId !== undefined && { identityId: row.identityId }),
  values: valuesOf(FINDING_VALUES, row),
})

async function findings(actor: Actor, texts: URLSearchParams): Promise<Population> {
  const { size: _, after: __, ...filter } = rulesOfTopics(parseFilter(FindingFilter, texts))
  mustRead(actor, 'finding:read')
  const scopes = await askedScopes(filter.scope)
  const where = await findingWhere(actor, filter, scopes)
  return {
    completeness: restsOn(actor, scopes),
    ids: () =>
      walked(
        (after, limit) => Prisma.sql`
          SELECT f.id FROM finding f WHERE ${where} ${beyond('f.id', after)} ORDER BY f.id LIMIT ${limit}::int`,
      ),
    async rows(ids) {
      const raw = await reader.$queryRaw<RawFinding[]>(Prisma.sql`
        SELECT ${selectedFor(actor)}, '{}'::text[] AS "placeValues" FROM finding f JOIN scope s ON s.id = f.scope_id
        WHERE f.id = ANY(${[...ids]}::uuid[])`)
      return (await findingRows(raw)).map(findingDrawn)
    },
  }
}

const OF = { identity: identities, credential: credentials, finding: findings } as const

/** @throws RollcallError `invalid` for a filter that is not of the list. Called at the moment that is asked about. */
export const populationOf = (
  kind: SampleKind,
  actor: Actor,
  filter: Readonly<Record<string, string>>,
): Promise<Population> => OF[kind](actor, new URLSearchParams(Object.entries(filter)))
