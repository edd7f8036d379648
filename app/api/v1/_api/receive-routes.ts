// Routes by which sources send what they tell by themselves.
import { z } from 'zod'
import { readJson } from '@/app/_http/body'
import { route, type AnyRoute, type Asked } from '@/app/_http/route'
import { receiveEvents, RECEIVED_BYTES_MAX } from '@/governance/received/receive-events'

const PLACES = { id: 'Its id or name.' }
/** Some senders add how long they wait for an answer. */
const ReceiveQuery = z.object({
  timeout: z.string().max(20).optional().meta({ description: 'Not looked at: some senders add it.' }),
})
const Answer = z.object({
  scope: z.string(),
  events: z.int().meta({ description: 'How many were sent.' }),
  ignored: z.int().meta({ description: 'How many of them tell nothing that is kept.' }),
  observations: z.int().meta({ description: 'What they tell, before it is compared with what is known.' }),
})

const receiving = {
  method: 'POST',
  permission: 'source:receive',
  description:
    'Decoded at once by an allow-list and brought in within about a minute; what was sent is not kept. Either all of it is taken, or nothing. At most 10 MB. A token can be limited to this.',
  query: ReceiveQuery,
  takes: ['application/json'],
  status: 202,
  answer: Answer,
  fails: ['not-found', 'conflict', 'limited', 'later'],
  handle: ({ actor, params, request }: Asked) =>
    receiveEvents(actor, { source: params.id ?? '', ...(params.scope && { scope: params.scope }) }, () =>
      readJson(request, RECEIVED_BYTES_MAX),
    ),
} as const

export const receiveRoutes: readonly AnyRoute[] = [
  route({
    ...receiving,
    path: '/sources/{id}/events',
    summary: 'Takes in what a source sends by itself',
    places: PLACES,
  }),
  route({
    ...receiving,
    path: '/sources/{id}/events/{scope...}',
    summary: 'Takes in what one scope of a source sends by itself',
    places: { ...PLACES, scope: 'The native id of the scope, where the source has several.' },
  }),
]
