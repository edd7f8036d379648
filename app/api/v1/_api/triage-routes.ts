// Routes of triage: who takes care of findings, of one or of all that a filter matches, and undoing it.
import { z } from 'zod'
import { route, type AnyRoute } from '@/app/_http/route'
import { Instant } from '@/core/fact'
import { findingHistory, type TriageEntry } from '@/governance/triage/finding-history'
import { setTriage, TriageInput } from '@/governance/triage/set-triage'
import { undoTriage } from '@/governance/triage/undo-triage'
import { Id, of } from './schemas'

const Entry = of<TriageEntry>()(
  z.object({
    actId: Id,
    at: Instant,
    by: z.string(),
    what: z.record(z.string(), z.string().nullable()),
    findings: z.int().meta({ description: 'How many findings it was done to at once.' }),
    undoes: z.boolean(),
    undone: z.boolean(),
  }),
)
const Answer = z.object({
  actId: Id.optional().meta({ description: 'Undoes it; absent where nothing was different.' }),
  matched: z.int(),
  changed: z.int(),
  left: z.array(z.object({ id: Id, why: z.string() })),
  what: z.record(z.string(), z.string().nullable()),
})

export const triageRoutes: readonly AnyRoute[] = [
  route({
    method: 'POST',
    path: '/findings/triage',
    permission: 'finding:triage',
    summary: 'Says who takes care of findings, how far they are, and until when they are put off',
    description:
      'Of those picked (`findings`), or of all open ones that a `filter` matches, at most 100,000: all in one, or nothing. What was picked and cannot be is named in `left`.',
    body: TriageInput,
    status: 200,
    answer: Answer,
    fails: ['not-found'],
    handle: ({ actor, body }) => setTriage(actor, body),
  }),
  route({
    method: 'POST',
    path: '/findings/triage/{act}/undo',
    permission: 'finding:triage',
    summary: 'Takes an act back: all of it is as it was before, or nothing is',
    places: { act: 'The `actId` that the act answered with.' },
    status: 200,
    answer: z.object({ actId: Id, findings: z.int() }),
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params }) => undoTriage(actor, { actId: params.act ?? '' }),
  }),
  route({
    method: 'GET',
    path: '/findings/{id}/history',
    permission: 'finding:read',
    summary: 'Shows what people did to one finding, newest first',
    places: { id: 'Its id.' },
    status: 200,
    answer: z.object({ rows: z.array(Entry) }),
    fails: ['not-found'],
    handle: async ({ actor, params }) => ({ rows: await findingHistory(actor, params.id ?? '') }),
  }),
]
