// A source whose answers a test scripts: goes through the real collect, stage, reconcile and evaluate.
import { defineConnector, type About, type Connector } from '@/core/connector'
import { absent, known, unknown, type Fact, type Instant } from '@/core/fact'
import type { Ended, Kind, Observed, Of } from '@/core/observation'
import { UpstreamError, type Transport } from '@/core/upstream'
import type { JobName } from '@/core/jobs'
import { applyRun, type Applied } from '@/inventory/apply'
import { observe } from '@/inventory/observe'
import { db } from '@/prisma/client'

/** What one stream does in one look: yields these, then returns, or throws with a reason. */
export type Script = {
  observations: Observed[]
  fails?: UpstreamError
  lacking?: { kinds: Kind[]; why: Fact<never> }
  /** How the ids of what could not be looked at begin. */
  unlooked?: { kinds: Kind[]; beginnings: string[] }
  about?: About
  /** What it looks at, where that is not the usual. */
  kinds?: Kind[]
}
export type Look = {
  at: Instant
  scopes?: string[]
  scopesFail?: UpstreamError
  streams: Record<string, Script>
}

/** All that the scripted source looks at. */
export const LOOKED: Kind[] = [
  'identity',
  'credential',
  'grant',
  'entitlement',
  'trust',
  'owner-hint',
  'workload',
  'usage',
]
const transport: Transport = {
  send: () => Promise.reject(new Error('a scripted source asks nothing')),
  explain: () => undefined,
}

const connectorOf = (look: Look): Connector =>
  defineConnector({
    manifest: {} as Connector['manifest'],
    open: () => transport,
    openFile: () => Promise.reject(new Error('no files')),
    async *scopes() {
      for (const nativeId of look.scopes ?? ['s1']) yield { nativeId, name: nativeId, type: 'demo.account' }
      if (look.scopesFail) throw look.scopesFail
    },
    streams: Object.fromEntries(
      Object.entries(look.streams).map(([name, script]) => [
        name,
        {
          kinds: script.kinds ?? LOOKED,
          ...(script.about && { about: script.about }),
          async *collect({ lacking, unlooked }) {
            if (script.lacking) lacking(script.lacking.kinds, script.lacking.why)
            if (script.unlooked) unlooked(script.unlooked.kinds, script.unlooked.beginnings, IS_OFF)
            yield* script.observations
            if (script.fails) throw script.fails
          },
        },
      ]),
    ),
  })

const IS_OFF = unknown('unreachable', 'demo:List', 'it is off')

export const refused = (why: 'denied' | 'throttled' = 'denied') =>
  new UpstreamError(why, 'demo:List', 'refused')

export async function connection(mode: 'live' | 'import' | 'sample' = 'live') {
  const row = await db.connection.create({
    data: {
      connectorId: 'demo',
      name: `demo ${Math.random()}`,
      mode,
      settings: Buffer.from('x'),
      intervalMinutes: 60,
      createdBy: 'test',
    },
  })
  return { id: row.id, connectorId: 'demo', mode }
}

/** Starts a run and observes, without applying it. */
export async function observeLook(to: Awaited<ReturnType<typeof connection>>, look: Look): Promise<string> {
  const run = await db.run.create({
    data: {
      connectionId: to.id,
      trigger: 'test',
      requestedBy: 'test',
      startedAt: look.at,
      observedAt: look.at,
    },
  })
  await observe({
    connector: connectorOf(look),
    transport,
    connection: to,
    runId: run.id,
    observedAt: look.at,
    signal: new AbortController().signal,
  })
  return run.id
}

/** One whole look: observed and applied. Returns what changed and which jobs follow. */
export async function takeLook(
  to: Awaited<ReturnType<typeof connection>>,
  look: Look,
): Promise<Applied & { runId: string; jobs: JobName[] }> {
  const runId = await observeLook(to, look)
  const jobs: JobName[] = []
  const applied = await applyRun({
    runId,
    send: async (_tx, name) => {
      jobs.push(name)
    },
  })
  return { ...applied, runId, jobs }
}

const SOURCE = 'demo:List'
export const identity = (nativeId: string, more: Partial<Of<'identity'>> = {}): Of<'identity'> => ({
  kind: 'identity',
  nativeId,
  aliases: [],
  type: 'demo.robot',
  name: nativeId,
  class: 'machine',
  classReason: 'It is a robot.',
  createdAt: known('2026-01-01T00:00:00.000Z', SOURCE),
  enabled: known(true, SOURCE),
  lastUsedAt: absent(SOURCE),
  description: absent(SOURCE),
  maxSessionSeconds: unknown('not-offered', SOURCE),
  tags: absent(SOURCE),
  ...more,
})
export const credential = (
  nativeId: string,
  of: string,
  more: Partial<Of<'credential'>> = {},
): Of<'credential'> => ({
  kind: 'credential',
  nativeId,
  identity: known(of, SOURCE),
  type: 'demo.key',
  form: 'static-key',
  name: nativeId,
  createdAt: known('2026-01-01T00:00:00.000Z', SOURCE),
  rotatedAt: absent(SOURCE),
  expiresAt: absent(SOURCE),
  lastUsedAt: known('2026-06-01T00:00:00.000Z', SOURCE),
  lastUsedWhere: absent(SOURCE),
  enabled: known(true, SOURCE),
  ...more,
})
/** A stored secret that was made and never rotated, and that nobody knows the readers of. */
export const secret = (nativeId: string, more: Partial<Of<'secret'>> = {}): Of<'secret'> => ({
  kind: 'secret',
  nativeId,
  type: 'demo.secret',
  name: nativeId,
  createdAt: known('2026-01-01T00:00:00.000Z', SOURCE),
  rotatedAt: absent(SOURCE),
  lastReadAt: unknown('not-offered', SOURCE),
  expiresAt: absent(SOURCE),
  rotates: known(false, SOURCE),
  ...more,
})
export const grant = (nativeId: string, of: string, more: Partial<Of<'grant'>> = {}): Of<'grant'> => ({
  kind: 'grant',
  nativeId,
  identity: of,
  entitlement: 'e1',
  entitlementName: 'reader',
  effect: 'allow',
  via: 'attached',
  ...more,
})
export const ended = (of: Kind, nativeId: string, at: Instant): Ended => ({ kind: 'ended', of, nativeId, at })
