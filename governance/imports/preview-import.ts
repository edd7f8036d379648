// Reads a file as if it were the source and says what it holds and would change. Applies nothing.
import { rm, stat } from 'node:fs/promises'
import type { ImportReport } from '@/core/connector'
import { RollcallError } from '@/core/errors'
import type { Instant } from '@/core/fact'
import type { Actor } from '@/core/permissions'
import { observe } from '@/inventory/observe'
import { db } from '@/prisma/client'
import { authorise } from '../authorise'
import { connectorOf } from '../connector-registry'
import { holdRun } from '../runs/hold-run'
import { beginImport, type BegunImport } from './begin-import'
import { dropImport } from './drop-import'
import { ensureNotLive, scopesOf } from './file-scopes'
import { wouldChange, type WouldChange } from './would-change'

export const IMPORT_BYTES_MAX = 512 * 1024 * 1024
const TIMEOUT_MS = 30 * 60_000

export type ImportInput = { connectorId: string; format: string; name: string; observedAt?: Instant }
/** A file on this machine. Its place is never taken from what a person sends. */
export type ImportFile = { path: string; temporary: boolean }
export type ImportPreview = {
  runId: string
  connectionId: string
  observedAt: Instant
  scopes: { nativeId: string; name: string }[]
  /** What would be written, by kind. */
  changes: WouldChange
  report: ImportReport
  /** Looks the file does not hold in full: of these nothing will be retired. */
  partial: { stream: string; kind: string; detail: string }[]
}

/**
 * @throws RollcallError `invalid` naming line or path of a file that cannot be read, `limited` when it is too large,
 * `conflict` when a live connection reads what the file is about
 */
export async function previewImport(
  actor: Actor | null,
  input: ImportInput,
  file: ImportFile,
  at: { now?: Date } = {},
): Promise<ImportPreview> {
  try {
    authorise(actor, 'source:import')
    await ensureSize(file.path)
    const begun = await beginImport(actor, input, at)
    return await readFile(begun, file.path)
  } finally {
    if (file.temporary) await rm(file.path, { force: true })
  }
}

async function ensureSize(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) throw new RollcallError('invalid', 'There is no such file.')
  if (found.size > IMPORT_BYTES_MAX)
    throw new RollcallError(
      'limited',
      `The file is larger than ${IMPORT_BYTES_MAX / 1024 / 1024} MB. Split it, or connect the source itself.`,
    )
}

async function readFile(begun: BegunImport, path: string): Promise<ImportPreview> {
  const held = await holdRun(begun.runId, { waitMs: 10_000 }, async (lost) => {
    try {
      return await stageFile(begun, path, AbortSignal.any([lost, AbortSignal.timeout(TIMEOUT_MS)]))
    } catch (error) {
      const told = toldAs(error, begun)
      await dropImport(begun.runId, {
        state: 'failed',
        phase: 'Failed. Nothing was imported.',
        error: told.message,
      })
      throw told
    }
  })
  if (held.held) return held.value
  throw new RollcallError('conflict', 'This import is being worked on already.')
}

/** What is not meant for people could quote the file: of that only the name of the file is told. */
function toldAs(error: unknown, { name, format }: BegunImport): RollcallError {
  if (error instanceof RollcallError) return error
  return new RollcallError(
    'invalid',
    `${name} could not be read as ${format.title}. Make it again with: ${format.command}`,
  )
}

async function stageFile(begun: BegunImport, path: string, signal: AbortSignal): Promise<ImportPreview> {
  const { runId, connection, observedAt } = begun
  const connector = await connectorOf(connection.connectorId)
  const opened = await connector.openFile(begun.format.id, path)
  try {
    const scopes = await scopesOf(connector, opened.transport, signal)
    if (begun.format.otherIds) await ensureNotLive(connection.connectorId, scopes)
    const observed = await observe({
      connector,
      transport: opened.transport,
      connection,
      runId,
      observedAt,
      signal,
    })
    signal.throwIfAborted()
    const report = opened.report()
    await db.run.update({
      where: { id: runId },
      data: {
        state: 'previewed',
        phase: 'Read. Waits to be confirmed or discarded.',
        observations: observed.observations,
        calls: observed.calls,
        scopesCoverage: observed.scopes,
        report,
      },
    })
    return {
      runId,
      connectionId: connection.id,
      observedAt,
      scopes: scopes.map(({ nativeId, name }) => ({ nativeId, name })),
      changes: await wouldChange(runId),
      report,
      partial: await partialLooks(runId),
    }
  } finally {
    await opened.transport.close?.()
  }
}

async function partialLooks(runId: string): Promise<ImportPreview['partial']> {
  const rows = await db.runCoverage.findMany({
    where: { runId, state: { not: 'complete' } },
    orderBy: [{ stream: 'asc' }, { kind: 'asc' }],
  })
  return rows.map(({ stream, kind, detail, why }) => ({ stream, kind, detail: detail ?? why ?? '' }))
}
