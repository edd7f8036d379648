// Routes of deliveries: packs that are built again and again and taken to a place. Secrets go in and never come out.
import { z } from 'zod'
import { csvOrPage } from '@/app/_http/csv-or-page'
import { route, type AnyRoute } from '@/app/_http/route'
import { Instant } from '@/core/fact'
import { deliveryColumns } from '@/governance/packs/delivery/listing/columns'
import { DeliveryView, PeriodView } from '@/governance/packs/delivery/listing/delivery-view'
import {
  deliveryDetail,
  DeliveryFilter,
  listDeliveries,
  type DeliveryDetail,
} from '@/governance/packs/delivery/listing/list-deliveries'
import { addDelivery } from '@/governance/packs/delivery/setting-up/add-delivery'
import {
  changeDelivery,
  pauseDelivery,
  removeDelivery,
  resumeDelivery,
} from '@/governance/packs/delivery/setting-up/change-delivery'
import { AddDelivery, ChangeDelivery, Question } from '@/governance/packs/delivery/setting-up/delivery-input'
import { tryDelivery, type TriedDelivery } from '@/governance/packs/delivery/setting-up/try-delivery'
import { CSV, Export } from './export-query'
import { Id, of } from './schemas'

const places = { id: 'Its id.' }
const given = (params: Readonly<Record<string, string>>) => params.id ?? ''
const Named = z.object({ id: Id, title: z.string() })
const Detail = of<DeliveryDetail>()(
  DeliveryView.extend({
    question: Question,
    settings: z.record(
      z.string(),
      z.object({ secret: z.boolean(), isSet: z.boolean(), value: z.unknown().optional() }),
    ),
    settingsProblem: z.string().optional(),
    periods: z.array(PeriodView),
  }),
)
const Tried = of<TriedDelivery>()(
  z.object({
    id: Id,
    state: z.enum(['reached', 'failed']),
    words: z.string(),
    again: z.int().meta({ description: 'Periods that are tried again now.' }),
    at: Instant,
  }),
)

const switching: readonly AnyRoute[] = [
  route({
    method: 'POST',
    path: '/deliveries/{id}/pause',
    permission: 'evidence:manage',
    summary: 'Has a delivery stand still',
    places,
    body: z.strictObject({}),
    status: 200,
    answer: Named,
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params }) => pauseDelivery(actor, { id: given(params) }),
  }),
  route({
    method: 'POST',
    path: '/deliveries/{id}/resume',
    permission: 'evidence:manage',
    summary: 'Has a delivery run again, as whoever resumes it; what was missed is made up for',
    places,
    body: z.strictObject({}),
    status: 200,
    answer: Named.extend({ as: z.string() }),
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params }) => resumeDelivery(actor, { id: given(params) }),
  }),
  route({
    method: 'POST',
    path: '/deliveries/{id}/try',
    permission: 'evidence:manage',
    summary: 'Tries now whether something can be taken there, and again what could not be delivered',
    places,
    body: z.strictObject({}),
    status: 200,
    answer: Tried,
    fails: ['not-found'],
    handle: ({ actor, params }) => tryDelivery(actor, { id: given(params) }),
  }),
]

const one: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/deliveries/{id}',
    permission: 'delivery:read',
    summary: 'Shows one delivery: its question, its settings without their secrets, and each period',
    places,
    status: 200,
    answer: Detail,
    fails: ['not-found'],
    handle: ({ actor, params }) => deliveryDetail(actor, given(params)),
  }),
  route({
    method: 'PUT',
    path: '/deliveries/{id}',
    permission: 'evidence:manage',
    summary: 'Changes a delivery; what is left out, and a secret that is left empty, stays as it is',
    description: 'It asks as whoever has changed it from then on.',
    places,
    body: ChangeDelivery,
    status: 200,
    answer: Named.extend({ changed: z.array(z.string()), as: z.string() }),
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params, body }) => changeDelivery(actor, { ...body, id: given(params) }),
  }),
  route({
    method: 'DELETE',
    path: '/deliveries/{id}',
    permission: 'evidence:manage',
    summary: 'Removes a delivery; what was delivered stays where it is',
    places,
    status: 200,
    answer: Named.extend({ delivered: z.int() }),
    fails: ['not-found'],
    handle: ({ actor, params }) => removeDelivery(actor, { id: given(params) }),
  }),
]

export const deliveryRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/deliveries',
    permission: 'delivery:read',
    summary: 'Lists deliveries of packs with how each does',
    query: DeliveryFilter.extend(Export),
    status: 200,
    answer: z.object({ rows: z.array(DeliveryView) }),
    also: CSV,
    handle: ({ actor, query: { format, cols, ...filter }, request }) =>
      csvOrPage({
        request,
        format,
        cols,
        name: 'deliveries',
        columns: deliveryColumns,
        each: async function* () {
          yield (await listDeliveries(actor, filter)).rows
        },
        page: () => listDeliveries(actor, filter),
      }),
  }),
  route({
    method: 'POST',
    path: '/deliveries',
    permission: 'evidence:manage',
    summary: 'Sets up a delivery: a pack of each week, month or quarter, taken to a place',
    description:
      'Its settings are those of its kind of place; docs/evidence.md has them. Secrets are kept encrypted.',
    body: AddDelivery,
    status: 201,
    answer: Named.extend({ as: z.string() }),
    fails: ['conflict'],
    handle: ({ actor, body }) => addDelivery(actor, body),
  }),
  ...one,
  ...switching,
]
