// The smallest connector that uses everything a connector may use: two scopes, paging, enrichment, a refusable listing.
import { z } from 'zod'
import { defineConnector, defineManifest, type Scope, type StreamAt } from '@/core/connector'
import { absent, answer, known, mapFact, unknown } from '@/core/fact'
import { Instant } from '@/core/fact'
import type { Observation } from '@/core/observation'
import type { Session } from '@/core/session'

export const AccountPage = z.object({ accounts: z.array(z.object({ id: z.string(), name: z.string() })) })
export const RobotPage = z.object({
  robots: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      created: Instant,
      disabled: z.boolean(),
      labels: z.record(z.string(), z.string()),
    }),
  ),
  next: z.string().optional(),
})
export type Robot = z.infer<typeof RobotPage>['robots'][number]
const KeyPage = z.object({
  keys: z.array(
    z.object({ id: z.string(), robot: z.string(), created: Instant, rotated: Instant.nullable() }),
  ),
})
const KeyUse = z.object({ at: Instant, where: z.string() })
const RolePage = z.object({
  roles: z.array(z.object({ id: z.string(), name: z.string(), rules: z.array(z.string()) })),
})
const BindingPage = z.object({
  bindings: z.array(z.object({ id: z.string(), robot: z.string(), role: z.string() })),
})

export const manifest = defineManifest({
  id: 'reference',
  title: 'Reference',
  summary: 'An invented source that tests the conformance suite.',
  settings: z.object({ address: z.url() }),
  permissions: [
    { name: 'accounts.list', gives: 'which accounts there are' },
    { name: 'robots.list', gives: 'identities and their owners' },
    { name: 'keys.list', gives: 'credentials' },
    { name: 'keys.use', gives: 'when a credential was last used', optional: true },
    { name: 'roles.list', gives: 'what can be granted' },
    { name: 'bindings.list', gives: 'what is granted', optional: true },
  ],
  streams: {
    robots: 'Robots and who owns them.',
    keys: 'Keys of robots.',
    access: 'Roles and who holds them.',
  },
  types: { 'reference.robot': 'Robot', 'reference.key': 'Key', 'reference.role': 'Role' },
  imports: [],
  joins: {
    offers: [{ type: 'reference.robot', kind: 'identity' }],
    expects: [{ type: 'reference.robot', kind: 'identity' }],
  },
  gaps: ['It does not say when a robot was last used.'],
  intervalMinutes: 60,
  setup: () => [],
})

/** The class is decided by a label, which is always there. */
export function toIdentity(robot: Robot): Observation {
  return {
    kind: 'identity',
    nativeId: robot.id,
    aliases: [`robots/${robot.name}`],
    keys: [{ type: 'reference.robot', value: robot.id }],
    type: 'reference.robot',
    name: robot.name,
    class: 'machine',
    classReason: 'Every robot is a machine.',
    createdAt: known(robot.created, 'robots.list'),
    enabled: known(!robot.disabled, 'robots.list'),
    lastUsedAt: unknown('not-offered', 'robots.list'),
    description: absent('robots.list'),
    maxSessionSeconds: absent('robots.list'),
    tags: known(robot.labels, 'robots.list'),
  }
}

export async function* robots({ session, scope }: StreamAt): AsyncGenerator<Observation> {
  const params = { account: scope.nativeId }
  for await (const page of session.pages('robots.list', params, RobotPage, { next: nextOf })) {
    for (const robot of page.robots) {
      yield toIdentity(robot)
      const value = robot.labels.owner
      if (value)
        yield {
          kind: 'owner-hint',
          nativeId: robot.id,
          identity: robot.id,
          names: 'team',
          value,
          via: 'label owner',
        }
    }
  }
}

export const nextOf = ({ next }: { next?: string }) => (next === undefined ? undefined : { next })

export async function* keys({ session, scope }: StreamAt): AsyncGenerator<Observation> {
  const page = await session.call('keys.list', { account: scope.nativeId }, KeyPage)
  for (const key of page.keys) {
    const use = await session.ask('keys.use', { key: key.id }, KeyUse, { absentOn: ['NeverUsed'] })
    yield {
      kind: 'credential',
      nativeId: key.id,
      identity: known(key.robot, 'keys.list'),
      type: 'reference.key',
      form: 'static-key',
      name: key.id,
      createdAt: known(key.created, 'keys.list'),
      rotatedAt: answer(key.rotated, 'keys.list', 'never since creation'),
      expiresAt: absent('keys.list', 'keys do not expire'),
      lastUsedAt: mapFact(use, ({ at }) => at),
      lastUsedWhere: mapFact(use, ({ where }) => where),
      enabled: known(true, 'keys.list'),
    }
  }
}

async function* access({ session, scope, lacking }: StreamAt): AsyncGenerator<Observation> {
  const params = { account: scope.nativeId }
  const { roles } = await session.call('roles.list', params, RolePage)
  for (const { id, name, rules } of roles)
    yield {
      kind: 'entitlement',
      nativeId: id,
      aliases: [],
      type: 'reference.role',
      name,
      language: 'reference',
      managedBy: 'customer',
      document: known({ rules }, 'roles.list'),
    }
  const bindings = await session.ask('bindings.list', params, BindingPage)
  if (bindings.state !== 'known') return lacking(['grant'], bindings)
  for (const { id, robot, role } of bindings.value.bindings)
    yield {
      kind: 'grant',
      nativeId: id,
      identity: robot,
      entitlement: role,
      entitlementName: roles.find((one) => one.id === role)?.name ?? role,
      effect: 'allow',
      via: 'attached',
    }
}

async function* scopes(session: Session): AsyncGenerator<Scope> {
  const { accounts } = await session.call('accounts.list', {}, AccountPage)
  for (const { id, name } of accounts)
    yield { nativeId: id, name, type: 'reference.account', authorities: [`reference:${id}`] }
}

export const reference = defineConnector<unknown>({
  manifest,
  open: () => {
    throw new Error('the reference source is a recording')
  },
  openFile: () => Promise.reject(new Error('the reference source has no files')),
  scopes,
  streams: {
    robots: { kinds: ['identity', 'owner-hint'], collect: robots },
    keys: { kinds: ['credential'], collect: keys },
    access: { kinds: ['entitlement', 'grant'], collect: access },
  },
})
