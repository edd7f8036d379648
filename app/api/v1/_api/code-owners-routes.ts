// Routes of the CODEOWNERS files of repositories: which are held, bringing one, taking one away.
import { z } from 'zod'
import { readText } from '@/app/_http/body'
import { route, type AnyRoute } from '@/app/_http/route'
import {
  applyCodeOwners,
  removeCodeOwners,
  Repository,
} from '@/governance/owners/code-owners/apply-code-owners'
import { CodeOwnersFilter, listCodeOwners } from '@/governance/owners/code-owners/list-code-owners'
import { FILE_BYTES_MAX } from '@/governance/owners/code-owners/read-code-owners'
import { Instant } from '@/core/fact'

const PATH = '/owners/code-owners'
const Of = Repository.meta({
  description: 'Its owner and its name, as tokens of its runs have it: `acme/app`.',
})
const Line = z.object({ line: z.int(), why: z.string() })
const File = z.object({
  ...{ repository: z.string(), ref: z.string(), hash: z.string(), author: z.string(), at: Instant },
  ...{ rules: z.int(), notRead: z.int() },
})

export const codeOwnersRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: PATH,
    permission: 'person:read',
    summary: 'Lists the repositories whose CODEOWNERS files suggest owners',
    query: CodeOwnersFilter,
    status: 200,
    answer: z.object({ rows: z.array(File), next: z.string().optional() }),
    handle: ({ actor, query }) => listCodeOwners(actor, query),
  }),
  route({
    method: 'PUT',
    path: PATH,
    permission: 'owner:assign',
    summary:
      'Brings the CODEOWNERS file of a repository: it suggests owners of what its runs act as, and confirms nobody',
    description:
      'The file as it is, at most 1 MB. Lines that are no rule are told in `notRead`, the first 50 of them.',
    query: z.object({
      repository: Of,
      ref: z.string().max(200).meta({ description: 'Which commit, branch or tag it is from.' }),
    }),
    takes: ['text/plain'],
    status: 200,
    answer: z.object({
      ...{ repository: z.string(), hash: z.string(), isNew: z.boolean(), rules: z.int() },
      notRead: z.array(Line),
    }),
    fails: ['conflict', 'limited'],
    handle: async ({ actor, query, request }) =>
      applyCodeOwners(actor, { ...query, text: await readText(request, FILE_BYTES_MAX) }),
  }),
  route({
    method: 'DELETE',
    path: PATH,
    permission: 'owner:assign',
    summary: 'Takes the file of a repository away, with what it suggests',
    query: z.object({ repository: Of }),
    status: 200,
    answer: z.object({ repository: z.string() }),
    fails: ['not-found'],
    handle: ({ actor, query }) => removeCodeOwners(actor, query),
  }),
]
