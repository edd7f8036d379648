// What proves the identities of a pack, and the stored secrets that belong to them; of whole scopes also what nobody holds.
import type { CredentialRow } from '@/core/list'
import { reader } from '@/inventory/moment/at-moment'
import { credentialColumns } from '@/inventory/queries/columns'
import {
  credentialJoins,
  credentialRow,
  credentialSelect,
  type RawCredential,
} from '@/inventory/queries/credential-row'
import { credentialConditions, type AskedCredentials } from '@/inventory/queries/credential-where'
import { eachCredential } from '@/inventory/queries/each-credential'
import { mustRead } from '@/inventory/queries/visible'
import { Prisma } from '@/prisma/generated/client'
import { tablePart } from './csv-part'
import { eachBelonging, isWhole, populationFrom, populationWhere } from './population'
import type { PackAt } from '../part'

const SECRETS_BATCH = 2000

/** Where identities that are gone were asked for, so is what went with them. */
function askedOf({ asked: { filter } }: PackAt): AskedCredentials {
  const { scope, state } = filter
  const gone = state?.some((one) => one !== 'active')
  return { sort: 'name', ...(scope && { scope }), state: gone ? ['any'] : ['active'] }
}

type Held = RawCredential & { identityId: string }
const heldRows = (where: Prisma.Sql) => (asked: { ids: string[]; place: Prisma.Sql; limit: number }) =>
  reader.$queryRaw<Held[]>(Prisma.sql`
    SELECT ${credentialSelect('credential')}, '{}'::text[] AS "placeValues"
    FROM credential r ${credentialJoins('credential')}
    WHERE r.identity_id = ANY(${asked.ids}::uuid[]) AND ${where} AND ${asked.place}
    ORDER BY r.identity_id, r.id LIMIT ${asked.limit}::int`)

/** A secret belongs to whom a connection joins it with, save by permissions alone: a copy of a key, what a workload is given. */
const joinedTo = (of: Prisma.Sql) => Prisma.sql`(
  EXISTS (SELECT 1 FROM edge e JOIN identity i ON i.id = e.to_identity_id LEFT JOIN posture p ON p.identity_id = i.id
    WHERE e.from_row_id = r.id AND e.state = 'matched' AND ${of})
  OR EXISTS (SELECT 1 FROM edge e JOIN identity i ON i.id = e.from_identity_id LEFT JOIN posture p ON p.identity_id = i.id
    WHERE e.to_row_id = r.id AND e.state = 'matched' AND e.from_kind <> 'entitlement' AND ${of}))`

/** Secrets are walked in batches of their own, so that few of many are never looked for all at once. */
async function* secretsOf(at: PackAt, where: Prisma.Sql): AsyncGenerator<CredentialRow[]> {
  const of = await populationWhere(at)
  let after: string | undefined
  do {
    at.signal.throwIfAborted()
    const batch = await reader.$queryRaw<{ id: string }[]>(Prisma.sql`
      SELECT r.id FROM secret r WHERE ${where} ${after ? Prisma.sql`AND r.id > ${after}::uuid` : Prisma.empty}
      ORDER BY r.id LIMIT ${SECRETS_BATCH}::int`)
    const ids = batch.map(({ id }) => id)
    const rows = await reader.$queryRaw<RawCredential[]>(Prisma.sql`
      SELECT ${credentialSelect('secret')}, '{}'::text[] AS "placeValues" FROM secret r ${credentialJoins('secret')}
      WHERE r.id = ANY(${ids}::uuid[]) AND ${joinedTo(of)} ORDER BY r.id`)
    if (rows.length) yield rows.map(credentialRow)
    after = ids.length === SECRETS_BATCH ? ids.at(-1) : undefined
  } while (after !== undefined)
}

async function* credentialRows(at: PackAt): AsyncGenerator<CredentialRow[]> {
  const asked = askedOf(at)
  if (isWhole(at.asked.filter)) return yield* eachCredential(at.actor, asked)
  mustRead(at.actor, 'identity:read')
  const where = await credentialConditions(at.actor, asked)
  if (where.credential)
    for await (const rows of eachBelonging(at, 'r.identity_id, r.id', heldRows(where.credential)))
      yield rows.map(credentialRow)
  if (where.secret) yield* secretsOf(at, where.secret)
}

/** How many there are in all, for the totals of a report. */
export async function countCredentials(at: PackAt): Promise<number> {
  const where = await credentialConditions(at.actor, askedOf(at))
  if (!where.credential) return 0
  const of = await populationWhere(at)
  const held = isWhole(at.asked.filter)
    ? Prisma.sql`TRUE`
    : Prisma.sql`r.identity_id IN (SELECT i.id FROM ${populationFrom(of)} WHERE ${of})`
  const [row] = await reader.$queryRaw<{ count: number }[]>(Prisma.sql`
    SELECT count(*)::int AS count FROM credential r WHERE ${where.credential} AND ${held}`)
  return row?.count ?? 0
}

export const credentials = tablePart({
  id: 'credentials',
  file: 'credentials.csv',
  about:
    'Credentials of these identities, and stored secrets that are joined with them; where the filter names no more than scopes, those that nobody holds as well.',
  needs: 'identity:read',
  columns: credentialColumns,
  rows: credentialRows,
})
