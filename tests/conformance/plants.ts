// Bugs planted in a connector, the runner or the inventory, each with the law that has to catch it.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { Connector } from '@/core/connector'
import type { Joins, Link } from '@/core/join'
import type { Observation } from '@/core/observation'
import { UpstreamError } from '@/core/upstream'
import {
  keys,
  manifest,
  nextOf,
  reference,
  RobotPage,
  robots,
  toIdentity,
  type Robot,
} from '../reference/connector'
import { recording } from '../reference/recording'
import { world } from '../reference/world'
import {
  calledComplete,
  forgetful,
  forgiven,
  keyStream,
  pagedByHand,
  retiresWholeStream,
  robotStream,
  sharing,
  spoiling,
  writeReadme,
} from './planted'
import { apply } from './reference-inventory'
import { replay } from './replay'
import type { Machine } from './study'
import type { LawName, World } from './world'

/** Counts up over all runs, as a random id would differ. */
let made = 0
export type Plant = {
  law: LawName
  says: RegExp
  connector?: Connector
  world?: World
  machine?: Partial<Machine>
}

async function* hinted(robot: Robot): AsyncGenerator<Observation> {
  yield toIdentity(robot)
}
const withReadme = (readme: string): World => {
  const folder = join(mkdtempSync(join(tmpdir(), 'paper-')), 'reference')
  return { ...world, folder: writeReadme(folder, readme) }
}

const withJoins = (joins: Joins): Connector => ({ ...reference, manifest: { ...manifest, joins } })
const issuerLink: Link = {
  relation: 'declared',
  means: 'relied-on',
  kind: 'issuer',
  to: 'reference.robot',
  match: 'exact',
  value: 'x',
  reason: 'It is planted.',
}

export const PLANTS: Record<string, Plant> = {
  'runner calls everything complete': {
    law: 'fault-matrix',
    says: /no coverage says that accounts\.list was denied|was retired/,
    machine: { collect: calledComplete(() => true) },
  },
  'author swallows a denial and yields nothing': {
    law: 'fault-matrix',
    says: /was retired/,
    connector: robotStream(async function* (at) {
      try {
        yield* robots(at)
      } catch {
        return
      }
    }),
  },
  'reconcile ignores coverage': {
    law: 'fault-matrix',
    says: /was retired/,
    machine: {
      apply: (state, events, now) =>
        apply(
          state,
          events.map((e) => forgiven(e, () => true)),
          now,
        ),
    },
  },
  'a complete kind retires the other kinds of its stream': {
    law: 'fault-matrix',
    says: /grant .* was retired/,
    machine: { apply: retiresWholeStream },
  },
  'an answer that was not understood counts as an empty list': {
    law: 'fault-matrix',
    says: /malformed at robots\.list .* was retired/,
    connector: robotStream(async function* ({ session, scope }) {
      const Lenient = RobotPage.extend({ robots: RobotPage.shape.robots.default([]) })
      for await (const page of session.pages('robots.list', { account: scope.nativeId }, Lenient, {
        next: nextOf,
      }))
        for (const robot of page.robots) yield* hinted(robot)
    }),
  },
  'what streams share breaks in a way that one takes for "there is none"': {
    law: 'fault-matrix',
    says: /malformed at robots\.list .* was retired/,
    connector: sharing(),
  },
  'trouble in one scope spoils the next': {
    law: 'fault-matrix',
    says: /another scope|seen otherwise/,
    connector: spoiling(),
  },
  'trouble makes the run crash': {
    law: 'fault-matrix',
    says: /crashed: TypeError/,
    connector: keyStream(async function* (at) {
      for await (const key of keys(at)) {
        if (key.kind === 'credential' && key.lastUsedAt.state === 'unknown') throw new TypeError('no date')
        yield key
      }
    }),
  },
  'a wrong permission is named': {
    law: 'fault-matrix',
    says: /no coverage says that robots\.list/,
    connector: robotStream(async function* (at) {
      try {
        yield* robots(at)
      } catch {
        throw new UpstreamError('denied', 'accounts.list', 'somewhere')
      }
    }),
  },
  'paging stops at page one': {
    law: 'exhaustion',
    says: /were never asked: robots\.list/,
    connector: robotStream(async function* ({ session, scope }) {
      const page = await session.call('robots.list', { account: scope.nativeId }, RobotPage)
      for (const robot of page.robots) yield* hinted(robot)
    }),
  },
  'a repeating page token is taken for the end': {
    law: 'exhaustion',
    says: /came twice, and no coverage says so/,
    connector: robotStream(pagedByHand(true)),
  },
  'a repeating page token goes round and round': {
    law: 'exhaustion',
    says: /went round until the limit/,
    connector: robotStream(pagedByHand(false)),
  },
  'an undeclared permission is used': {
    law: 'least-privilege',
    says: /keys\.use is used and not declared/,
    connector: {
      ...reference,
      manifest: { ...manifest, permissions: manifest.permissions.filter(({ name }) => name !== 'keys.use') },
    },
  },
  'an undeclared permission is used only in trouble': {
    law: 'least-privilege',
    says: /robots\.admin is used and not declared/,
    connector: keyStream(async function* (at) {
      for await (const key of keys(at)) {
        if (key.kind === 'credential' && key.lastUsedAt.state === 'unknown')
          await at.session.ask('robots.admin', {}, z.unknown())
        yield key
      }
    }),
    world: {
      ...world,
      transport: () => replay([...recording, { permission: 'robots.admin', params: {}, answer: {} }]),
    },
  },
  'a permission is declared and never used': {
    law: 'least-privilege',
    says: /never used: robots\.delete/,
    connector: {
      ...reference,
      manifest: {
        ...manifest,
        permissions: [...manifest.permissions, { name: 'robots.delete', gives: 'nothing' }],
      },
    },
  },
  'the value of a secret is passed through': {
    law: 'shape',
    says: /looks like a GitHub token/,
    connector: keyStream(async function* (at) {
      const Raw = z.object({ keys: z.array(z.object({ id: z.string(), token: z.string().optional() })) })
      const raw = await at.session.call('keys.list', { account: at.scope.nativeId }, Raw)
      for await (const key of keys(at))
        if (key.kind === 'credential')
          yield { ...key, name: raw.keys.find(({ id }) => id === key.nativeId)?.token ?? key.name }
    }),
  },
  'a failure tells what stood in the answer': {
    law: 'shape',
    says: /a value of the source came out/,
    connector: keyStream(async function* (at) {
      const raw = await at.session.call('keys.list', { account: at.scope.nativeId }, z.unknown())
      if (!JSON.stringify(raw).includes('keys'))
        throw new UpstreamError('malformed', 'keys.list', JSON.stringify(raw))
      yield* keys(at)
    }),
  },
  'two things are reported under one id': {
    law: 'shape',
    says: /is reported twice/,
    connector: keyStream(async function* (at) {
      for await (const key of keys(at)) yield { ...key, nativeId: 'key' }
    }),
  },
  'a credential belongs to an identity never seen': {
    law: 'shape',
    says: /speaks of an identity never seen: robot:/,
    connector: keyStream(async function* (at) {
      for await (const key of keys(at))
        if (key.kind === 'credential' && key.identity.state === 'known')
          yield { ...key, identity: { ...key.identity, value: `robot:${key.identity.value}` } }
    }),
  },
  'unknown overwrites known': {
    law: 'memory',
    says: /lastUsedAt of credential .* was known and is unknown/,
    machine: { apply: forgetful },
  },
  'a refusal is passed on as "there is none"': {
    law: 'memory',
    says: /lastUsedAt of credential .* was known and is absent/,
    connector: keyStream(async function* (at) {
      for await (const key of keys(at))
        yield key.kind === 'credential' && key.lastUsedAt.state === 'unknown'
          ? { ...key, lastUsedAt: { state: 'absent', source: 'keys.use' } }
          : key
    }),
  },
  'a refusal changes what is no fact': {
    law: 'memory',
    says: /form of credential .* changed/,
    connector: keyStream(async function* (at) {
      for await (const key of keys(at))
        yield key.kind === 'credential' && key.lastUsedAt.state === 'unknown'
          ? { ...key, form: 'token' }
          : key
    }),
  },
  'a refusal decides who is a machine': {
    law: 'memory',
    says: /class of identity .* changed/,
    connector: robotStream(async function* (at) {
      const use = await at.session.ask('keys.use', { key: `${at.scope.nativeId}-key-1` }, z.unknown())
      for await (const one of robots(at))
        yield one.kind === 'identity' && use.state === 'unknown' ? { ...one, class: 'unclear' } : one
    }),
  },
  'an id is made up anew each time': {
    law: 'idempotence',
    says: /is (created|retired)/,
    connector: keyStream(async function* (at) {
      for await (const key of keys(at)) yield { ...key, nativeId: `${key.nativeId}-${made++}` }
    }),
  },
  'the clock leaks into a fact': {
    law: 'idempotence',
    says: /credential .* is updated/,
    connector: keyStream(async function* (at) {
      for await (const key of keys(at))
        if (key.kind === 'credential')
          yield { ...key, createdAt: { state: 'known', value: at.now, source: 'clock' } }
    }),
  },
  'an id is the place in a list': {
    law: 'order',
    says: /in another order, identity/,
    connector: robotStream(async function* (at) {
      let place = 0
      for await (const robot of robots(at))
        if (robot.kind === 'identity') yield { ...robot, nativeId: `#${place++}` }
    }),
  },
  'a meaning changes': {
    law: 'golden',
    says: /other observations/,
    connector: robotStream(async function* (at) {
      for await (const one of robots(at)) yield one.kind === 'identity' ? { ...one, class: 'unclear' } : one
    }),
  },
  'nothing is ever retired': {
    law: 'deletion',
    says: /is gone and was not retired/,
    machine: {
      apply: (state, events, now) =>
        apply(
          state,
          events.filter(({ type }) => type !== 'coverage'),
          now,
        ),
    },
  },
  'one thing gone takes the others with it': {
    law: 'deletion',
    says: /was retired because/,
    connector: robotStream(async function* (at) {
      const all: Observation[] = []
      for await (const one of robots(at)) all.push(one)
      if (all.filter(({ kind }) => kind === 'identity').length === 4) yield* all
    }),
  },
  'cancelled counts as complete': {
    law: 'cancel',
    says: /was retired|no coverage says so/,
    machine: { collect: calledComplete((why) => why === 'cancelled') },
  },
  'an empty list is taken for a failure': {
    law: 'empty',
    says: /of an empty source is not complete/,
    connector: robotStream(async function* (at) {
      let count = 0
      for await (const one of robots(at)) {
        count++
        yield one
      }
      if (!count) throw new UpstreamError('malformed', 'robots.list', 'nothing came')
    }),
  },
  'the manifest has another id than its folder': {
    law: 'paper',
    says: /manifest\.id is demo/,
    connector: { ...reference, manifest: { ...manifest, id: 'demo' } },
  },
  'the README hides a permission': {
    law: 'paper',
    says: /does not mention the permission robots\.list/,
    world: withReadme(
      '## Setup\n## Permissions\naccounts.list keys.list\n## What it reads\n## What it cannot see\n## Imports',
    ),
  },
  'the README has its headings in another order': {
    law: 'paper',
    says: /needs these headings/,
    world: withReadme('## Permissions\n## Setup\n## What it reads\n## What it cannot see\n## Imports'),
  },
  'a stream is not described': {
    law: 'paper',
    says: /the manifest describes the streams/,
    connector: { ...reference, manifest: { ...manifest, streams: { robots: 'Robots.' } } },
  },
  'a name is borne that is not offered': {
    law: 'joins',
    says: /bears demo\.name of identity, which the manifest does not offer/,
    connector: robotStream(async function* (at) {
      for await (const one of robots(at))
        yield one.kind === 'identity' ? { ...one, keys: [{ type: 'demo.name', value: one.name }] } : one
    }),
  },
  'a thing is named in a way that is not expected': {
    law: 'joins',
    says: /names reference\.robot of issuer, which the manifest does not expect/,
    connector: robotStream(async function* (at) {
      for await (const one of robots(at)) yield { ...one, links: [issuerLink] }
    }),
  },
  'a name is offered and nothing bears it': {
    law: 'joins',
    says: /demo\.name of identity is offered and nothing bears it/,
    connector: withJoins({
      offers: [...manifest.joins!.offers, { type: 'demo.name', kind: 'identity' }],
      expects: [],
    }),
  },
  'its own names are expected and not offered': {
    law: 'joins',
    says: /reference\.key of credential is expected and not offered/,
    connector: withJoins({
      ...manifest.joins!,
      expects: [{ type: 'reference.key', kind: 'credential' }],
    }),
  },
  'nobody is the one to know its names': {
    law: 'joins',
    says: /is no authority for them/,
    connector: {
      ...reference,
      async *scopes(session) {
        for await (const one of reference.scopes(session)) yield { ...one, authorities: [] }
      },
    },
  },
}
