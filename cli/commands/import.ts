// `import <format> <file>`: reads a file, says what it understood, and applies it.
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { BEYOND } from '@/core/upstream'
import { manifests } from '@/governance/connector-registry'
import { confirmImport } from '@/governance/imports/confirm-import'
import { discardImport } from '@/governance/imports/discard-import'
import { previewImport, type ImportPreview } from '@/governance/imports/preview-import'
import type { RunDetail } from '@/inventory/queries/types'
import { cliCommand, type At } from '../command'
import { EXIT, type Exit } from '../exit-codes'
import { followRun, printRun } from '../follow-run'
import type { Output } from '../output'
import { minute } from '../words'

const formats = () =>
  manifests().flatMap(({ id: connectorId, imports }) => imports.map((format) => ({ ...format, connectorId })))

async function listFormats(out: Output): Promise<void> {
  const rows = formats()
  if (out.json) return out.answer('import-formats/1', { rows })
  for (const { id, title, command } of rows) await out.line(`${id}\n  ${title}\n  ${command}`)
}

/** When the file was written, unless the person knows better: facts must not look younger than they are. */
async function observedAt(file: string, said: unknown): Promise<string> {
  if (typeof said === 'string') return said
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile()) throw new RollcallError('invalid', `There is no file ${file}.`)
  return found.mtime.toISOString()
}

async function preview(actor: Actor, format: string, file: string, said: unknown): Promise<ImportPreview> {
  const known = formats().find((one) => one.id === format)
  if (!known) {
    const ids = formats().map((one) => one.id)
    throw new RollcallError('invalid', `There is no format ${format}. There are: ${ids.join(', ')}.`)
  }
  const at = await observedAt(file, said)
  const input = { connectorId: known.connectorId, format, name: path.basename(file), observedAt: at }
  return previewImport(actor, input, { path: path.resolve(file), temporary: false })
}

async function printPreview(
  out: Output,
  { observedAt: at, scopes, report, partial, changes }: ImportPreview,
): Promise<void> {
  await out.line(`As of ${minute(at)}, about ${scopes.map((s) => s.name).join(', ') || 'no scope'}`)
  for (const { what, count } of report.understood) await out.line(`understood  ${count} ${what}`)
  for (const { what, why, count } of report.ignored) await out.line(`ignored     ${count} ${what}: ${why}`)
  for (const { path: where, count } of report.dropped)
    await out.line(`dropped     ${count} ${where}: may hold a secret, left out unread`)
  for (const { stream, kind, detail } of partial) await out.line(`not in it   ${kind} (${stream}): ${detail}`)
  const head = ['KIND', 'CREATED', 'UPDATED', 'RETIRED', 'RESTORED', 'UNCHANGED']
  const cells = Object.entries(changes).map(([kind, c]) =>
    [kind, c.created, c.updated, c.retired, c.restored, c.unchanged].map(String),
  )
  await out.table(head, cells)
}

/** A file that does not speak of something was still taken whole. */
const exitOf = ({ run, coverage }: RunDetail): Exit => {
  if (run.state === 'complete') return EXIT.ok
  if (run.state !== 'partial') return EXIT.failure
  const cutShort =
    coverage.more ||
    coverage.rows.some((look) => look.state === 'partial' && !BEYOND.some((why) => why === look.why))
  return cutShort ? EXIT.partial : EXIT.ok
}

async function run({ actor, out, options }: At, format?: string, file?: string): Promise<Exit | void> {
  if (options.list === true) return listFormats(out)
  if (!format || !file)
    throw new RollcallError('invalid', 'Say which format and which file. The formats: import --list')
  const read = await preview(actor, format, file, options.observedAt)
  if (options.preview === true) {
    await discardImport(actor, { runId: read.runId })
    if (out.json) return out.answer('import-preview/1', { preview: read })
    await printPreview(out, read)
    return out.line('Nothing was changed.')
  }
  if (!out.json) await printPreview(out, read)
  await confirmImport(actor, { runId: read.runId })
  const detail = await followRun({ actor, out }, read.runId)
  if (out.json) await out.answer('import/1', { preview: read, ...detail })
  else await printRun({ actor, out }, detail)
  return exitOf(detail)
}

export const importFile = cliCommand('import', 'import a file that another tool wrote', run, (command) =>
  command
    .argument('[format]', 'which format, as --list names them')
    .argument('[file]', 'the file')
    .option('--list', 'list the formats and the commands that make the files')
    .option('--preview', 'say what it holds and would change, and change nothing')
    .option(
      '--observed-at <instant>',
      'when its contents were true, in UTC; left out: when the file was written',
    ),
)
