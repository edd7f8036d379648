// The route that tells what differs between two instants.
import { z } from 'zod'
import { csvOrPage } from '@/app/_http/csv-or-page'
import { route, type AnyRoute } from '@/app/_http/route'
import { DiffFilter } from '@/core/diff'
import { betweenParams } from '@/inventory/queries/diff-between'
import { diffColumns } from '@/inventory/queries/diff-columns'
import { askedDiff } from '@/inventory/queries/diff-slice'
import { eachDiff } from '@/inventory/queries/each-diff'
import { listDiff } from '@/inventory/queries/list-diff'
import { DiffAnswer } from './diff-schemas'

const Export = {
  format: z.enum(['json', 'csv']).optional().meta({ description: 'As `Accept: text/csv` does, for links.' }),
  cols: z
    .string()
    .max(2000)
    .transform((s) => s.split(',').filter(Boolean))
    .pipe(z.array(z.string()))
    .optional()
    .meta({ description: 'Columns of a CSV, by key. Ids come in any case.' }),
}
const stamp = (at: string) => `${at.slice(0, 19).replaceAll(':', '')}Z`

export const diffRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/diff',
    permission: 'identity:read',
    summary: 'Lists what differs between two instants',
    description:
      'One page as JSON, or every row as CSV. `from` and `to` are dates (their end in UTC) or instants; left out: the last week. Each is compared as it was known then, or both as known at `known`. Sources and scopes are told to those who may read them.',
    query: DiffFilter.extend(Export),
    status: 200,
    answer: DiffAnswer,
    also: ['text/csv'],
    fails: ['not-found', 'conflict'],
    handle: async ({ actor, query: { format, cols, ...filter }, request }) => {
      // Before the first byte of a file: what is refused is refused as a problem, not in the middle of it.
      const asked = await askedDiff(actor, filter)
      const between = betweenParams(asked.between)
      const answer = await csvOrPage({
        request,
        format,
        cols,
        name: `diff-${stamp(between.from)}-${stamp(between.to)}`,
        columns: diffColumns,
        each: () => eachDiff(actor, asked),
        page: () => listDiff(actor, { ...filter, ...between }),
      })
      if (answer instanceof Response) {
        answer.headers.set('rollcall-from', between.from)
        answer.headers.set('rollcall-to', between.to)
        if (between.known) answer.headers.set('rollcall-known', between.known)
      }
      return answer
    },
  }),
]
