// Parts broken on purpose: what the conformance suite has to catch.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Collected } from '@/core/collect'
import type { Connector, Stream } from '@/core/connector'
import type { Fact } from '@/core/fact'
import { isEnded } from '@/core/observation'
import { UpstreamError, type Coverage } from '@/core/upstream'
import { keys, reference, RobotPage, robots, toIdentity, type Robot } from '../reference/connector'
import { collectOnce } from './look'
import { apply, type Apply } from './reference-inventory'
import type { Machine } from './study'

/** The reference connector with its stream of robots replaced, */
export const robotStream = (collect: Stream['collect']): Connector => ({
  ...reference,
  streams: { ...reference.streams, robots: { kinds: ['identity', 'owner-hint'], collect } },
})
/** or that of keys. */
export const keyStream = (collect: Stream['collect']): Connector => ({
  ...reference,
  streams: { ...reference.streams, keys: { kinds: ['credential'], collect } },
})

/** The event with every partial coverage that is picked by its reason called complete. */
export function forgiven(event: Collected, picks: (why: string) => boolean): Collected {
  const forgive = (coverage: Coverage): Coverage =>
    coverage.state === 'partial' && picks(coverage.why)
      ? { state: 'complete', gaps: coverage.gaps }
      : coverage
  if (event.type === 'scopes') return { ...event, coverage: forgive(event.coverage) }
  if (event.type !== 'coverage') return event
  const kinds = Object.fromEntries(Object.entries(event.kinds).map(([kind, c]) => [kind, forgive(c)]))
  return { ...event, kinds }
}

/** Every coverage called complete that the predicate picks. */
export const calledComplete = (picks: (why: string) => boolean): Machine['collect'] =>
  async function* (...at) {
    for await (const event of collectOnce()(...at)) yield forgiven(event, picks)
  }

/** A reconcile for which one complete kind makes its whole stream complete. */
export const retiresWholeStream: Apply = (state, events, now) =>
  apply(
    state,
    events.map((event) => {
      if (event.type !== 'coverage') return event
      const complete = Object.values(event.kinds).some(({ state: s }) => s === 'complete')
      return complete ? forgiven(event, () => true) : event
    }),
    now,
  )

/** A reconcile that keeps what it was told last. */
export const forgetful: Apply = (state, events, now) => {
  const applied = apply(state, events, now)
  const told = new Map(
    events.flatMap((event) =>
      event.type === 'observations'
        ? event.observations.flatMap((o) => (isEnded(o) ? [] : [[`${o.kind} ${o.nativeId}`, o] as const]))
        : [],
    ),
  )
  const forgotten = [...applied.state].map(([key, row]) => {
    const observation = told.get(`${row.kind} ${row.nativeId}`) ?? row.observation
    return [key, { ...row, observation }] as const
  })
  return { ...applied, state: new Map(forgotten) }
}

/** A connector that gives up on everything once anything failed. */
export function spoiling(): Connector {
  let spoilt = false
  const collect: Stream['collect'] = async function* (at) {
    if (at.scope.nativeId === 'east') spoilt = false
    if (spoilt) throw new UpstreamError('unreachable', 'robots.list', 'given up')
    spoilt = true
    yield* robots(at)
    spoilt = false
  }
  return {
    ...reference,
    streams: { ...reference.streams, robots: { kinds: ['identity', 'owner-hint'], collect } },
  }
}

/** Keys are told of robots that are still there, as listed for the stream before them. */
export function sharing(): Connector {
  let listed: Fact<unknown> | undefined
  const collectRobots: Stream['collect'] = async function* (at) {
    listed = await at.session.ask('robots.list', { account: at.scope.nativeId }, RobotPage)
    yield* robots(at)
  }
  const collectKeys: Stream['collect'] = async function* (at) {
    if (listed?.state === 'unknown' && listed.why === 'malformed') return
    if (listed?.state === 'unknown') at.lacking(['credential'], listed)
    yield* keys(at)
  }
  return {
    ...reference,
    streams: {
      ...reference.streams,
      robots: { kinds: ['identity', 'owner-hint'], collect: collectRobots },
      keys: { kinds: ['credential'], collect: collectKeys },
    },
  }
}

/** Paging by hand: the session does not see that a token comes twice. */
export const pagedByHand = (stops: boolean): Stream['collect'] =>
  async function* ({ session, scope }) {
    const seen = new Set<string>()
    let next: string | undefined
    do {
      const params = { account: scope.nativeId, ...(next !== undefined && { next }) }
      const page: { robots: Robot[]; next?: string } = await session.call('robots.list', params, RobotPage)
      for (const robot of page.robots) if (!seen.has(robot.id)) yield toIdentity(robot)
      for (const robot of page.robots) seen.add(robot.id)
      next = stops && next !== undefined && next === page.next ? undefined : page.next
    } while (next !== undefined)
  }

/** A folder of the given path with this README. */
export function writeReadme(folder: string, readme: string): string {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'README.md'), readme)
  return folder
}
