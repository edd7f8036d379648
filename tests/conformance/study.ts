// Runs a connector over its world: undisturbed, and once for every call in every way it can break.
import { collect as coreCollect, type Collected } from '@/core/collect'
import type { Connector } from '@/core/connector'
import type { Instant } from '@/core/fact'
import type { Limits } from '@/core/limits'
import { Session } from '@/core/session'
import type { Transport } from '@/core/upstream'
import { canBeCut, faulty } from './faults'
import { apply as referenceApply, type Apply, type State } from './reference-inventory'
import { questionKey, type Question } from './replay'
import { FAULTS, type Fault, type World } from './world'

/** One question that was sent, and for which scope; null while scopes themselves were being listed. */
export type Call = Question & { key: string; scope: string | null; answer?: unknown }
export type Run = { events: Collected[]; calls: Call[] }
export type Calm = Run & { state: State }
/** A run with one call broken. `crash` is what came out instead of events. */
export type FaultRun = {
  fault: Fault
  call: Question & { key: string }
  callers: Set<string | null>
  label: string
} & ({ run: Run; crash?: undefined } | { run?: undefined; crash: unknown })
/** The parts under test, exchangeable so that the suite can be shown to catch a broken one. */
export type Machine = {
  collect: (connector: Connector, session: Session, now: Instant) => AsyncGenerator<Collected>
  apply: Apply
}
type RunOptions = { signal?: AbortSignal; limits?: Partial<Limits>; now?: Instant }

/** Up to so many distinct calls, each is broken; beyond, the first, middle and last of each permission. */
const CALLS_MAX = 150
/** Enough to go through a retry; the bounds of retrying have tests of their own. */
const ATTEMPTS_MAX = 2

export class Study {
  readonly now: Instant
  readonly later: Instant
  private calmRun?: Promise<Calm>
  private faultRuns?: Promise<FaultRun[]>

  constructor(
    readonly connector: Connector,
    readonly world: World,
    readonly machine: Machine = { collect: coreCollect, apply: referenceApply },
  ) {
    this.now = world.now ?? '2026-09-30T12:00:00Z'
    this.later = new Date(Date.parse(this.now) + 36 * 3_600_000).toISOString()
  }

  /** One look through this transport, with every call noted. */
  async run(transport: Transport, { signal, limits, now = this.now }: RunOptions = {}): Promise<Run> {
    const calls: Call[] = []
    let scope: string | null = null
    const noting: Transport = {
      async send(permission, params, sent) {
        const call: Call = { permission, params, key: questionKey({ permission, params }), scope }
        calls.push(call)
        const answer = await transport.send(permission, params, sent)
        call.answer = answer
        return answer
      },
      explain: (error) => transport.explain(error),
    }
    const session = new Session({
      transport: noting,
      signal: signal ?? new AbortController().signal,
      limits: { attemptsMax: ATTEMPTS_MAX, ...limits },
      sleep: async (_, aborted) => aborted.throwIfAborted(),
      random: () => 0.5,
    })
    const events: Collected[] = []
    const lastStream = Object.keys(this.connector.streams).at(-1)
    for await (const event of this.machine.collect(this.connector, session, now)) {
      events.push(event)
      if (event.type === 'scope') scope = event.scope.nativeId
      if (event.type === 'coverage' && event.stream === lastStream) scope = null
    }
    return { events, calls }
  }

  /** The undisturbed look, and the inventory it makes. */
  calm(): Promise<Calm> {
    this.calmRun ??= this.run(this.world.transport()).then((run) => ({
      ...run,
      state: this.machine.apply(new Map(), run.events, this.now).state,
    }))
    return this.calmRun
  }

  /** Every chosen call broken in every way that is not skipped with a reason. */
  faults(): Promise<FaultRun[]> {
    this.faultRuns ??= this.calm().then((calm) => this.breakAll(calm.calls, this.world.transport))
    return this.faultRuns
  }

  /** The runs in which each of these calls is broken in each of these ways. */
  async breakAll(
    calls: readonly Call[],
    transport: () => Transport,
    faults: readonly Fault[] = FAULTS,
  ): Promise<FaultRun[]> {
    const runs: FaultRun[] = []
    for (const call of chosen(calls)) {
      const callers = new Set(calls.filter(({ key }) => key === call.key).map(({ scope }) => scope))
      for (const fault of faults) {
        if (this.world.skip?.[`fault-matrix/${fault}`] !== undefined) continue
        if (fault === 'truncated' && !canBeCut(call.answer)) continue
        const label = `${fault} at ${call.key}`
        try {
          const run = await this.run(faulty(transport(), call.key, fault))
          runs.push({ fault, call, callers, label, run })
        } catch (crash) {
          runs.push({ fault, call, callers, label, crash })
        }
      }
    }
    return runs
  }
}

/** The calls worth breaking: each distinct one, or a sample of each permission where there are very many. */
function chosen(calls: readonly Call[]): Call[] {
  const distinct = [...new Map(calls.map((call) => [call.key, call])).values()]
  if (distinct.length <= CALLS_MAX) return distinct
  const byPermission = new Map<string, Call[]>()
  for (const call of distinct)
    byPermission.set(call.permission, [...(byPermission.get(call.permission) ?? []), call])
  return [...byPermission.values()].flatMap((of) => [
    ...new Set([of[0], of[Math.floor(of.length / 2)], of.at(-1)].filter((call) => call !== undefined)),
  ])
}
