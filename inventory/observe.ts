// Reads a source through its connector and stages what it says. The inventory itself is not touched.
import { collect, type Collected } from '@/core/collect'
import type { Connector } from '@/core/connector'
import type { Instant } from '@/core/fact'
import type { Limits } from '@/core/limits'
import { KINDS, type Kind } from '@/core/observation'
import { Session, type CallCount } from '@/core/session'
import type { Coverage, Transport } from '@/core/upstream'
import { db } from '@/prisma/client'
import { setTimeout as wait } from 'node:timers/promises'
import { markGoneScopes, rememberScope, type ReadBy } from './scopes'
import { stage, type Clash } from './stage'

export type ObserveAt = {
  connector: Connector
  transport: Transport
  connection: ReadBy
  runId: string
  observedAt: Instant
  signal: AbortSignal
  limits?: Partial<Limits>
  onProgress?: (progress: { phase: string; observations: number }) => Promise<void>
}
export type Observed = { calls: CallCount[]; scopes: Coverage; scopeIds: string[]; observations: number }

/** Never throws for what a source does: that is in the coverage it records. */
export async function observe(at: ObserveAt): Promise<Observed> {
  const session = new Session({
    transport: at.transport,
    signal: at.signal,
    limits: at.limits,
    sleep: (ms, signal) => wait(ms, undefined, { signal }),
    random: Math.random,
  })
  const recorder = new Recorder(at)
  for await (const event of collect(at.connector, session, at.observedAt)) await recorder.take(event)
  return { calls: session.usage(), ...recorder.result() }
}

/** Writes the events of one run down as they come. */
class Recorder {
  private readonly ids = new Map<string, string>()
  private readonly clashes = new Map<string, Clash>()
  private observations = 0
  private scopes: Coverage = { state: 'complete', gaps: [] }

  constructor(private readonly at: ObserveAt) {}

  async take(event: Collected): Promise<void> {
    const { connection, observedAt } = this.at
    switch (event.type) {
      case 'scope':
        this.ids.set(event.scope.nativeId, await rememberScope(connection, event.scope, observedAt))
        return
      case 'observations':
        return this.takeObservations(event)
      case 'coverage':
        return this.takeCoverage(event)
      case 'scopes':
        this.scopes = event.coverage
        if (event.coverage.state === 'complete' && connection.mode === 'live')
          await markGoneScopes(connection.id, [...this.ids.values()], observedAt)
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

  private async takeObservations({
    scope,
    stream,
    observations,
  }: Extract<Collected, { type: 'observations' }>) {
    const scopeId = this.idOf(scope.nativeId)
    const clashes = await stage({ runId: this.at.runId, scopeId, stream }, observations)
    for (const clash of clashes) this.clashes.set(`${scopeId} ${stream} ${clash.kind}`, clash)
    this.observations += observations.length
    const phase = `Collecting ${scope.name}: ${stream}`
    await this.at.onProgress?.({ phase, observations: this.observations })
  }

  private async takeCoverage({ scope, stream, kinds }: Extract<Collected, { type: 'coverage' }>) {
    const { runId } = this.at
    const scopeId = this.idOf(scope.nativeId)
    const counts = await db.staged.groupBy({ by: ['kind'], where: { runId, scopeId, stream }, _count: true })
    const rows = KINDS.flatMap((kind) => {
      const coverage = kinds[kind]
      if (!coverage) return []
      const count = counts.find((c) => c.kind === kind)?._count ?? 0
      return [
        { runId, scopeId, stream, kind, count, ...this.columns(this.judge(coverage, scopeId, stream, kind)) },
      ]
    })
    await db.runCoverage.createMany({ data: rows })
  }

  /** A clash makes the look partial: one of the two answers is wrong. */
  private judge(coverage: Coverage, scopeId: string, stream: string, kind: Kind): Coverage {
    const clash = this.clashes.get(`${scopeId} ${stream} ${kind}`)
    if (!clash || coverage.state === 'partial') return coverage
    const detail = `${clash.kind} ${clash.nativeId} came twice with different content`
    return { state: 'partial', why: 'malformed', permission: stream, detail, gaps: coverage.gaps }
  }

  private columns(coverage: Coverage) {
    const { state, gaps } = coverage
    if (state === 'complete') return { state, gaps }
    const { why, permission, detail } = coverage
    return { state, why, permission, detail, gaps }
  }
}
