// Reads a source through its connector and stages what it says. The inventory itself is not touched.
import { collect, type Check, type Collected, type Holds, type Selection } from '@/core/collect'
import type { Connector } from '@/core/connector'
import type { Instant } from '@/core/fact'
import type { Limits } from '@/core/limits'
import { KINDS, type Kind } from '@/core/observation'
import { Session, type CallCount } from '@/core/session'
import type { Coverage, Transport } from '@/core/upstream'
import { db } from '@/prisma/client'
import { setTimeout as wait } from 'node:timers/promises'
import { markGoneScopes, rememberScope, type ReadBy } from './scopes'
import { settleRepeats } from './staging/settle-repeats'
import { HeldRows } from './staging/held-rows'
import { holdsBelow } from './staging/holds-below'
import { loadHeld, type Held } from './staging/load-held'
import { sift, type Sifted } from './staging/sift'
import { stage, stageEnd } from './staging/stage'
import { createStaging } from './staging/table'

export type ObserveAt = {
  connector: Connector
  transport: Transport
  connection: ReadBy
  runId: string
  observedAt: Instant
  signal: AbortSignal
  limits?: Partial<Limits>
  /** Set where not everything is read: only those streams are, and the list of scopes says nothing of what is gone. */
  selection?: Selection
  /** Ids of scopes that this run has noted before: they are not noted again with each look. */
  scopeIds?: Map<string, string>
  onProgress?: (progress: { phase: string; observations: number }) => Promise<void>
  /** Called when a scope was read as far as it could be: it may be applied while the next one is read. */
  onScope?: (scopeId: string) => Promise<void>
}
export type Reading = { calls: CallCount[]; scopes: Coverage; scopeIds: string[]; observations: number }

/** Never throws for what a source does: that is in the coverage it records. */
export async function observe(at: ObserveAt): Promise<Reading> {
  const session = new Session({
    transport: at.transport,
    signal: at.signal,
    limits: at.limits,
    sleep: (ms, signal) => wait(ms, undefined, { signal }),
    random: Math.random,
  })
  const recorder = new Recorder(at)
  const { connector, observedAt, selection } = at
  const { check, holds } = recorder
  for await (const event of collect(connector, session, observedAt, check, selection, holds))
    await recorder.take(event)
  return { calls: session.usage(), ...recorder.result() }
}

/** A type that no identity is of: what belongs to none. */
const NO_IDENTITY = '-'
const nameOf = (stream: string, kind: Kind) => `${stream} ${kind}`

/** Writes the events of one run down as they come. */
class Recorder {
  private readonly ids: Map<string, string>
  /** What the scope that is being read holds. */
  private held: Held = { rows: new HeldRows([]), at: new Date().toISOString() }
  /** The kinds, by stream, that were seen whole in it. */
  private complete = new Set<string>()
  private counts = new Map<string, number>()
  private observations = 0
  private scopes: Coverage = { state: 'complete', gaps: [] }

  constructor(private readonly at: ObserveAt) {
    this.ids = at.scopeIds ?? new Map<string, string>()
  }

  readonly check: Check<Sifted> = async ({ scope, stream, batch }) =>
    sift({ scopeId: this.idOf(scope.nativeId), stream }, batch, this.held.rows)

  readonly holds: Holds = async ({ scope, ...part }) =>
    await holdsBelow({ ...part, scopeId: this.idOf(scope.nativeId) })

  async take(event: Collected<Sifted>): Promise<void> {
    switch (event.type) {
      case 'scope':
        return this.takeScope(event)
      case 'observations':
        return this.takeObservations(event)
      case 'coverage':
        return this.takeCoverage(event)
      case 'read':
        return this.takeRead(this.idOf(event.scope.nativeId))
      case 'scopes':
        return this.takeScopes(event)
    }
  }

  result() {
    return { scopes: this.scopes, scopeIds: [...this.ids.values()], observations: this.observations }
  }

  private idOf(nativeId: string): string {
    const id = this.ids.get(nativeId)
    if (!id) throw new Error(`scope ${nativeId} was not announced`)
    return id
  }

  private async takeScope({ scope }: Extract<Collected, { type: 'scope' }>) {
    const { connection, observedAt, runId } = this.at
    const noted = this.ids.get(scope.nativeId)
    const scopeId = noted ?? (await rememberScope(connection, scope, observedAt))
    this.ids.set(scope.nativeId, scopeId)
    await createStaging({ runId, scopeId })
    this.held = await loadHeld(scopeId)
    this.complete = new Set()
    this.counts = new Map()
  }

  private async takeRead(scopeId: string) {
    const { runId, onScope } = this.at
    await settleRepeats(runId, scopeId)
    const { rows: held, at } = this.held
    const complete = ({ stream, kind }: { stream: string; kind: Kind }) =>
      this.complete.has(nameOf(stream, kind))
    await stageEnd({ runId, scopeId }, { held, complete, at })
    this.held = { rows: new HeldRows([]), at }
    await onScope?.(scopeId)
  }

  private async takeObservations(event: Extract<Collected<Sifted>, { type: 'observations' }>) {
    const { scope, stream, observations: sifted } = event
    const rows = sifted.flatMap(({ row, staged }) => (staged ? [row] : []))
    await stage({ runId: this.at.runId, scopeId: this.idOf(scope.nativeId) }, rows)
    for (const { row, counted } of sifted) {
      const name = nameOf(stream, row.kind)
      if (counted) this.counts.set(name, (this.counts.get(name) ?? 0) + 1)
    }
    this.observations += sifted.length
    const phase = `Collecting ${scope.name}: ${stream}`
    await this.at.onProgress?.({ phase, observations: this.observations })
  }

  private async takeCoverage({ scope, stream, kinds }: Extract<Collected, { type: 'coverage' }>) {
    const { runId } = this.at
    const scopeId = this.idOf(scope.nativeId)
    const rows = KINDS.flatMap((kind) => {
      const coverage = kinds[kind]
      const count = this.counts.get(nameOf(stream, kind)) ?? 0
      if (coverage?.state === 'complete') this.complete.add(nameOf(stream, kind))
      return coverage
        ? [{ runId, scopeId, stream, kind, count, ...this.aboutOf(stream, kind), ...columnsOf(coverage) }]
        : []
    })
    // A run that follows its source looks at a stream many times: what it says is the newest look.
    if (this.at.selection) await db.runCoverage.deleteMany({ where: { runId, scopeId, stream } })
    await db.runCoverage.createMany({ data: rows })
  }

  /** Types of whom the rows can be about; nothing where it can be anybody. */
  private aboutOf(stream: string, kind: Kind): { about: string[]; bears: string[] } {
    const about = this.at.connector.streams[stream]?.about ?? {}
    const types: Partial<Record<Kind, readonly string[]>> = about
    const bearing = kind === 'identity' || kind === 'issuer'
    return {
      about: types[kind]?.length === 0 ? [NO_IDENTITY] : [...(types[kind] ?? [])],
      bears: bearing && about.keys ? [...about.keys] : ['*'],
    }
  }

  private async takeScopes({ coverage }: Extract<Collected, { type: 'scopes' }>) {
    const { connection, observedAt, selection } = this.at
    this.scopes = coverage
    if (coverage.state === 'complete' && connection.mode === 'live' && !selection)
      await markGoneScopes(connection.id, [...this.ids.values()], observedAt)
  }
}

function columnsOf(coverage: Coverage) {
  const { state, gaps } = coverage
  if (state === 'complete') return { state, gaps }
  const { why, permission, detail } = coverage
  return { state, why, permission, detail, gaps }
}
