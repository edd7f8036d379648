// The start of an import: the connection that holds files of this source, and a run that nothing has been applied of.
import { v7 as newId } from 'uuid'
import { z } from 'zod'
import type { ImportFormat } from '@/core/connector'
import { Instant } from '@/core/fact'
import type { Tx } from '@/prisma/client'
import { command, invalid } from '../command'
import { manifestOf } from '../connector-registry'
import { sealSettings } from '../crypto/seal-settings'

/** How often a new file is expected until somebody says otherwise. */
const NEW_FILE_MINUTES = 30 * 24 * 60
/** Clocks differ a little; a file from tomorrow is a mistake. */
const AHEAD_MS = 5 * 60_000

export type BegunImport = {
  runId: string
  connection: { id: string; connectorId: string; mode: 'import' }
  format: ImportFormat
  name: string
  observedAt: Instant
}

export const beginImport = command({
  name: 'import.preview',
  permission: 'source:import',
  input: z.strictObject({
    connectorId: z.string().min(1).max(100),
    format: z.string().min(1).max(100),
    /** The file's own name, for its ending and for people. */
    name: z.string().trim().min(1).max(255),
    /** When the file was made. Left out: now. */
    observedAt: Instant.optional(),
  }),
  async run({ actor, input, tx, now }): Promise<BegunImport> {
    const { title, id: connectorId, imports } = manifestOf(input.connectorId)
    const format = formatOf(imports, input.format)
    const observedAt = input.observedAt ?? now.toISOString()
    if (new Date(observedAt).getTime() > now.getTime() + AHEAD_MS)
      throw invalid([{ path: 'observedAt', message: 'lies in the future' }])
    if (!format.endings.some((ending) => input.name.toLowerCase().endsWith(ending.toLowerCase())))
      throw invalid([{ path: 'name', message: `must end with ${format.endings.join(' or ')}` }])
    const connectionId = await importConnection(tx, { connectorId, title, createdBy: actor.name })
    const run = await tx.run.create({
      data: {
        connectionId,
        state: 'running',
        trigger: 'import',
        requestedBy: actor.name,
        createdAt: now,
        startedAt: now,
        observedAt,
        phase: `Reading ${input.name}`,
      },
    })
    const connection = { id: connectionId, connectorId, mode: 'import' as const }
    return { runId: run.id, connection, format, name: input.name, observedAt }
  },
  activity: ({ connectorId, format, name }, { runId }) => ({
    object: `run:${runId}`,
    detail: { connectorId, format, name },
  }),
})

function formatOf(formats: readonly ImportFormat[], id: string): ImportFormat {
  const format = formats.find((one) => one.id === id)
  if (format) return format
  const known = formats.map((one) => one.id).join(', ')
  throw invalid([
    { path: 'format', message: known ? `must be one of ${known}` : 'this source takes no files' },
  ])
}

/** One connection a connector holds all its files. */
async function importConnection(
  tx: Tx,
  { connectorId, title, createdBy }: { connectorId: string; title: string; createdBy: string },
): Promise<string> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`rollcall imports ${connectorId}`}, 0))`
  const held = await tx.connection.findFirst({ where: { connectorId, mode: 'import' }, select: { id: true } })
  if (held) return held.id
  const id = newId()
  await tx.connection.create({
    data: {
      id,
      connectorId,
      name: `File imports · ${title}`,
      mode: 'import',
      settings: sealSettings(id, {}),
      intervalMinutes: NEW_FILE_MINUTES,
      paused: true,
      createdBy,
    },
  })
  return id
}
