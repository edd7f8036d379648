// Routes of reviewers: what they are asked, and what they say. Sign-offs are given in the browser alone.
import { z } from 'zod'
import { csvOrPage } from '@/app/_http/csv-or-page'
import { route, type AnyRoute } from '@/app/_http/route'
import { ItemFilter, reviewQueue } from '@/governance/campaigns/campaign-items'
import { decide, undoDecision, UndoBody } from '@/governance/campaigns/decide'
import { DecideBody } from '@/governance/campaigns/decision-input'
import { AddendumBody, addAddendum } from '@/governance/campaigns/extend-campaign'
import { itemColumns } from '@/governance/campaigns/item-columns'
import { remediationColumns } from '@/governance/campaigns/remediation-columns'
import { myReviewsPage, ReviewsFilter } from '@/governance/campaigns/my-reviews'
import {
  claimApplied,
  ClaimBody,
  myRemediations,
  RemediationFilter,
} from '@/governance/campaigns/remediations'
import { reviewItem } from '@/governance/campaigns/review-item'
import { eachOfMyRemediations, eachReviewItem } from '@/governance/campaigns/reviewing/each-of-mine'
import { remediationPlan } from '@/governance/campaigns/reviewing/remediation-plan'
import { giveSecondLook, SecondLookBody } from '@/governance/campaigns/second-look'
import { Decided, ItemPage, Mine, RemediationSchema, ReviewDetail } from './campaign-schemas'
import { CSV, Export } from './export-query'
import { PlanSchema } from './plan-schema'
import { Id } from './schemas'

const places = { id: 'The id of the campaign.' }
const given = (params: Readonly<Record<string, string>>) => params.id ?? ''

export const reviewRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/reviews',
    permission: 'review:decide',
    summary: 'Lists the campaigns in which one is asked about something, or was',
    query: ReviewsFilter,
    status: 200,
    answer: z.object({ rows: z.array(Mine), more: z.boolean() }),
    handle: ({ actor, query }) => myReviewsPage(actor, query),
  }),
  route({
    method: 'GET',
    path: '/reviews/{id}/items',
    permission: 'review:decide',
    summary: 'Lists what one is asked about in a campaign, the riskiest first',
    places,
    query: ItemFilter.extend({
      second: z
        .enum(['yes', 'no'])
        .optional()
        .meta({ description: 'Second looks, instead of what is one’s own.' }),
      ...Export,
    }),
    status: 200,
    answer: ItemPage,
    also: CSV,
    handle: ({ actor, params, query: { second, format, cols, ...rest }, request }) => {
      const filter = { ...rest, second: second === 'yes' }
      return csvOrPage({
        request,
        format,
        cols,
        name: 'review-items',
        columns: itemColumns,
        each: () => eachReviewItem(actor, given(params), filter),
        page: () => reviewQueue(actor, given(params), filter),
      })
    },
  }),
  route({
    method: 'GET',
    path: '/reviews/items/{item}',
    permission: 'review:decide',
    summary: 'Shows one item: its card as it was frozen, what happened since, and what was said about it',
    places: { item: 'The id of the item.' },
    status: 200,
    answer: ReviewDetail,
    fails: ['not-found'],
    handle: ({ actor, params }) => reviewItem(actor, params.item ?? ''),
  }),
  route({
    method: 'POST',
    path: '/reviews/{id}/decisions',
    permission: 'review:decide',
    summary: 'Decides about one item or several',
    description:
      'All of it, or nothing: where one row is refused, `issues` answers each by the id of its item. Only what is the same in all that is compared is kept together, at most 20 at once, and never what is risky.',
    places,
    body: DecideBody,
    status: 200,
    answer: Decided,
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params, body }) => decide(actor, { ...body, id: given(params) }),
  }),
  route({
    method: 'POST',
    path: '/reviews/{id}/undo',
    permission: 'review:decide',
    summary: 'Takes decisions back that were not signed off',
    places,
    body: UndoBody,
    status: 200,
    answer: z.object({ campaignId: Id, items: z.int() }),
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params, body }) => undoDecision(actor, { ...body, id: given(params) }),
  }),
  route({
    method: 'POST',
    path: '/reviews/{id}/second-looks',
    permission: 'review:decide',
    summary: 'Says what a second person thinks of an item, who is not told what the first one said',
    places,
    body: SecondLookBody.extend({ item: z.guid() }),
    status: 200,
    answer: z.object({ campaignId: Id, item: Id }),
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params, body }) => giveSecondLook(actor, { ...body, id: given(params) }),
  }),
  route({
    method: 'POST',
    path: '/reviews/{id}/addenda',
    permission: 'review:decide',
    summary: 'Adds words beside what was signed off',
    places,
    body: AddendumBody,
    status: 201,
    answer: z.object({ id: Id, addendum: Id }),
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params, body }) => addAddendum(actor, { ...body, id: given(params) }),
  }),
  route({
    method: 'GET',
    path: '/remediations',
    permission: 'review:decide',
    summary: 'Lists what became of what one decided to remove or reduce',
    query: RemediationFilter.extend(Export),
    status: 200,
    answer: z.object({ rows: z.array(RemediationSchema), next: Id.optional() }),
    also: CSV,
    handle: ({ actor, query: { format, cols, ...filter }, request }) =>
      csvOrPage({
        request,
        format,
        cols,
        name: 'remediations',
        columns: remediationColumns,
        each: () => eachOfMyRemediations(actor, filter),
        page: () => myRemediations(actor, filter),
      }),
  }),
  route({
    method: 'GET',
    path: '/remediations/{id}',
    permission: 'review:decide',
    summary:
      'Shows how a removal or reduction can be done: commands of its platform, none of which is run here',
    places: { id: 'Its id.' },
    status: 200,
    answer: PlanSchema,
    fails: ['not-found'],
    handle: ({ actor, params }) => remediationPlan(actor, given(params)),
  }),
  route({
    method: 'POST',
    path: '/remediations/{id}/applied',
    permission: 'review:decide',
    summary: 'Says that it was done; whether it is gone is told by a later complete look',
    places: { id: 'Its id.' },
    body: ClaimBody,
    status: 200,
    answer: z.object({ id: Id, campaignId: Id }),
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params, body }) => claimApplied(actor, { ...body, id: given(params) }),
  }),
]
