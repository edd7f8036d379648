// The activity log: who did what, and whether it is as it was written.
import { z } from 'zod'
import { csvOrPage } from '@/app/_http/csv-or-page'
import { route, type AnyRoute } from '@/app/_http/route'
import { Instant } from '@/core/fact'
import { activityColumns } from '@/governance/activity/activity-columns'
import {
  ActivityFilter,
  eachActivity,
  listActivity,
  type ActivityRow,
} from '@/governance/activity/list-activity'
import { ChainQuestion, verifyActivity, type Chain } from '@/governance/activity/verify-activity'
import { CSV, Export } from './export-query'
import { of } from './schemas'

const Entry = of<ActivityRow>()(
  z.object({
    id: z.string(),
    at: Instant,
    actor: z.object({
      kind: z.enum(['user', 'token', 'cli', 'system', 'link']),
      id: z.string(),
      name: z.string(),
    }),
    action: z.string(),
    object: z.string().optional(),
    detail: z.record(
      z.string(),
      z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]),
    ),
  }),
)
const Checked = of<Chain>()(
  z.object({
    entries: z.int(),
    head: z
      .object({ seq: z.int(), hash: z.string() })
      .optional()
      .meta({ description: 'Its last place and the hash there: note it, and ask with it later.' }),
    problems: z.array(
      z.object({
        kind: z.enum(['edited', 'removed', 'added', 'other-head']),
        seq: z.int().optional(),
        id: z.string().optional(),
        words: z.string(),
      }),
    ),
    more: z.boolean(),
    isGuarded: z.boolean().meta({
      description:
        'Whether the role of the database that Rollcall works with can neither change entries nor take them away.',
    }),
  }),
)

export const activityRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/activity',
    permission: 'activity:read',
    summary: 'Lists what was done, newest first',
    query: ActivityFilter.extend(Export),
    status: 200,
    answer: z.object({ rows: z.array(Entry), next: z.string().optional() }),
    also: CSV,
    handle: ({ actor, query: { format, cols, ...filter }, request }) =>
      csvOrPage({
        request,
        format,
        cols,
        name: 'activity',
        columns: activityColumns,
        each: () => eachActivity(actor, filter),
        page: () => listActivity(actor, filter),
      }),
  }),
  route({
    method: 'GET',
    path: '/activity/verify',
    permission: 'activity:read',
    summary: 'Takes the hashes of the activity log again, and names what was edited, taken out or put in',
    description:
      'Each entry is chained to the one before it. That all of it was made anew is found only with a head that was noted before.',
    query: ChainQuestion,
    status: 200,
    answer: Checked,
    handle: ({ actor, query }) => verifyActivity(actor, query),
  }),
]
