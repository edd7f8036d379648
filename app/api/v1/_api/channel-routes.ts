// Routes of channels: how notices go out. Secrets go in and never come out.
import { z } from 'zod'
import { route, type AnyRoute } from '@/app/_http/route'
import { Instant } from '@/core/fact'
import { AddChannel, addChannel } from '@/governance/channels/add-channel'
import {
  channelView,
  listChannels,
  type ChannelDetail,
  type ChannelView,
} from '@/governance/channels/list-channels'
import { removeChannel } from '@/governance/channels/remove-channel'
import { SwitchChannel, switchChannel } from '@/governance/channels/switch-channel'
import { TestBody, testChannel, type TestResult } from '@/governance/channels/test-channel'
import { ChangeChannel, updateChannel } from '@/governance/channels/update-channel'
import { Id, of } from './schemas'

const fields = {
  id: Id,
  kind: z.string(),
  kindTitle: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  mail: z.boolean().meta({ description: 'Whether mail to people goes by it.' }),
  takes: z.array(z.string()),
  person: z
    .object({ id: Id, name: z.string() })
    .optional()
    .meta({ description: 'Whose alone it is: it gets what they are asked, with the link that opens it.' }),
  createdAt: Instant,
  createdBy: z.string(),
  lastSuccessAt: Instant.optional(),
  lastFailureAt: Instant.optional(),
  lastFailure: z.string().optional(),
  notBefore: Instant.optional().meta({ description: 'Set where it asked to be left alone until then.' }),
  waiting: z.int(),
}
const Channel = of<ChannelView>()(z.object(fields))
const Detail = of<ChannelDetail>()(
  z.object({
    ...fields,
    settings: z.record(
      z.string(),
      z.object({ secret: z.boolean(), isSet: z.boolean(), value: z.unknown().optional() }),
    ),
    settingsProblem: z.string().optional(),
  }),
)
const Tested = of<TestResult>()(
  z.object({ state: z.enum(['accepted', 'failed']), words: z.string(), at: Instant }),
)
const places = { id: 'Its id.' }
const given = (params: Readonly<Record<string, string>>) => params.id ?? ''

const one: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/channels/{id}',
    permission: 'notice:read',
    summary: 'Shows one channel, its settings without their secrets',
    places,
    status: 200,
    answer: Detail,
    fails: ['not-found'],
    handle: ({ actor, params }) => channelView(actor, given(params)),
  }),
  route({
    method: 'PUT',
    path: '/channels/{id}',
    permission: 'setting:manage',
    summary: 'Changes a channel; what is left out, and a secret that is left empty, stays as it is',
    places,
    body: ChangeChannel,
    status: 200,
    answer: z.object({ id: Id, changed: z.array(z.string()) }),
    fails: ['not-found', 'conflict'],
    handle: ({ actor, params, body }) => updateChannel(actor, { ...body, channelId: given(params) }),
  }),
  route({
    method: 'DELETE',
    path: '/channels/{id}',
    permission: 'setting:manage',
    summary: 'Removes a channel; what waits for it alone is withdrawn',
    places,
    status: 200,
    answer: z.object({ id: Id, name: z.string(), withdrawn: z.int() }),
    fails: ['not-found'],
    handle: ({ actor, params }) => removeChannel(actor, { channelId: given(params) }),
  }),
  route({
    method: 'POST',
    path: '/channels/{id}/switch',
    permission: 'setting:manage',
    summary: 'Turns a channel on or off; what is for it waits meanwhile',
    places,
    body: SwitchChannel,
    status: 200,
    answer: z.object({ id: Id, name: z.string(), on: z.boolean() }),
    fails: ['not-found'],
    handle: ({ actor, params, body }) => switchChannel(actor, { ...body, channelId: given(params) }),
  }),
  route({
    method: 'POST',
    path: '/channels/{id}/test',
    permission: 'setting:manage',
    summary: 'Sends a test now, and says what came of it',
    places,
    body: TestBody,
    status: 200,
    answer: Tested,
    fails: ['not-found'],
    handle: ({ actor, params, body }) => testChannel(actor, { ...body, channelId: given(params) }),
  }),
]

export const channelRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/channels',
    permission: 'notice:read',
    summary: 'Lists channels with how they do',
    status: 200,
    answer: z.object({ rows: z.array(Channel) }),
    handle: async ({ actor }) => ({ rows: await listChannels(actor) }),
  }),
  route({
    method: 'POST',
    path: '/channels',
    permission: 'setting:manage',
    summary: 'Adds a channel',
    description:
      'Its settings are those of its kind; docs/notifications.md has them. Secrets are kept encrypted.',
    body: AddChannel,
    status: 201,
    answer: z.object({ id: Id, name: z.string() }),
    fails: ['not-found', 'conflict'],
    handle: ({ actor, body }) => addChannel(actor, body),
  }),
  ...one,
]
