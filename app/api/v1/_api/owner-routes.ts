// Routes of who answers for identities: listing, saying, handing over, disputing, undoing, and standing in.
import { z } from 'zod'
import { csvOrPage } from '@/app/_http/csv-or-page'
import { route, type AnyRoute } from '@/app/_http/route'
import { Instant } from '@/core/fact'
import { AssignInput, assignOwner } from '@/governance/owners/assign-owner'
import { ConfirmInput, confirmOwner } from '@/governance/owners/confirm-owner'
import { DelegateInput, delegateOwner, endDelegation, resumeDelegation } from '@/governance/owners/delegate'
import { DisputeInput, disputeOwner, settleDispute } from '@/governance/owners/dispute-owner'
import { delegationColumns } from '@/governance/owners/delegation-columns'
import { DelegationFilter, eachDelegation, listDelegations } from '@/governance/owners/list-delegations'
import {
  eachOwnership,
  listOwnership,
  OwnershipFilter,
  suggestionsOf,
} from '@/governance/owners/list-ownership'
import { ownershipColumns } from '@/governance/owners/ownership-columns'
import { ownershipOf } from '@/governance/owners/ownership-of'
import { TransferInput, transferOwner } from '@/governance/owners/transfer-owner'
import { undoOwnership } from '@/governance/owners/undo-ownership'
import { CSV, Export } from './export-query'
import { Delegation, Ownership, OwnershipListed } from './owner-schemas'
import { Id, pageOf } from './schemas'

const ALL =
  'All in one act, or nothing: where one row cannot be, every such row is named in `issues` by its place and nothing is changed. `seen` is the last act that the caller knows of.'
const For = z.string().nullable().meta({ description: 'In whose place it was done, where somebody is away.' })
const Act = z.object({ actId: Id.meta({ description: 'Undoes it.' }), changed: z.int() })
const fails = ['not-found', 'conflict'] as const

const acts: readonly AnyRoute[] = [
  route({
    method: 'POST',
    path: '/owners/assign',
    permission: 'owner:assign',
    summary: 'Says who answers for identities, part by part',
    description: `Of those picked (\`identities\`), or of all that a \`filter\` of the list of identities matches, at most 10,000. ${ALL}`,
    body: AssignInput,
    status: 200,
    answer: Act.extend({ what: z.record(z.string(), z.string().nullable()), for: For }),
    fails,
    handle: ({ actor, body }) => assignOwner(actor, body),
  }),
  route({
    method: 'POST',
    path: '/owners/confirm',
    permission: 'owner:answer',
    summary: 'Confirms who was suggested: of each the surest, or those that are named by key',
    description: ALL,
    body: ConfirmInput,
    status: 200,
    answer: Act.extend({ for: For }),
    fails,
    handle: ({ actor, body }) => confirmOwner(actor, body),
  }),
  route({
    method: 'POST',
    path: '/owners/transfer',
    permission: 'owner:answer',
    summary: 'Hands identities over to somebody else, with a reason',
    description: ALL,
    body: TransferInput,
    status: 200,
    answer: Act.extend({ to: z.string(), for: For }),
    fails,
    handle: ({ actor, body }) => transferOwner(actor, body),
  }),
  route({
    method: 'POST',
    path: '/owners/dispute',
    permission: 'owner:answer',
    summary: 'Says that somebody does not answer for identities, with a reason',
    description: ALL,
    body: DisputeInput,
    status: 200,
    answer: Act.extend({ for: For }),
    fails,
    handle: ({ actor, body }) => disputeOwner(actor, body),
  }),
  route({
    method: 'POST',
    path: '/owners/settle',
    permission: 'owner:assign',
    summary: 'Says that what was disputed holds',
    description: ALL,
    body: DisputeInput,
    status: 200,
    answer: Act,
    fails,
    handle: ({ actor, body }) => settleDispute(actor, body),
  }),
  route({
    method: 'POST',
    path: '/owners/acts/{act}/undo',
    permission: 'owner:answer',
    summary: 'Takes an act back: all of it is as it was before, or nothing is',
    places: { act: 'The `actId` that the act answered with.' },
    status: 200,
    answer: z.object({ actId: Id, identities: z.int() }),
    fails,
    handle: ({ actor, params }) => undoOwnership(actor, { actId: params.act ?? '' }),
  }),
]

const delegations: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/delegations',
    permission: 'identity:read',
    summary: 'Lists who stands in for whom: left to itself now and later; an owner those that are about them',
    query: DelegationFilter.extend(Export),
    status: 200,
    answer: z.object({ rows: z.array(Delegation), next: Id.optional() }),
    also: CSV,
    handle: ({ actor, query: { format, cols, ...filter }, request }) =>
      csvOrPage({
        ...{ request, format, cols, name: 'delegations', columns: delegationColumns },
        each: () => eachDelegation(actor, filter),
        page: () => listDelegations(actor, filter),
      }),
  }),
  route({
    method: 'POST',
    path: '/delegations',
    permission: 'owner:answer',
    summary: 'Has somebody stand in while one is away, through a last day',
    body: DelegateInput,
    status: 201,
    answer: z.object({ id: Id, from: z.string(), to: z.string(), startsAt: Instant, endsAt: Instant }),
    fails: ['conflict'],
    handle: ({ actor, body }) => delegateOwner(actor, body),
  }),
  route({
    method: 'POST',
    path: '/delegations/{id}/end',
    permission: 'owner:answer',
    summary: 'Ends it before its last day',
    places: { id: 'Its id.' },
    status: 200,
    answer: z.object({ id: Id }),
    fails,
    handle: ({ actor, params }) => endDelegation(actor, { id: params.id ?? '' }),
  }),
  route({
    method: 'POST',
    path: '/delegations/{id}/resume',
    permission: 'owner:answer',
    summary: 'Takes back that it was ended before its last day',
    places: { id: 'Its id.' },
    status: 200,
    answer: z.object({ id: Id }),
    fails,
    handle: ({ actor, params }) => resumeDelegation(actor, { id: params.id ?? '' }),
  }),
]

export const ownerRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/owners',
    permission: 'identity:read',
    summary:
      'Lists identities by who answers for them: left to itself those that nobody has confirmed, with who is suggested',
    query: OwnershipFilter.extend(Export),
    status: 200,
    answer: pageOf(OwnershipListed),
    also: CSV,
    handle: ({ actor, query: { format, cols, ...filter }, request }) =>
      csvOrPage({
        ...{ request, format, cols, name: 'owners', columns: ownershipColumns },
        each: () => eachOwnership(actor, filter),
        page: () => listOwnership(actor, filter),
      }),
  }),
  route({
    method: 'GET',
    path: '/owners/{identity}',
    permission: 'identity:read',
    summary: 'Shows who answers for one identity, who did before, and who is suggested',
    places: { identity: 'Its id.' },
    status: 200,
    answer: Ownership,
    fails: ['not-found'],
    handle: async ({ actor, params }) => {
      const view = await ownershipOf(actor, params.identity ?? '')
      return { ...view, suggestions: await suggestionsOf(actor, params.identity ?? '') }
    },
  }),
  ...acts,
  ...delegations,
]
