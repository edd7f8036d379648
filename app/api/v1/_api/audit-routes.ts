// Routes of audits: making them, drawing samples, asking, answering, and saying how an item stands. The commands behind decide who may.
import { z } from 'zod'
import { csvOrPage } from '@/app/_http/csv-or-page'
import { route, type AnyRoute } from '@/app/_http/route'
import { Instant } from '@/core/fact'
import { may, type Actor } from '@/core/permissions'
import { askRequest } from '@/governance/audits/ask-request'
import { AuditEdit, AuditInput, CommentInput, DrawInput, RequestInput } from '@/governance/audits/audit-input'
import { answerItem, commentItem } from '@/governance/audits/comment'
import { CloseBody, closeAudit, createAudit, editAudit } from '@/governance/audits/create-audit'
import { auditColumns, itemColumns } from '@/governance/audits/item-columns'
import {
  AuditFilter,
  AuditRow,
  AuditView,
  auditView,
  eachAudit,
  listAudits,
} from '@/governance/audits/list-audits'
import { eachItem, ItemFilter, ItemRow, ItemView, itemView, listItems } from '@/governance/audits/list-items'
import { drawSample } from '@/governance/audits/sampling/draw-sample'
import { SAMPLE_KINDS } from '@/governance/audits/sampling/population'
import { judgeItem, prepareItem, StatusBody } from '@/governance/audits/set-status'
import { ITEM_STATUSES } from '@/governance/audits/status'
import { CSV, Export } from './export-query'
import { Id } from './schemas'

const places = { id: 'The id of the audit.' }
const itemPlaces = { ...places, item: 'The id of the item.' }
const auditOf = (params: Readonly<Record<string, string>>) => params.id ?? ''
const at = (params: Readonly<Record<string, string>>) => ({ audit: auditOf(params), item: params.item ?? '' })
/** Who audits, and who answers, have a command each: nobody may both. */
const isAuditor = (actor: Actor) => may(actor, 'audit:examine')
const Changed = z.object({ added: z.array(z.string()), removed: z.array(z.string()) })

const audits: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/audits',
    permission: 'audit:read',
    summary: 'Lists audits, newest first: an auditor those that name them',
    query: AuditFilter.extend(Export),
    status: 200,
    answer: z.object({ rows: z.array(AuditRow), next: Id.optional() }),
    also: CSV,
    handle: ({ actor, query: { format, cols, ...filter }, request }) =>
      csvOrPage({
        request,
        format,
        cols,
        name: 'audits',
        columns: auditColumns,
        each: () => eachAudit(actor, filter),
        page: () => listAudits(actor, filter),
      }),
  }),
  route({
    method: 'POST',
    path: '/audits',
    permission: 'audit:manage',
    summary: 'Makes an audit',
    body: AuditInput,
    status: 201,
    answer: z.object({
      id: Id,
      title: z.string(),
      auditors: z.array(z.string()),
      packs: z.array(z.string()),
    }),
    handle: ({ actor, body }) => createAudit(actor, body),
  }),
  route({
    method: 'GET',
    path: '/audits/{id}',
    permission: 'audit:read',
    summary: 'Shows one audit, with its packs and its samples',
    places,
    status: 200,
    answer: AuditView,
    fails: ['not-found'],
    handle: ({ actor, params }) => auditView(actor, auditOf(params)),
  }),
  route({
    method: 'PUT',
    path: '/audits/{id}',
    permission: 'audit:manage',
    summary: 'Changes an audit: what is left out stays as it is',
    places,
    body: AuditEdit,
    status: 200,
    answer: z.object({ id: Id, title: z.string(), auditors: Changed, packs: Changed }),
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params, body }) => editAudit(actor, { ...body, id: auditOf(params) }),
  }),
  route({
    method: 'POST',
    path: '/audits/{id}/close',
    permission: 'audit:manage',
    summary: 'Closes an audit: nothing of it changes any more',
    places,
    body: CloseBody,
    status: 200,
    answer: z.object({ id: Id, title: z.string(), open: z.int() }),
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params, body }) => closeAudit(actor, { ...body, id: auditOf(params) }),
  }),
  route({
    method: 'POST',
    path: '/audits/{id}/samples',
    permission: 'audit:examine',
    summary: 'Draws rows: their order is that of the SHA-256 of `<seed>:<id>`, and the lowest are drawn',
    description:
      'From identities, credentials or findings by the filter of their list, at one moment. `after` draws the next ones by the seed of a sample. What is kept is enough to draw the same again from the file of a pack of the same moment.',
    places,
    body: DrawInput,
    status: 201,
    answer: z.object({
      id: Id,
      audit: Id,
      nth: z.int(),
      kind: z.enum(SAMPLE_KINDS),
      seed: z.string(),
      size: z.int(),
      drawn: z.int(),
      skipped: z.int(),
      filter: z.record(z.string(), z.string()),
      asOf: Instant,
      known: Instant,
      population: z.int(),
      populationHash: z.string(),
    }),
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params, body }) => drawSample(actor, { ...body, audit: auditOf(params) }),
  }),
]

const items: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/audits/{id}/items',
    permission: 'audit:read',
    summary: 'Lists what was asked for and what was drawn, with how each stands',
    places,
    query: ItemFilter.extend(Export),
    status: 200,
    answer: z.object({ rows: z.array(ItemRow), total: z.int(), next: z.int().optional() }),
    also: CSV,
    fails: ['not-found'],
    handle: async ({ actor, params, query: { format, cols, ...filter }, request }) => {
      // A file has begun before its first row is read: what is not there is told before.
      const page = await listItems(actor, auditOf(params), filter)
      return csvOrPage({
        request,
        format,
        cols,
        name: 'audit-items',
        columns: itemColumns,
        each: () => eachItem(actor, auditOf(params), filter),
        page: () => Promise.resolve(page),
      })
    },
  }),
  route({
    method: 'POST',
    path: '/audits/{id}/items',
    permission: 'audit:examine',
    summary: 'Asks for something in words',
    places,
    body: RequestInput,
    status: 201,
    answer: z.object({ id: Id, nth: z.int(), audit: Id, title: z.string() }),
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params, body }) => askRequest(actor, { ...body, audit: auditOf(params) }),
  }),
  route({
    method: 'GET',
    path: '/audits/{id}/items/{item}',
    permission: 'audit:read',
    summary: 'Shows one item with all that was said and decided about it',
    places: itemPlaces,
    status: 200,
    answer: ItemView,
    fails: ['not-found'],
    handle: ({ actor, params }) => itemView(actor, auditOf(params), params.item ?? ''),
  }),
  route({
    method: 'POST',
    path: '/audits/{id}/items/{item}/comments',
    permission: 'audit:read',
    summary: 'Says something about an item: an auditor asks on, the others answer',
    description: 'What was said is never changed. An answer that leads to a pack hands it over.',
    places: itemPlaces,
    body: CommentInput,
    status: 201,
    answer: z.object({ id: Id, audit: Id, item: Id, nth: z.int() }),
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params, body }) =>
      (isAuditor(actor) ? commentItem : answerItem)(actor, { ...body, ...at(params) }),
  }),
  route({
    method: 'POST',
    path: '/audits/{id}/items/{item}/status',
    permission: 'audit:read',
    summary: 'Says how an item stands',
    description: `One of ${ITEM_STATUSES.join(', ')}. Those who answer say \`ready\`, and \`waiting\` of what they said so of; the auditor says all but \`ready\`. \`expected\` is how it stood when it was looked at: where that has changed, nothing is done.`,
    places: itemPlaces,
    body: StatusBody,
    status: 200,
    answer: z.object({
      id: Id,
      audit: Id,
      nth: z.int(),
      title: z.string(),
      status: z.enum(ITEM_STATUSES),
    }),
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params, body }) =>
      (isAuditor(actor) ? judgeItem : prepareItem)(actor, { ...body, ...at(params) }),
  }),
]

export const auditRoutes: readonly AnyRoute[] = [...audits, ...items]
