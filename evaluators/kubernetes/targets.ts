// What there is in a cluster for steps to lead to: service accounts by namespace, strongest first, nodes and what runs.
import type { Runner, StepTarget } from '@/core/access'
import { push, type Account, type Cluster } from './cluster'

export const MORE: StepTarget = { kind: 'more' }
export const ADMINISTRATOR: StepTarget = { kind: 'administrator' }
const NONE: readonly StepTarget[] = []

type Stored = { name: string; target: StepTarget }
/** Runners whose pods come and go: there is a pod only while one of them runs. */
const PASSING = new Set(['kubernetes.job', 'kubernetes.cron-job'])
export type Running = {
  /** Principals of pods that run all the time, with one runner to be named. */
  sure: readonly StepTarget[]
  /** Of those that only run now and then. */
  passing: readonly StepTarget[]
  example: string
}

export class Targets {
  /** Strongest first, as are those of a namespace. */
  private readonly all: readonly StepTarget[]
  private readonly byPlace = new Map<string, StepTarget[]>()
  private readonly named = new Map<string, Account[]>()
  /** One object for each target: they are told apart by what they are, not by a text made of each. */
  private readonly known = new Map<string, StepTarget>()
  private readonly order = new Map<StepTarget, number>()
  private readonly stored = new Map<string, Stored[]>()
  private readonly running = new Map<string, Running>()
  private readonly templated = new Map<string, ReadonlyMap<string, readonly Runner[]>>()
  readonly nodes: readonly StepTarget[]

  /** @param rank how strong an account is: lower goes first */
  constructor(
    readonly cluster: Cluster,
    rank: (id: string) => number,
  ) {
    const accounts = [...cluster.accounts.values()].flat()
    const ranks = new Map(accounts.map(({ id, isJoined }) => [id, rank(id) + (isJoined ? -0.5 : 0)]))
    accounts.sort((a, b) => (ranks.get(a.id) ?? 0) - (ranks.get(b.id) ?? 0))
    this.all = accounts.map((account, at) => {
      const target = this.of(account.id)
      this.order.set(target, at)
      push(this.byPlace, account.namespace, target)
      push(this.named, account.own, account)
      return target
    })
    this.nodes = cluster.nodes.map(({ id }) => this.of(id))
    for (const { id, place, name } of cluster.secrets)
      push(this.stored, place, { name, target: { kind: 'thing', id } })
  }

  of(id: string): StepTarget {
    let target = this.known.get(id)
    if (!target) this.known.set(id, (target = { kind: 'principal', id }))
    return target
  }

  /** Service accounts of a namespace, or of all. */
  accounts(place: string | undefined): readonly StepTarget[] {
    return place === undefined ? this.all : (this.byPlace.get(place) ?? NONE)
  }

  /** Stored Secrets of a namespace, or of all. */
  *secrets(place: string | undefined): Generator<Stored> {
    if (place !== undefined) yield* this.stored.get(place) ?? []
    else for (const some of this.stored.values()) yield* some
  }

  /** Those of a name, in a namespace or in all. */
  accountsNamed(names: Iterable<string>, place: string | undefined): StepTarget[] {
    return [...names].flatMap((name) =>
      (this.named.get(name) ?? [])
        .filter(({ namespace }) => place === undefined || namespace === place)
        .map(({ id }) => this.of(id)),
    )
  }

  isPassing({ type }: Runner): boolean {
    return PASSING.has(type)
  }

  runners(place: string | undefined): readonly Runner[] {
    return place === undefined
      ? [...this.cluster.runners.values()].flat()
      : (this.cluster.runners.get(place) ?? [])
  }

  /** As whom the pods of a namespace run, or those of all. */
  runningIn(place: string | undefined): Running {
    const key = place ?? ''
    const known = this.running.get(key)
    if (known) return known
    const found = this.runningAs(this.runners(place))
    this.running.set(key, found)
    return found
  }
  runningAs(runners: readonly Runner[]): Running {
    const sure = new Set<string>()
    const passing = new Set<string>()
    for (const { type, uses } of runners)
      for (const id of uses) if (this.cluster.principals.has(id)) (PASSING.has(type) ? passing : sure).add(id)
    const last = this.all.length
    const rank = (target: StepTarget): number => this.order.get(target) ?? last
    const order = (ids: Set<string>): StepTarget[] =>
      [...ids].map((id) => this.of(id)).sort((a, b) => rank(a) - rank(b))
    for (const id of sure) passing.delete(id)
    return { sure: order(sure), passing: order(passing), example: runners[0]?.name ?? '' }
  }

  /** Runners of a kind (`Deployment`), by namespace. */
  templatesOf(kind: string): ReadonlyMap<string, readonly Runner[]> {
    const known = this.templated.get(kind)
    if (known) return known
    const found = new Map<string, Runner[]>()
    for (const [place, runners] of this.cluster.runners)
      for (const runner of runners) {
        if (!runner.aliases.some((alias) => alias.startsWith(`${kind}|`))) continue
        push(found, place, runner)
      }
    this.templated.set(kind, found)
    return found
  }
}

/** `Deployment|shop/web` → `web` */
export function ownName({ aliases, name }: Runner): string {
  const alias = aliases.find((one) => one.includes('|')) ?? name
  return alias.slice(alias.indexOf('/') + 1)
}
