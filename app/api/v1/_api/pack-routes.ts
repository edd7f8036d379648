// Routes of packs of evidence: asking for one, how far it is, its file, and the keys that packs are signed with.
import { Readable } from 'node:stream'
import { z } from 'zod'
import { csvOrPage } from '@/app/_http/csv-or-page'
import { route, type AnyRoute } from '@/app/_http/route'
import { Instant } from '@/core/fact'
import { askPack } from '@/governance/packs/asking/build'
import { cancelPack, removePack } from '@/governance/packs/asking/cancel'
import { packColumns } from '@/governance/packs/asking/columns'
import { downloadPack, type Download } from '@/governance/packs/asking/download'
import { PackInput, Settled } from '@/governance/packs/asking/input'
import { eachPack, listPacks, PackFilter, packView, PackView } from '@/governance/packs/asking/list'
import { previewPack } from '@/governance/packs/asking/preview'
import { PreviewAnswer } from '@/governance/packs/asking/preview-schema'
import { keyTrouble, signingKeys, type PublicKey } from '@/governance/packs/keys/list-keys'
import { rotateKey } from '@/governance/packs/keys/rotate-key'
import { CSV, Export } from './export-query'
import { Id, of } from './schemas'

const places = { id: 'Its id.' }
const given = (params: Readonly<Record<string, string>>) => params.id ?? ''
const Key = of<PublicKey>()(
  z.object({
    key: z.string().meta({ description: '32 bytes in hex.' }),
    pem: z.string().meta({ description: 'The same as SPKI, for other programs.' }),
    since: Instant,
    until: Instant.optional().meta({ description: 'When another one took its place.' }),
    madeBy: z.string(),
    brought: z.boolean().meta({ description: 'Whether it was brought: its private half is not here.' }),
  }),
)

/** Its bytes as they are read from the disk, whoever reads how slowly. */
export const asAttachment = ({ name, bytes, sha256, stream }: Download): Response =>
  new Response(Readable.toWeb(stream()) as ReadableStream<Uint8Array>, {
    headers: {
      'content-type': 'application/zip',
      'content-length': String(bytes),
      'content-disposition': `attachment; filename="${name}"`,
      'rollcall-sha256': sha256,
    },
  })

const one: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/packs/{id}',
    permission: 'evidence:read',
    summary: 'Shows one pack: what was asked, how far it is, and what came of it',
    places,
    status: 200,
    answer: PackView,
    fails: ['not-found'],
    handle: ({ actor, params }) => packView(actor, given(params)),
  }),
  route({
    method: 'DELETE',
    path: '/packs/{id}',
    permission: 'evidence:build',
    summary: 'Cancels a pack that waits or is being built; removes the file of a sealed one',
    description:
      'Whoever asked, or an administrator, cancels; administrators alone remove. What is told of the pack stays, with its hash.',
    places,
    status: 200,
    answer: z.object({ id: Id, title: z.string() }),
    fails: ['not-found', 'conflict'],
    handle: async ({ actor, params }) => {
      const { id, state } = await packView({ ...actor, only: undefined }, given(params))
      return state === 'sealed' ? removePack(actor, { id }) : cancelPack(actor, { id })
    },
  }),
  route({
    method: 'GET',
    path: '/packs/{id}/download',
    permission: 'evidence:read',
    summary: 'The file of a sealed pack',
    places,
    status: 200,
    answer: z.string(),
    also: ['application/zip'],
    fails: ['not-found', 'conflict'],
    handle: async ({ actor, params }) => asAttachment(await downloadPack(actor, { id: given(params) })),
  }),
]

const keys: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/signing-keys',
    permission: 'evidence:read',
    summary: 'Lists the public keys that packs were and are signed with, the newest first',
    query: z.object({
      format: z
        .enum(['json', 'pem'])
        .optional()
        .meta({ description: '`pem`: the key that signs now, as a file.' }),
    }),
    status: 200,
    answer: z.object({
      rows: z.array(Key),
      problem: z.string().optional().meta({ description: 'Why the key that was brought cannot sign.' }),
    }),
    also: ['application/x-pem-file'],
    handle: async ({ actor, query: { format } }) => {
      const rows = await signingKeys(actor)
      const problem = await keyTrouble(actor)
      if (format !== 'pem') return { rows, ...(problem !== undefined && { problem }) }
      const now = rows.find(({ until }) => until === undefined)
      return new Response(now?.pem ?? '', {
        headers: {
          'content-type': 'application/x-pem-file',
          'content-disposition': `attachment; filename="rollcall-${now?.key.slice(0, 16) ?? 'no-key'}.pem"`,
        },
      })
    },
  }),
  route({
    method: 'POST',
    path: '/signing-keys',
    permission: 'evidence:manage',
    summary: 'Has another key made, which signs packs from now on',
    body: z.strictObject({}),
    status: 201,
    answer: z.object({ key: z.string(), before: z.string().optional() }),
    fails: ['conflict'],
    handle: ({ actor }) => rotateKey(actor, {}),
  }),
]

export const packRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/packs',
    permission: 'evidence:read',
    summary: 'Lists packs of evidence, newest first',
    query: PackFilter.extend(Export),
    status: 200,
    answer: z.object({ rows: z.array(PackView), next: Id.optional() }),
    also: CSV,
    handle: ({ actor, query: { format, cols, ...filter }, request }) =>
      csvOrPage({
        request,
        format,
        cols,
        name: 'packs',
        columns: packColumns,
        each: () => eachPack(actor, filter),
        page: () => listPacks(actor, filter),
      }),
  }),
  route({
    method: 'POST',
    path: '/packs',
    permission: 'evidence:build',
    summary: 'Has a pack of evidence built',
    description:
      'It is built when its turn comes: ask for it until it is sealed. The moment is settled at once, so that the same question gets the same bytes later.',
    body: PackInput,
    status: 201,
    answer: Settled.extend({ id: Id, title: z.string() }),
    fails: ['conflict', 'later'],
    handle: ({ actor, body }) => askPack(actor, body),
  }),
  route({
    method: 'POST',
    path: '/packs/preview',
    permission: 'evidence:build',
    summary: 'What a pack would hold: rows of each file, what was not seen, and how fresh it is',
    description:
      'Builds nothing. Bounded in time: what could not be worked out is left out, and said to be open.',
    body: PackInput,
    status: 200,
    answer: PreviewAnswer,
    fails: ['conflict'],
    handle: ({ actor, body }) => previewPack(actor, body),
  }),
  ...one,
  ...keys,
]
