// Routes of reviews that something starts by itself: what does, what waits, and letting go of it; and new links for reviewers.
import { z } from 'zod'
import { route, type AnyRoute } from '@/app/_http/route'
import { CAUSE_NAMES } from '@/core/campaign'
import { Instant } from '@/core/fact'
import {
  EventPolicy,
  eventReviews,
  LeaveBody,
  leaveWaiting,
  setEventPolicy,
  type EventReviews,
} from '@/governance/campaigns/events/event-policy'
import { LinkBody, sendLink } from '@/governance/campaigns/links/send-link'
import { Id, of } from './schemas'

const Answer = of<EventReviews>()(
  z.object({
    policy: EventPolicy.nullable().meta({ description: 'Null: nobody has turned anything on.' }),
    blocked: z.string().optional().meta({ description: 'Why no card is opened, where none can be.' }),
    waiting: z.array(
      z.object({ cause: z.enum(CAUSE_NAMES), title: z.string(), count: z.int(), since: Instant }),
    ),
    openedToday: z.int(),
  }),
)

export const eventReviewRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/event-reviews',
    permission: 'campaign:read',
    summary: 'Shows what opens a card by itself, and what has happened and waits for one',
    status: 200,
    answer: Answer,
    handle: ({ actor }) => eventReviews(actor),
  }),
  route({
    method: 'PUT',
    path: '/event-reviews',
    permission: 'campaign:manage',
    summary: 'Says what opens a card by itself, who is asked, and how many of them in a day',
    body: EventPolicy,
    status: 200,
    answer: EventPolicy,
    handle: ({ actor, body }) => setEventPolicy(actor, body),
  }),
  route({
    method: 'POST',
    path: '/event-reviews/leave',
    permission: 'campaign:manage',
    summary: 'Lets go of what waits for a card, with a reason',
    body: LeaveBody,
    status: 200,
    answer: z.object({ left: z.int() }),
    handle: ({ actor, body }) => leaveWaiting(actor, body),
  }),
  route({
    method: 'POST',
    path: '/campaigns/{id}/links',
    permission: 'campaign:manage',
    summary: 'Sends a reviewer a new link to what they are asked; the one before opens nothing any more',
    places: { id: 'The id of the campaign.' },
    body: LinkBody,
    status: 200,
    answer: z.object({ id: Id, name: z.string() }),
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params, body }) => sendLink(actor, { ...body, id: params.id ?? '' }),
  }),
]
