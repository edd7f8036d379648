// Keeps up with a source that tells its changes: looks at what has changed, a moment after it has, until the next sync.
import { setTimeout as wait } from 'node:timers/promises'
import type { Connector, Following, Manifest, News } from '@/core/connector'
import type { Selection } from '@/core/collect'
import { RollcallError } from '@/core/errors'
import type { JobPayload } from '@/core/jobs'
import type { CallCount } from '@/core/session'
import { parseInput } from '@/governance/command'
import { openSettings } from '@/governance/crypto/seal-settings'
import {
  beginFollowing,
  endFollowing,
  isFollowed,
  nextLookAt,
  noteFollowing,
  type Followed,
} from '@/governance/runs/follow-run'
import { holdRun } from '@/governance/runs/hold-run'
import { addChanges, applyScope } from '@/inventory/apply'
import { observe } from '@/inventory/observe'
import { db } from '@/prisma/client'
import type { JobAt } from './job'
import { databaseTrouble, reconnecting } from './database-trouble'
import { send } from './queue'
import { secretTexts, withoutSecrets } from './without-secrets'

/** What changes together is looked at together … */
const GATHER_MS = 500
const REST_MS_MAX = 2_000
/** … and what nothing was heard of is confirmed: nothing was heard because nothing happened. */
const CONFIRM_MS = 5 * 60_000
/** Where not even the list of scopes was to be had. */
const LIST_AGAIN_MS = 30_000
const ASK_WANTED_MS = 1_000
const NOTE_MS = 10_000
/** Rules are asked some seconds after a change: many changes follow each other. */
const ASK_RULES_AFTER_SECONDS = 10
/** Looks in a row that could not be applied. */
const FAILURES_MAX = 5

type Source = { id: string; connectorId: string; settings: Uint8Array }

export async function followConnection(
  { connectionId }: JobPayload<'follow-connection'>,
  at: JobAt,
): Promise<void> {
  await holdRun(connectionId, { waitMs: 0, what: 'following' }, async (lost) => {
    const source = await db.connection.findUnique({ where: { id: connectionId } })
    if (!source) return
    const stop = new AbortController()
    const signal = AbortSignal.any([at.signal, at.stopping, lost, stop.signal])
    const secrets = new Set<string>()
    const connector = await at.connectorOf(source.connectorId)
    const following = open(connector, source, { signal, secrets })
    const runId = following && (await beginFollowing(connectionId))
    if (!following || runId === undefined) return following?.transport.close?.()
    const watch = setInterval(() => {
      // A question that fails is asked again in a second.
      isFollowed(runId, source.settings).then(
        (wanted) => wanted || stop.abort(),
        () => {},
      )
    }, ASK_WANTED_MS)
    const follower = new Follower({ source, connector, following, runId, signal })
    try {
      await follower.follow()
      const why = at.stopping.aborted ? 'the stop of the worker' : 'a sync, a pause or other settings'
      await reconnecting(() => endFollowing(runId, follower.told(`Ended by ${why}`)))
    } catch (error) {
      const { message } = withoutSecrets(error, secrets)
      const told = databaseTrouble(error) ?? message
      await reconnecting(() => endFollowing(runId, follower.told('Failed'), told))
      throw error
    } finally {
      stop.abort()
      clearInterval(watch)
      await following.transport.close?.()
    }
  })
}

function open(
  connector: Connector,
  { id, settings: sealed }: Source,
  { signal, secrets }: { signal: AbortSignal; secrets: Set<string> },
): Following | undefined {
  const manifest: Manifest = connector.manifest
  const settings = openSettings(id, sealed)
  for (const value of secretTexts(manifest.settings, settings)) secrets.add(value)
  const parsed = parseInput(manifest.settings, settings, ['settings'])
  return connector.follow?.(parsed, { signal, now: () => new Date().toISOString() })
}

type At = { source: Source; connector: Connector; following: Following; runId: string; signal: AbortSignal }

class Follower {
  private followed: Omit<Followed, 'phase' | 'calls'> = { observations: 0, changes: {} }
  private calls: CallCount[] = []
  /** News that no look has brought in yet. */
  private news: News[] = []
  private readonly scopeIds = new Map<string, string>()
  private wholeAt = 0
  private notedAt = 0

  constructor(private readonly at: At) {}

  told(phase: string): Followed {
    const { observations, changes } = this.followed
    return { phase, observations, changes, calls: [...this.calls, ...this.at.following.refused()] }
  }

  /** Returns when the signal aborts. */
  async follow(): Promise<void> {
    const { following, signal } = this.at
    for (let failures = 0; !signal.aborted;) {
      const began = Date.now()
      try {
        await this.look()
        failures = 0
      } catch (error) {
        if (signal.aborted) return
        // Somebody else has written the scope meanwhile: it is looked at again, whole.
        if (!(error instanceof RollcallError) || ++failures >= FAILURES_MAX) throw error
        this.wholeAt = 0
      }
      await this.note()
      // Looking leaves a third of the time to others, whatever the size of the source.
      await pause(Math.min(REST_MS_MAX, Math.max(GATHER_MS, (Date.now() - began) / 2)), signal)
      if (!this.wholeAt || following.pending()) continue
      await following.changed(AbortSignal.any([signal, AbortSignal.timeout(this.confirmIn())]))
      await pause(GATHER_MS, signal)
    }
  }

  private confirmIn = () => Math.max(0, this.wholeAt + CONFIRM_MS - Date.now())

  private async look(): Promise<void> {
    const { source, connector, following, runId, signal } = this.at
    const whole = this.confirmIn() === 0
    const observedAt = await nextLookAt(source.id)
    this.news.push(...following.take())
    const read = await observe({
      connector,
      transport: following.transport,
      connection: { id: source.id, connectorId: source.connectorId, mode: 'live' },
      runId,
      observedAt,
      signal,
      scopeIds: this.scopeIds,
      selection: selectionOf(following, this.news, whole),
      onScope: async (scopeId) => {
        signal.throwIfAborted()
        const changes = await applyScope(
          {
            runId,
            observedAt,
            send: (tx, name, job) =>
              send(name, job, tx, name === 'evaluate-scope' ? { afterSeconds: ASK_RULES_AFTER_SECONDS } : {}),
          },
          scopeId,
        )
        this.followed.changes = addChanges(this.followed.changes, changes)
      },
    })
    this.news = []
    this.followed.observations += read.observations
    if (whole) {
      this.calls = read.calls
      const listed = read.scopes.state === 'complete'
      this.wholeAt = listed ? Date.now() : Date.now() - CONFIRM_MS + LIST_AGAIN_MS
    }
  }

  private async note(): Promise<void> {
    if (Date.now() - this.notedAt < NOTE_MS) return
    this.notedAt = Date.now()
    const refused = this.at.following.refused()
    const but = refused.length ? `, apart from ${refused.length} kinds of things that it may not watch` : ''
    await noteFollowing(this.at.runId, this.told(`Following changes${but}`))
  }
}

const pause = (ms: number, signal: AbortSignal) => wait(ms, undefined, { signal }).catch(() => {})

/** Everything, or what there is news of. */
function selectionOf(following: Following, news: readonly News[], whole: boolean): Selection {
  return {
    choose(scope, stream) {
      const told = news.filter((one) => one.scope === scope.nativeId && one.stream === stream)
      if (!told.length && !whole) return undefined
      return { passed: told.flatMap(({ passed }) => passed), gaps: told.flatMap(({ gaps }) => gaps) }
    },
    begin: (scope, stream) => following.reading(scope.nativeId, stream),
  }
}
