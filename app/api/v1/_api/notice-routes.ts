// Routes of the outbox: what is to be told, what was, what could not be; and when one wants to be told.
import { z } from 'zod'
import { csvOrPage } from '@/app/_http/csv-or-page'
import { route, type AnyRoute } from '@/app/_http/route'
import { Instant } from '@/core/fact'
import {
  eachNotice,
  listNotices,
  NOTICE_STATES,
  NoticeFilter,
  type NoticeView,
} from '@/governance/notices/list-notices'
import { noticeColumns } from '@/governance/notices/notice-columns'
import { Preferences } from '@/governance/notices/preferences'
import { Chosen, retryNotices, withdrawNotices } from '@/governance/notices/retry-notices'
import { preferencesView, setPreferences, type PreferencesView } from '@/governance/notices/set-preferences'
import { CSV, Export } from './export-query'
import { Id, of } from './schemas'

const Notice = of<NoticeView>()(
  z.object({
    id: Id,
    kind: z.string(),
    title: z.string(),
    subject: z.string().optional(),
    about: z.string().meta({ description: 'What it is about, such as `exception:<id>`.' }),
    to: z.object({ name: z.string(), email: z.string().optional() }),
    channel: z
      .object({ id: Id, name: z.string() })
      .optional()
      .meta({ description: 'The channel it is for, or that has sent it.' }),
    state: z.enum(NOTICE_STATES),
    createdAt: Instant,
    notBefore: Instant,
    attempts: z.int(),
    sending: z.boolean(),
    error: z.string().optional(),
    endedAt: Instant.optional().meta({ description: 'When it was sent, given up or withdrawn.' }),
  }),
)
const Done = z.object({ ids: z.array(Id) })
const Wishes = of<PreferencesView>()(
  z.object({
    own: Preferences,
    usual: Preferences.meta({ description: 'What counts for whoever has said nothing.' }),
    isOwn: z.boolean(),
  }),
)

export const noticeRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/notices',
    permission: 'notice:read',
    summary: 'Lists notices, newest first',
    query: NoticeFilter.extend(Export),
    status: 200,
    answer: z.object({ rows: z.array(Notice), next: Id.optional() }),
    also: CSV,
    handle: ({ actor, query: { format, cols, ...filter }, request }) =>
      csvOrPage({
        request,
        format,
        cols,
        name: 'notices',
        columns: noticeColumns,
        each: () => eachNotice(actor, filter),
        page: () => listNotices(actor, filter),
      }),
  }),
  route({
    method: 'POST',
    path: '/notices/retry',
    permission: 'setting:manage',
    summary: 'Has notices that were given up or withdrawn tried again: all of them or none',
    body: Chosen,
    status: 200,
    answer: Done,
    fails: ['not-found', 'conflict'],
    handle: ({ actor, body }) => retryNotices(actor, body),
  }),
  route({
    method: 'POST',
    path: '/notices/withdraw',
    permission: 'setting:manage',
    summary: 'Withdraws notices that were not sent: all of them or none',
    body: Chosen,
    status: 200,
    answer: Done,
    fails: ['not-found', 'conflict'],
    handle: ({ actor, body }) => withdrawNotices(actor, body),
  }),
  route({
    method: 'GET',
    path: '/notices/preferences',
    permission: 'notice:prefer',
    summary: 'Shows when one wants to be told',
    status: 200,
    answer: Wishes,
    handle: ({ actor }) => preferencesView(actor),
  }),
  route({
    method: 'PUT',
    path: '/notices/preferences',
    permission: 'notice:prefer',
    summary: 'Says when one wants to be told',
    body: Preferences,
    status: 200,
    answer: Preferences,
    handle: ({ actor, body }) => setPreferences(actor, body),
  }),
]
