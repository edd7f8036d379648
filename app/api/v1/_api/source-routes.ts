// Routes of sources, runs and imports: where what people look at comes from.
import { z } from 'zod'
import { Answer, route, type AnyRoute } from '@/app/_http/route'
import { withUpload } from '@/app/_http/upload'
import { Instant } from '@/core/fact'
import { invalid, parseInput } from '@/governance/command'
import { manifests } from '@/governance/connector-registry'
import { confirmImport } from '@/governance/imports/confirm-import'
import { discardImport } from '@/governance/imports/discard-import'
import { IMPORT_BYTES_MAX, previewImport } from '@/governance/imports/preview-import'
import { cancelRun } from '@/governance/runs/cancel-run'
import { requestSync } from '@/governance/runs/request-sync'
import { getRun } from '@/inventory/queries/get-run'
import { getSource } from '@/inventory/queries/get-source'
import { listSources } from '@/inventory/queries/list-sources'
import { resolveSource } from '@/inventory/queries/resolve-source'
import { runProgress } from '@/inventory/queries/run-progress'
import { Progress, RunDetail, SourceDetail, SourceList } from './source-schemas'

const ID = { id: 'Its id.' }
const RUN = { run: 'The id of the run that the upload began.' }
const Format = z.object({
  id: z.string(),
  title: z.string(),
  connectorId: z.string(),
  command: z.string(),
  endings: z.array(z.string()),
})
const Counts = z.record(z.string(), z.record(z.string(), z.int()))
const Preview = z.object({
  runId: z.guid(),
  connectionId: z.guid(),
  observedAt: Instant,
  scopes: z.array(z.object({ nativeId: z.string(), name: z.string() })),
  changes: Counts,
  report: z.looseObject({}),
  partial: z.array(z.object({ stream: z.string(), kind: z.string(), detail: z.string() })),
})
/** In the address, or as fields of the form beside the file. */
const ImportQuery = z.object({
  format: z.string().max(100).optional().meta({ description: 'An id of /imports/formats.' }),
  name: z.string().max(255).optional().meta({ description: 'The file’s own name; a form has it already.' }),
  observedAt: Instant.optional().meta({ description: 'When the file was made. Left out: now.' }),
})
const ImportFields = ImportQuery.required({ format: true, name: true })

const formats = () =>
  manifests().flatMap(({ id: connectorId, imports }) =>
    imports.map(({ id, title, command, endings }) => ({
      id,
      title,
      connectorId,
      command,
      endings: [...endings],
    })),
  )

function connectorOf(format: string): string {
  const found = formats().find((one) => one.id === format)
  if (found) return found.connectorId
  throw invalid([
    {
      path: 'format',
      message: `must be one of ${formats()
        .map((one) => one.id)
        .join(', ')}`,
    },
  ])
}

export const sourceRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/sources',
    past: true,
    permission: 'source:read',
    summary: 'Lists sources with where they stand',
    status: 200,
    answer: SourceList,
    handle: ({ actor }) => listSources(actor),
  }),
  route({
    method: 'GET',
    path: '/sources/{id}',
    past: true,
    permission: 'source:read',
    summary: 'Shows one source: looks, calls by permission and recent runs',
    places: { id: 'Its id or name.' },
    status: 200,
    answer: SourceDetail,
    fails: ['not-found'],
    handle: ({ actor, params }) => getSource(actor, params.id ?? ''),
  }),
  route({
    method: 'POST',
    path: '/sources/{id}/sync',
    permission: 'source:sync',
    summary: 'Starts a sync, or names the one that is under way',
    places: { id: 'Its id or name.' },
    body: z.strictObject({}),
    status: 202,
    answer: z.object({ runId: z.guid(), alreadyUnderWay: z.boolean() }),
    fails: ['not-found', 'conflict'],
    handle: async ({ actor, params }) => {
      const connectionId = await resolveSource(actor, params.id ?? '')
      const started = await requestSync(actor, { connectionId })
      return new Answer(202, started, { location: `/api/v1/runs/${started.runId}` })
    },
  }),
  route({
    method: 'GET',
    path: '/runs/{id}',
    past: true,
    permission: 'source:read',
    summary: 'Shows what a run read, changed and was refused',
    places: ID,
    status: 200,
    answer: RunDetail,
    fails: ['not-found'],
    handle: ({ actor, params }) => getRun(actor, params.id ?? ''),
  }),
  route({
    method: 'GET',
    path: '/runs/{id}/progress',
    permission: 'source:read',
    summary: 'Says how far a run is: small, to be asked for again and again',
    places: ID,
    status: 200,
    answer: Progress,
    fails: ['not-found'],
    handle: ({ actor, params }) => runProgress(actor, params.id ?? ''),
  }),
  route({
    method: 'POST',
    path: '/runs/{id}/cancel',
    permission: 'source:sync',
    summary: 'Stops a run; nothing of it is applied',
    places: ID,
    body: z.strictObject({}),
    status: 202,
    answer: z.object({ runId: z.guid(), state: z.string() }),
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params }) => cancelRun(actor, { runId: params.id ?? '' }),
  }),
  route({
    method: 'GET',
    path: '/imports/formats',
    permission: 'source:import',
    summary: 'Lists the files that can be imported and the commands that make them',
    status: 200,
    answer: z.object({ rows: z.array(Format) }),
    handle: async () => ({ rows: formats() }),
  }),
  route({
    method: 'POST',
    path: '/imports',
    permission: 'source:import',
    summary: 'Reads a file and says what it holds and would change',
    description:
      'Nothing is changed until the import is confirmed. At most 512 MB; the file is deleted once read.',
    query: ImportQuery,
    takes: ['application/octet-stream', 'multipart/form-data'],
    status: 201,
    answer: Preview,
    fails: ['conflict', 'limited'],
    handle: ({ actor, query, request }) =>
      withUpload(request, IMPORT_BYTES_MAX, ({ path, fields, fileName }) => {
        const input = parseInput(ImportFields, { ...(fileName && { name: fileName }), ...fields, ...query })
        const connectorId = connectorOf(input.format)
        return previewImport(actor, { connectorId, ...input }, { path, temporary: true })
      }),
  }),
  route({
    method: 'POST',
    path: '/imports/{run}/confirm',
    permission: 'source:import',
    summary: 'Applies an import exactly as it was shown',
    places: RUN,
    body: z.strictObject({}),
    status: 200,
    answer: z.object({ runId: z.guid(), state: z.enum(['complete', 'partial']), changes: Counts }),
    fails: ['not-found', 'conflict', 'upstream'],
    handle: ({ actor, params }) => confirmImport(actor, { runId: params.run ?? '' }),
  }),
  route({
    method: 'DELETE',
    path: '/imports/{run}',
    permission: 'source:import',
    summary: 'Drops an import that was not confirmed',
    places: RUN,
    status: 200,
    answer: z.object({ runId: z.guid() }),
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params }) => discardImport(actor, { runId: params.run ?? '' }),
  }),
]
