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
import { foreseenCards, type ForeseenCards } from '@/governance/campaigns/events/foreseen-cards'
import { LinkBody, sendLink } from '@/governance/campaigns/links/send-link'
import { Id, of } from './schemas'

const Answer = of<EventReviews>()(
  z.object({
    policy: EventPolicy.nullable().meta({ description: 'Null: nobody has turned anything on.' }),
    blocked: z.string().optional().meta({ description: 'Why no card is opened, where none can be.' }),
    waiting: z.array(
      z.object({
        cause: z.enum(CAUSE_NAMES),
        title: z.string(),
        count: z.int(),
        excepted: z.int().meta({
          description: 'Of these, how many an approved exception keeps from being asked about.',
        }),
        since: Instant,
      }),
    ),
    openedToday: z.int(),
  }),
)

const Foreseen = of<ForeseenCards>()(
  z.object({
    days: z.int(),
    since: Instant.meta({ description: 'Since when it is known.' }),
    short: z.boolean(),
    more: z.boolean(),
    causes: z.array(
      z.object({ cause: z.enum(CAUSE_NAMES), title: z.string(), cards: z.int(), busiestDay: z.int() }),
    ),
    busiestDay: z.int(),
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
    method: 'GET',
    path: '/event-reviews/foreseen',
    permission: 'campaign:read',
    summary:
      'Counts how many cards there would have been within the last 30 days, at most, as far back as it is known',
    status: 200,
    answer: Foreseen,
    handle: ({ actor }) => foreseenCards(actor),
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
