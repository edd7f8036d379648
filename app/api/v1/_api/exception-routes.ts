// Routes of exceptions: asking for one, deciding about it, and ending it. The commands behind decide who may.
import { z } from 'zod'
import { csvOrPage } from '@/app/_http/csv-or-page'
import { route, type AnyRoute } from '@/app/_http/route'
import { Instant } from '@/core/fact'
import { AskInput, askException } from '@/governance/exceptions/ask-exception'
import {
  ApproveBody,
  approveException,
  RefuseBody,
  refuseException,
} from '@/governance/exceptions/decide-exception'
import { EndBody, endException, withdrawException } from '@/governance/exceptions/end-exception'
import { exceptionColumns } from '@/governance/exceptions/exception-columns'
import {
  eachException,
  EXCEPTION_STATES,
  ExceptionFilter,
  exceptionView,
  listExceptions,
  type ExceptionView,
} from '@/governance/exceptions/list-exceptions'
import { CSV, Export } from './export-query'
import { Id, of } from './schemas'

const Who = z.object({ id: z.string(), name: z.string() })
const Exception = of<ExceptionView>()(
  z.object({
    id: Id,
    state: z.enum(EXCEPTION_STATES).meta({ description: 'Only what is approved counts.' }),
    rules: z.array(z.string()),
    about: z.string(),
    finding: Id.optional(),
    identity: Id.optional(),
    filter: z.record(z.string(), z.string()).optional(),
    reason: z.string(),
    evidence: z.string(),
    control: z.string(),
    covered: z.int().meta({ description: 'Open findings it was about when it was asked for.' }),
    until: Instant,
    requester: Who,
    askedAt: Instant,
    decider: Who.optional(),
    decidedAt: Instant.optional(),
    decisionNote: z.string().optional(),
    endedAt: Instant.optional(),
    endedBy: z.string().optional(),
    endedWhy: z.string().optional(),
  }),
)
const Done = z.object({ id: Id })
const places = { id: 'Its id.' }
const given = (params: Readonly<Record<string, string>>) => params.id ?? ''

const decisions: readonly AnyRoute[] = [
  route({
    method: 'POST',
    path: '/exceptions/{id}/approve',
    permission: 'exception:decide',
    summary: 'Approves an exception that somebody else has asked for',
    places,
    body: ApproveBody,
    status: 200,
    answer: Done.extend({ requester: z.string(), until: Instant }),
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params, body }) => approveException(actor, { ...body, id: given(params) }),
  }),
  route({
    method: 'POST',
    path: '/exceptions/{id}/refuse',
    permission: 'exception:decide',
    summary: 'Refuses an exception that somebody else has asked for',
    places,
    body: RefuseBody,
    status: 200,
    answer: Done.extend({ requester: z.string() }),
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params, body }) => refuseException(actor, { ...body, id: given(params) }),
  }),
  route({
    method: 'POST',
    path: '/exceptions/{id}/withdraw',
    permission: 'exception:ask',
    summary: 'Takes back what one has asked for',
    places,
    status: 200,
    answer: Done,
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params }) => withdrawException(actor, { id: given(params) }),
  }),
  route({
    method: 'POST',
    path: '/exceptions/{id}/end',
    permission: 'exception:decide',
    summary: 'Ends an exception before its last day',
    places,
    body: EndBody,
    status: 200,
    answer: Done,
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params, body }) => endException(actor, { ...body, id: given(params) }),
  }),
]

export const exceptionRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/exceptions',
    permission: 'exception:read',
    summary: 'Lists exceptions, newest first',
    query: ExceptionFilter.extend(Export),
    status: 200,
    answer: z.object({ rows: z.array(Exception), next: Id.optional() }),
    also: CSV,
    handle: ({ actor, query: { format, cols, ...filter }, request }) =>
      csvOrPage({
        request,
        format,
        cols,
        name: 'exceptions',
        columns: exceptionColumns,
        each: () => eachException(actor, filter),
        page: () => listExceptions(actor, filter),
      }),
  }),
  route({
    method: 'POST',
    path: '/exceptions',
    permission: 'exception:ask',
    summary: 'Asks that findings be let be for a time',
    description:
      'About one finding, one identity by rules, or all that a filter of the list of findings matches at any time. It counts once somebody else has approved it; what is excepted stays open and is counted.',
    body: AskInput,
    status: 201,
    answer: z.object({ id: Id, covered: z.int(), rules: z.array(z.string()), about: z.string() }),
    fails: ['not-found'],
    handle: ({ actor, body }) => askException(actor, body),
  }),
  route({
    method: 'GET',
    path: '/exceptions/{id}',
    permission: 'exception:read',
    summary: 'Shows one exception, and how many open findings it is about now',
    places,
    status: 200,
    answer: Exception.extend({ covers: z.int() }),
    fails: ['not-found'],
    handle: ({ actor, params }) => exceptionView(actor, given(params)),
  }),
  ...decisions,
]
