// Routes of campaigns: making them, freezing who is in them, and how they stand. Sign-offs are given in the browser alone.
import { z } from 'zod'
import { csvOrPage } from '@/app/_http/csv-or-page'
import { route, type AnyRoute } from '@/app/_http/route'
import { Instant } from '@/core/fact'
import { campaignItems, eachCampaignItem, ItemFilter } from '@/governance/campaigns/campaign-items'
import { CreateInput, EditBody } from '@/governance/campaigns/campaign-input'
import { campaignColumns } from '@/governance/campaigns/campaign-columns'
import { campaignView } from '@/governance/campaigns/campaign-view'
import { checkPopulation } from '@/governance/campaigns/check-population'
import { CloseBody, closeCampaign } from '@/governance/campaigns/close-campaign'
import { createCampaign, discardCampaign, editCampaign } from '@/governance/campaigns/create-campaign'
import { differences } from '@/governance/campaigns/differences'
import { ExtendBody, extendCampaign } from '@/governance/campaigns/extend-campaign'
import { itemColumns } from '@/governance/campaigns/item-columns'
import { CampaignFilter, eachCampaign, listCampaigns } from '@/governance/campaigns/list-campaigns'
import { campaignScope } from '@/governance/campaigns/population'
import { Preparation, preparationOf } from '@/governance/campaigns/preparation'
import { eachReviewer, listReviewers, ReviewerFilter } from '@/governance/campaigns/list-reviewers'
import { publishCampaign } from '@/governance/campaigns/publish-campaign'
import { campaignQuality } from '@/governance/campaigns/quality'
import { ReassignBody, reassign } from '@/governance/campaigns/reassign'
import { remediationColumns } from '@/governance/campaigns/remediation-columns'
import { eachRemediation, RemediationFilter, remediations } from '@/governance/campaigns/remediations'
import { settleDifference } from '@/governance/campaigns/second-look'
import { reviewerColumns } from '@/governance/campaigns/reviewer-columns'
import { SplitBody, splitLoad } from '@/governance/campaigns/split-load'
import { prepareCampaign, redraftCampaign } from '@/governance/campaigns/start-preparing'
import { VERDICTS } from '@/core/campaign'
import { FilterTexts } from '@/governance/triage/chosen-findings'
import {
  Campaign,
  CampaignDetail,
  Check,
  DifferenceSchema,
  ItemPage,
  QualitySchema,
  RemediationSchema,
  ReviewerPageSchema,
} from './campaign-schemas'
import { CSV, Export } from './export-query'
import { Completeness, Id, Identity } from './schemas'

const places = { id: 'Its id.' }
const given = (params: Readonly<Record<string, string>>) => params.id ?? ''
const Version = z.strictObject({ version: z.int() })
const Changed = z.object({ id: Id, version: z.int() })

const reads: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/campaigns',
    permission: 'campaign:read',
    summary: 'Lists campaigns, newest first',
    query: CampaignFilter.extend(Export),
    status: 200,
    answer: z.object({ rows: z.array(Campaign), next: Id.optional() }),
    also: CSV,
    handle: ({ actor, query: { format, cols, ...filter }, request }) =>
      csvOrPage({
        request,
        format,
        cols,
        name: 'campaigns',
        columns: campaignColumns,
        each: () => eachCampaign(actor, filter),
        page: () => listCampaigns(actor, filter),
      }),
  }),
  route({
    method: 'GET',
    path: '/campaigns/{id}',
    permission: 'campaign:read',
    summary:
      'Shows one campaign: its population, its reviewers, how far it is, and what keeps it from going on',
    places,
    status: 200,
    answer: CampaignDetail,
    fails: ['not-found'],
    handle: ({ actor, params }) => campaignView(actor, given(params)),
  }),
  route({
    method: 'GET',
    path: '/campaigns/{id}/items',
    permission: 'campaign:read',
    summary: 'Lists the items of a campaign, the riskiest first',
    places,
    query: ItemFilter.extend(Export),
    status: 200,
    answer: ItemPage,
    also: CSV,
    fails: ['not-found'],
    handle: ({ actor, params, query: { format, cols, ...filter }, request }) =>
      csvOrPage({
        request,
        format,
        cols,
        name: 'campaign-items',
        columns: itemColumns,
        each: () => eachCampaignItem(actor, given(params), filter),
        page: () => campaignItems(actor, given(params), filter),
      }),
  }),
  route({
    method: 'GET',
    path: '/campaigns/{id}/population',
    permission: 'campaign:read',
    summary: 'Takes the hash of the population again, card by card',
    description:
      'SHA-256 over a line for each row in the order of identity ids: the id, a space, the SHA-256 of the canonical JSON of its card, a line feed.',
    places,
    status: 200,
    answer: Check,
    fails: ['not-found'],
    handle: ({ actor, params }) => checkPopulation(actor, given(params)),
  }),
  route({
    method: 'GET',
    path: '/campaigns/{id}/quality',
    permission: 'campaign:read',
    summary: 'Says how attentively was decided, in numbers; what policy carried is in none of them',
    places,
    status: 200,
    answer: QualitySchema,
    fails: ['not-found'],
    handle: ({ actor, params }) => campaignQuality(actor, given(params)),
  }),
  route({
    method: 'GET',
    path: '/campaigns/{id}/remediations',
    permission: 'campaign:read',
    summary: 'Lists what is to be done about what was decided, and how far it is',
    places,
    query: RemediationFilter.extend(Export),
    status: 200,
    answer: z.object({ rows: z.array(RemediationSchema), next: Id.optional() }),
    also: CSV,
    fails: ['not-found'],
    handle: ({ actor, params, query: { format, cols, ...filter }, request }) =>
      csvOrPage({
        request,
        format,
        cols,
        name: 'campaign-remediations',
        columns: remediationColumns,
        each: () => eachRemediation(actor, given(params), filter),
        page: () => remediations(actor, given(params), filter),
      }),
  }),
  route({
    method: 'GET',
    path: '/campaigns/{id}/preparation',
    permission: 'campaign:read',
    summary: 'Says how far the freezing of its population is',
    places,
    status: 200,
    answer: Preparation,
    fails: ['not-found'],
    handle: ({ actor, params }) => preparationOf(actor, given(params)),
  }),
  route({
    method: 'GET',
    path: '/campaigns/{id}/reviewers',
    permission: 'campaign:read',
    summary: 'Lists who is asked about how much and how far they are, the busiest first',
    places,
    query: ReviewerFilter.extend(Export),
    status: 200,
    answer: ReviewerPageSchema,
    also: CSV,
    fails: ['not-found'],
    handle: ({ actor, params, query: { format, cols, ...filter }, request }) =>
      csvOrPage({
        request,
        format,
        cols,
        name: 'campaign-reviewers',
        columns: reviewerColumns,
        each: () => eachReviewer(actor, given(params), filter),
        page: () => listReviewers(actor, given(params), filter),
      }),
  }),
  route({
    method: 'GET',
    path: '/campaigns/{id}/differences',
    permission: 'campaign:read',
    summary: 'Lists where the second of two people decided otherwise than the first',
    places,
    status: 200,
    answer: z.object({ rows: z.array(DifferenceSchema), more: z.boolean() }),
    fails: ['not-found'],
    handle: ({ actor, params }) => differences(actor, given(params)),
  }),
]

const drafts: readonly AnyRoute[] = [
  route({
    method: 'POST',
    path: '/campaigns',
    permission: 'campaign:manage',
    summary: 'Makes the draft of a campaign',
    body: CreateInput,
    status: 201,
    answer: Changed,
    handle: ({ actor, body }) => createCampaign(actor, body),
  }),
  route({
    method: 'POST',
    path: '/campaigns/scope',
    permission: 'campaign:manage',
    summary: 'Says how many identities a filter means now, and shows some of them',
    body: z.strictObject({ filter: FilterTexts }),
    status: 200,
    answer: z.object({
      count: z.int(),
      countIsMore: z.boolean(),
      rows: z.array(Identity),
      completeness: Completeness,
    }),
    handle: ({ actor, body }) => campaignScope(actor, body.filter),
  }),
  route({
    method: 'PUT',
    path: '/campaigns/{id}',
    permission: 'campaign:manage',
    summary: 'Changes a draft; one that is ready is a draft again',
    places,
    body: EditBody,
    status: 200,
    answer: Changed.extend({ state: z.string() }),
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params, body }) => editCampaign(actor, { ...body, id: given(params) }),
  }),
  route({
    method: 'DELETE',
    path: '/campaigns/{id}',
    permission: 'campaign:manage',
    summary: 'Throws a campaign away that was not published',
    places,
    status: 200,
    answer: z.object({ id: Id, name: z.string() }),
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params }) => discardCampaign(actor, { id: given(params) }),
  }),
  route({
    method: 'POST',
    path: '/campaigns/{id}/prepare',
    permission: 'campaign:manage',
    summary: 'Has its population frozen, all of it as of one instant',
    places,
    body: Version,
    status: 202,
    answer: Changed,
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params, body }) => prepareCampaign(actor, { ...body, id: given(params) }),
  }),
  route({
    method: 'POST',
    path: '/campaigns/{id}/redraft',
    permission: 'campaign:manage',
    summary: 'Takes back that it is being frozen, or was',
    places,
    body: Version,
    status: 200,
    answer: Changed,
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params, body }) => redraftCampaign(actor, { ...body, id: given(params) }),
  }),
]

const course: readonly AnyRoute[] = [
  route({
    method: 'POST',
    path: '/campaigns/{id}/publish',
    permission: 'campaign:manage',
    summary: 'Asks its reviewers from now on',
    places,
    body: Version,
    status: 200,
    answer: Changed.extend({ rows: z.int(), carried: z.int(), hash: z.string() }),
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params, body }) => publishCampaign(actor, { ...body, id: given(params) }),
  }),
  route({
    method: 'POST',
    path: '/campaigns/{id}/reassign',
    permission: 'campaign:manage',
    summary: 'Has somebody else decide, or look a second time; the due date does not move',
    places,
    body: ReassignBody,
    status: 200,
    answer: z.object({ campaignId: Id, items: z.int(), to: z.string() }),
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params, body }) => reassign(actor, { ...body, id: given(params) }),
  }),
  route({
    method: 'POST',
    path: '/campaigns/{id}/split',
    permission: 'campaign:manage',
    summary: 'Shares the items of somebody of whom too much is asked, as proposed: whole or not at all',
    places,
    body: SplitBody,
    status: 200,
    answer: z.object({ campaignId: Id, person: z.string(), items: z.int() }),
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params, body }) => splitLoad(actor, { ...body, id: given(params) }),
  }),
  route({
    method: 'POST',
    path: '/campaigns/{id}/extend',
    permission: 'campaign:manage',
    summary: 'Gives reviewers more time',
    places,
    body: ExtendBody,
    status: 200,
    answer: Changed.extend({ from: Instant, to: Instant }),
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params, body }) => extendCampaign(actor, { ...body, id: given(params) }),
  }),
  route({
    method: 'POST',
    path: '/campaigns/{id}/settle',
    permission: 'campaign:manage',
    summary: 'Says what holds where two people differ about what is equivalent to an administrator',
    places,
    body: z.strictObject({ item: z.guid(), as: z.enum(VERDICTS), why: z.string() }),
    status: 200,
    answer: z.object({ campaignId: Id, item: Id }),
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params, body }) => settleDifference(actor, { ...body, id: given(params) }),
  }),
  route({
    method: 'POST',
    path: '/campaigns/{id}/close',
    permission: 'campaign:manage',
    summary: 'Closes it; what nobody decided is settled by name, never kept or taken away in silence',
    places,
    body: CloseBody,
    status: 200,
    answer: Changed.extend({ open: z.record(z.string(), z.int()) }),
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params, body }) => closeCampaign(actor, { ...body, id: given(params) }),
  }),
]

export const campaignRoutes: readonly AnyRoute[] = [...reads, ...drafts, ...course]
