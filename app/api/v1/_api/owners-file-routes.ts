// Routes of the OWNERS file: what counts, what another would change, and putting that in its place.
import { z } from 'zod'
import { readText } from '@/app/_http/body'
import { route, type AnyRoute } from '@/app/_http/route'
import { applyOwnersFile, previewOwnersFile } from '@/governance/owners/file/apply-file'
import { FILE_BYTES_MAX } from '@/governance/owners/file/owners-file'
import { ownersFileView } from '@/governance/owners/file/read-file'
import { OwnersFileAnswer, OwnersFileApplied, OwnersFilePreview } from './owner-schemas'

const TAKES = ['application/yaml']
const FORM =
  'The file as it is, at most 1 MB. Every mistake is named by line and column in `issues`; nothing is changed then.'
const Losing = z
  .union([z.literal('any'), z.coerce.number().int().min(0)])
  .optional()
  .meta({
    description: 'How many lose what an earlier file said, as the preview said; `any` for however many.',
  })

export const ownersFileRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/owners/file',
    permission: 'person:read',
    summary: 'Shows the OWNERS file that counts, where it is from, and of how many something else stands',
    status: 200,
    answer: OwnersFileAnswer,
    handle: ({ actor }) => ownersFileView(actor),
  }),
  route({
    method: 'PUT',
    path: '/owners/file',
    permission: 'owner:assign',
    summary: 'Has an OWNERS file count: it names who answers where nobody has confirmed anybody',
    description: `${FORM} What somebody has confirmed stays.`,
    query: z.object({
      ref: z.string().max(200).meta({ description: 'Which commit, branch or tag it is from.' }),
      losing: Losing,
    }),
    takes: TAKES,
    status: 200,
    answer: OwnersFileApplied,
    fails: ['conflict', 'limited'],
    handle: async ({ actor, query: { ref, losing }, request }) =>
      applyOwnersFile(actor, {
        text: await readText(request, FILE_BYTES_MAX),
        ref,
        ...(losing !== undefined && { losing }),
      }),
  }),
  route({
    method: 'POST',
    path: '/owners/file/preview',
    permission: 'owner:assign',
    summary: 'Says what an OWNERS file would change; nothing is written',
    description: FORM,
    takes: TAKES,
    status: 200,
    answer: OwnersFilePreview,
    fails: ['limited'],
    handle: async ({ actor, request }) =>
      previewOwnersFile(actor, { text: await readText(request, FILE_BYTES_MAX) }),
  }),
]
