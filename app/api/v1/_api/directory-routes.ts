// Routes of the directory: people, teams, and files of people.
import { z } from 'zod'
import { readText } from '@/app/_http/body'
import { csvOrPage } from '@/app/_http/csv-or-page'
import { route, type AnyRoute } from '@/app/_http/route'
import { personColumns, teamColumns } from '@/governance/directory/directory-columns'
import { importPeople, PEOPLE_BYTES_MAX, previewPeople } from '@/governance/directory/import-people'
import { eachPerson, listPeople, PeopleFilter } from '@/governance/directory/list-people'
import { listTeams } from '@/governance/directory/list-teams'
import { CSV, Export } from './export-query'
import { PeopleCounts, Person, Team } from './owner-schemas'
import { Id } from './schemas'

const yes = z.enum(['true', 'false']).transform((word) => word === 'true')
const FileQuery = z.object({
  name: z
    .string()
    .max(40)
    .optional()
    .meta({ description: 'Sets files apart that come from different places.' }),
  complete: yes.optional().meta({ description: 'Whether whoever is not in it is held to have left.' }),
})
const given = ({ name, complete }: z.infer<typeof FileQuery>) => ({
  ...(name !== undefined && { name }),
  ...(complete !== undefined && { complete }),
})
const LINES =
  'A CSV with a first line of column names: `name`, `email`, and where wanted `id`, `manager`, `team`, `status`, `left`. Every mistake is named by line and column. At most 20 MB.'

export const directoryRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/people',
    permission: 'person:read',
    summary: 'Lists who is in the directory, by name',
    query: PeopleFilter.extend(Export),
    status: 200,
    answer: z.object({ rows: z.array(Person), next: Id.optional() }),
    also: CSV,
    handle: ({ actor, query: { format, cols, ...filter }, request }) =>
      csvOrPage({
        ...{ request, format, cols, name: 'people', columns: personColumns },
        each: () => eachPerson(actor, filter),
        page: () => listPeople(actor, filter),
      }),
  }),
  route({
    method: 'GET',
    path: '/teams',
    permission: 'person:read',
    summary: 'Lists teams, by name',
    query: z.object(Export),
    status: 200,
    answer: z.object({ rows: z.array(Team), more: z.boolean() }),
    also: CSV,
    handle: ({ actor, query: { format, cols }, request }) =>
      csvOrPage({
        ...{ request, format, cols, name: 'teams', columns: teamColumns },
        async *each() {
          yield (await listTeams(actor)).rows
        },
        page: () => listTeams(actor),
      }),
  }),
  route({
    method: 'POST',
    path: '/people/preview',
    permission: 'person:manage',
    summary: 'Says what a file of people would change; nothing is written',
    description: LINES,
    query: FileQuery,
    takes: CSV,
    status: 200,
    answer: PeopleCounts,
    fails: ['limited'],
    handle: async ({ actor, query, request }) =>
      previewPeople(actor, { csv: await readText(request, PEOPLE_BYTES_MAX), ...given(query) }),
  }),
  route({
    method: 'POST',
    path: '/people/import',
    permission: 'person:manage',
    summary: 'Brings a file of people into the directory, all of it or nothing',
    description: `${LINES} Only a file that is declared to be \`complete\` says of somebody whom it leaves out that they left, and only where \`leaving\` is how many the preview counted.`,
    query: FileQuery.extend({ leaving: z.coerce.number().int().min(0).optional() }),
    takes: CSV,
    status: 200,
    answer: PeopleCounts.extend({ source: z.string(), settled: z.int() }),
    fails: ['conflict', 'limited'],
    handle: async ({ actor, query: { leaving, ...query }, request }) =>
      importPeople(actor, {
        csv: await readText(request, PEOPLE_BYTES_MAX),
        ...given(query),
        ...(leaving !== undefined && { leaving }),
      }),
  }),
]
