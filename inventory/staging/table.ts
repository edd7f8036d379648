// Where what a run saw of a scope waits until it is applied: a table of its own, without write-ahead log.
import { Prisma } from '@/prisma/generated/client'
import { db, type Tx } from '@/prisma/client'

type Place = { runId: string; scopeId: string }

// Made of the hexadecimal digits of ids: nothing from outside gets into a statement.
const digits = (id: string) => id.toLowerCase().replace(/[^0-9a-f]/g, '')
const prefixOf = (runId: string) => `r${digits(runId)}_`
const nameOf = ({ runId, scopeId }: Place) => `${prefixOf(runId)}${digits(scopeId).slice(0, 28)}`
export const stagingName = (place: Place): string => `staging.${nameOf(place)}`
export const stagingTable = (place: Place): Prisma.Sql => Prisma.raw(stagingName(place))

export async function createStaging(place: Place): Promise<void> {
  const table = stagingTable(place)
  await db.$executeRaw`
    CREATE UNLOGGED TABLE IF NOT EXISTS ${table} (
      row_id uuid NOT NULL,
      kind text NOT NULL,
      stream text NOT NULL,
      native_id text NOT NULL,
      fingerprint uuid NOT NULL,
      -- seen; ended: the source itself says when; unseen: held, and not seen by a complete look; read: the last row, by
      -- which it is known that nothing is missing.
      says text NOT NULL,
      -- When it ended; of the last row, when what is held was loaded.
      at timestamptz(3),
      -- Of what was seen. Not set where the row that is held came from an equal observation.
      doc jsonb
    )`
}

/** Whether all that was staged is still there: it does not survive a crash of the database. When what is held was loaded. */
export async function stagedWhole(tx: Pick<Tx, '$queryRaw'>, place: Place): Promise<Date | undefined> {
  if (!(await hasStaging(tx, place))) return undefined
  const [last] = await tx.$queryRaw<{ at: Date }[]>`SELECT at FROM ${stagingTable(place)} WHERE says = 'read'`
  return last?.at
}

async function hasStaging(tx: Pick<Tx, '$queryRaw'>, place: Place): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ found: boolean }[]>`
    SELECT to_regclass(${stagingName(place)}) IS NOT NULL AS found`
  return row?.found ?? false
}

export async function dropScopeStaging(tx: Pick<Tx, '$executeRaw'>, place: Place): Promise<void> {
  await tx.$executeRaw`DROP TABLE IF EXISTS ${stagingTable(place)}`
}

/** Everything these runs have staged. */
export async function dropStaging(
  tx: Pick<Tx, '$executeRaw' | '$queryRaw'>,
  runIds: readonly string[],
): Promise<void> {
  const left = await tx.$queryRaw<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables
    WHERE schemaname = 'staging' AND split_part(tablename, '_', 1) || '_' = ANY(${runIds.map(prefixOf)}::text[])`
  for (const { name } of left) await tx.$executeRaw`DROP TABLE IF EXISTS ${Prisma.raw(`staging.${name}`)}`
}

/** Drops what runs have left behind that are over: their worker was killed between the end and the drop. */
export async function dropForgottenStaging(): Promise<void> {
  const left = await db.$queryRaw<{ name: string }[]>`
    SELECT t.tablename AS name FROM pg_tables t
    WHERE t.schemaname = 'staging' AND NOT EXISTS (
      SELECT 1 FROM run r WHERE r.ended_at IS NULL AND 'r' || replace(r.id::text, '-', '') = split_part(t.tablename, '_', 1))`
  for (const { name } of left) await db.$executeRaw`DROP TABLE IF EXISTS ${Prisma.raw(`staging.${name}`)}`
}
