// Runs a connector over its world: undisturbed, and once for every call in every way it can break.
import type { Collected, Selection } from '@/core/collect'
import type { Connector } from '@/core/connector'
import type { Instant } from '@/core/fact'
import type { Limits } from '@/core/limits'
import { Session } from '@/core/session'
import type { Transport } from '@/core/upstream'
import { canBeCut, faulty } from './faults'
import { collectOnce } from './look'
import { inPart, partsSeenOtherwise, type Part } from './parts'
import { apply as referenceApply, type Apply, type State } from './reference-inventory'
import { questionKey, type Question } from './replay'
import { FAULTS, type Fault, type World } from './world'

/** One question that was sent, and by which part of the look; null while scopes themselves were being listed. */
export type Call = Question & { key: string; part: Part | null; answer?: unknown }
/** `parts`: what was looked at, in its order. */
export type Run = { events: Collected[]; calls: Call[]; parts: Part[] }
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
  collect: (
    connector: Connector,
    session: Session,
    now: Instant,
    selection: Selection,
  ) => AsyncGenerator<Collected>
  apply: Apply
}
type Breaking = { call: Call; ways: readonly Fault[]; turn?: Fault | undefined; transport: () => Transport }
type RunOptions = {
  signal?: AbortSignal
  limits?: Partial<Limits>
  now?: Instant
  /** What is looked at; everything where it is left out. */
  only?: readonly Part[] | undefined
}

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
    readonly machine: Machine = { collect: collectOnce(), apply: referenceApply },
  ) {
    this.now = world.now ?? '2026-09-30T12:00:00Z'
    this.later = world.later ?? new Date(Date.parse(this.now) + 36 * 3_600_000).toISOString()
  }

  /** One look through this transport, with every call noted. */
  async run(transport: Transport, { signal, limits, now = this.now, only }: RunOptions = {}): Promise<Run> {
    const calls: Call[] = []
    const parts: Part[] = []
    let part: Part | null = null
    const noting: Transport = {
      async send(permission, params, sent) {
        const call: Call = { permission, params, key: questionKey({ permission, params }), part }
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
    const selection: Selection = {
      choose: ({ nativeId: scope }, stream) =>
        !only || only.some(inPart({ scope, stream })) ? { passed: [], gaps: [] } : undefined,
      begin: ({ nativeId: scope }, stream) => void parts.push((part = { scope, stream })),
    }
    const events: Collected[] = []
    for await (const event of this.machine.collect(this.connector, session, now, selection)) {
      events.push(event)
      if (event.type === 'coverage') part = null
    }
    return { events, calls, parts }
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
    this.faultRuns ??= this.calm().then((calm) => this.breakAll(calm, this.world.transport))
    return this.faultRuns
  }

  /** The runs in which each of these calls is broken in each of these ways. */
  async breakAll(
    calm: Run,
    transport: () => Transport,
    faults: readonly Fault[] = FAULTS,
  ): Promise<FaultRun[]> {
    const runs: FaultRun[] = []
    const askedFor = new Set<string>()
    for (const [nth, call] of chosen(calm.calls).entries()) {
      const ways = faults.filter(
        (fault) =>
          this.world.skip?.[`fault-matrix/${fault}`] === undefined &&
          (fault !== 'truncated' || canBeCut(call.answer)),
      )
      const what = `${call.permission} ${call.part?.stream}`
      const turn = askedFor.has(what) ? undefined : ways[1 + (nth % (ways.length - 1))]
      askedFor.add(what)
      runs.push(...(await this.breakCall(calm, { call, ways, turn, transport })))
    }
    return runs
  }

  /**
   * One call, broken in each of these ways. The first way is looked at in every part from the one that asks first (parts before
   * it cannot know), and so is another, in turn, the first time that a stream asks for this permission. The other ways are
   * looked at in the parts that ask, and in those that the wide looks were seen to reach.
   */
  private async breakCall(calm: Run, { call, ways, turn, transport }: Breaking): Promise<FaultRun[]> {
    const asking = calm.calls.filter(({ key }) => key === call.key).map(({ part }) => part)
    const callers = new Set(asking.map((part) => part?.scope ?? null))
    const asks = (part: Part) => asking.some((one) => one !== null && inPart(part)(one))
    const from = asking.includes(null) ? 0 : calm.parts.findIndex(asks)
    const after = calm.parts.slice(from)
    const [first, ...others] = ways
    const reached = new Set(after.filter(asks))
    const runs: FaultRun[] = []
    for (const fault of new Set([first, turn, ...others])) {
      if (!fault) continue
      const isWide = fault === first || fault === turn
      const broken = { fault, call, callers, label: `${fault} at ${call.key}` }
      try {
        const only = isWide ? after : [...reached]
        const run = await this.run(faulty(transport(), call.key, fault), { only })
        if (isWide) partsSeenOtherwise(calm, run, after).forEach((part) => reached.add(part))
        runs.push({ ...broken, run })
      } catch (crash) {
        runs.push({ ...broken, crash })
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
