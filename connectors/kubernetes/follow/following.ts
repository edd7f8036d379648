// The clusters of a connection, followed: what was listed once is answered from what was heard of it since. Whoever reads is
// told which of its streams may say something else now.
import { setTimeout as wait } from 'node:timers/promises'
import type { Following, News } from '@/core/connector'
import type { Instant, Why } from '@/core/fact'
import type { Observed } from '@/core/observation'
import type { CallCount } from '@/core/session'
import type { Explanation, Gap, Transport } from '@/core/upstream'
import { accountMap } from '../collect-access'
import { Refused } from '../explain'
import { askedOf, DISCOVERY, GROUPS, ISTIO, KUBECONFIG, LIST } from '../permissions'
import { bareIssuer } from '../place'
import { shapeOf } from '../object-store'
import { Clusters, Groups, Issuing, type ServiceAccount } from '../shapes'
import { KeptList, type ListNews } from './kept-list'
import { passed, streamOf, type Around } from './passing'
import type { WatchTransport } from './watch'

/** Reasons that pass by themselves. */
const PASSING: ReadonlySet<Why> = new Set<Why>(['unreachable', 'timed-out', 'throttled', 'limited'])
const ASK_AGAIN_MS = 10_000

type Params = Readonly<Record<string, unknown>>
type Reader = { scope: string; stream: string }
/** `told`: a look has been refused because of it; the next one lists anew. */
type Lost = { gap: Gap; told: boolean }
type Asked = {
  permission: string
  params: Params
  readers: Map<string, Reader>
  list?: KeptList
  lost?: Lost
}
const keyOf = (permission: string, params: Params): string =>
  JSON.stringify([permission, ...Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1))])
const nameOf = ({ scope, stream }: Reader): string => `${scope} ${stream}`

export type FollowAt = {
  transport: Transport & WatchTransport
  signal: AbortSignal
  now: () => Instant
  stallMs?: number
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>
}

export class FollowedClusters implements Following {
  private readonly asked = new Map<string, Asked>()
  /** What is no list does not change while a cluster is followed: it is asked once. */
  private readonly answers = new Map<string, unknown>()
  private readonly news = new Map<string, News>()
  private readonly refusals = new Map<string, CallCount>()
  private reader: Reader = { scope: '', stream: '' }
  private tell: () => void = () => {}

  private readonly sleep: NonNullable<FollowAt['sleep']>

  constructor(private readonly at: FollowAt) {
    this.sleep = at.sleep ?? ((ms, signal) => wait(ms, undefined, { signal }))
  }

  readonly transport: Transport = {
    send: (permission, params, signal) => this.answer(permission, params, signal),
    explain: (error) => this.at.transport.explain(error),
    close: async () => {
      for (const { list } of this.asked.values()) list?.close()
      await this.at.transport.close?.()
    },
  }

  reading(scope: string, stream: string): void {
    this.reader = { scope, stream }
  }

  async changed(signal: AbortSignal): Promise<void> {
    if (this.news.size || signal.aborted) return
    await new Promise<void>((resolve) => {
      this.tell = resolve
      signal.addEventListener('abort', () => resolve(), { once: true })
    })
  }

  pending(): boolean {
    return this.news.size > 0
  }

  take(): News[] {
    for (const asked of this.asked.values())
      if (asked.lost?.told) {
        for (const reader of asked.readers.values()) this.note(reader, { gaps: [asked.lost.gap] })
        asked.lost = undefined
        asked.list = undefined
      }
    const news = [...this.news.values()]
    this.news.clear()
    return news
  }

  refused(): CallCount[] {
    return [...this.refusals.values()]
  }

  private async answer(permission: string, params: Params, signal: AbortSignal): Promise<unknown> {
    const { continue: place, ...question } = params
    const key = keyOf(permission, question)
    if (!askedOf(permission)?.list) {
      if (!this.answers.has(key))
        this.answers.set(key, await this.at.transport.send(permission, params, signal))
      return this.answers.get(key)
    }
    const asked = this.asked.get(key) ?? { permission, params: question, readers: new Map<string, Reader>() }
    this.asked.set(key, asked)
    asked.readers.set(nameOf(this.reader), this.reader)
    if (asked.list?.kept) return asked.list.page(place, this.reader.stream === streamOf(permission))
    if (asked.lost && place === undefined) this.refuse(asked, asked.lost)
    const answer = await this.fromCluster(asked, params, signal)
    asked.list ??= this.listOf(asked)
    asked.list.take(answer, place === undefined)
    return answer
  }

  /** What was not heard of is told as such, by a whole look, before the list is read anew, which may take long. */
  private refuse({ readers }: Asked, lost: Lost): never {
    lost.told = true
    for (const reader of readers.values()) this.note(reader, {})
    throw new Refused({ why: 'limited', detail: lost.gap.detail })
  }

  private async fromCluster(asked: Asked, params: Params, signal: AbortSignal): Promise<unknown> {
    try {
      return await this.at.transport.send(asked.permission, params, signal)
    } catch (error) {
      // It may be answered later; a refusal stays one until somebody changes the role.
      if (PASSING.has(this.at.transport.explain(error)?.why ?? 'denied')) void this.askAgain(asked)
      throw error
    }
  }

  private async askAgain({ readers }: Asked): Promise<void> {
    const held = [...readers.values()]
    await this.sleep(ASK_AGAIN_MS, this.at.signal).catch(() => {})
    if (!this.at.signal.aborted) for (const reader of held) this.note(reader, {})
  }

  private listOf(asked: Asked): KeptList {
    const { permission, params } = asked
    const news: ListNews = {
      changed: () => {
        for (const reader of asked.readers.values()) this.note(reader, {})
      },
      ended: (gone) => {
        const reader = [...asked.readers.values()].find(({ stream }) => stream === streamOf(permission))
        if (reader) this.note(reader, { passed: passed(permission, gone, this.around(params, reader.scope)) })
      },
      lost: ({ since, why }) => {
        const detail = `From ${since} on changes were not followed, until it is listed anew: ${why}. What came and went in between is not seen.`
        asked.lost = { gap: { permission, why: 'limited', detail, count: 1 }, told: false }
        for (const reader of asked.readers.values()) this.note(reader, {})
      },
      refused: ({ why, detail }: Explanation) => {
        asked.list = undefined
        const name = permission.replace(/^list/, 'watch')
        this.refusals.set(name, {
          permission: name,
          ok: 0,
          refused: 1,
          why,
          detail: detail.replace('verbs: ["list"]', 'verbs: ["list", "watch"]'),
        })
      },
    }
    const { transport, ...at } = this.at
    return new KeptList(
      {
        ...at,
        permission,
        params,
        transport,
        shape: shapeOf(permission),
        metadataOnly: askedOf(permission)?.list?.metadataOnly ?? false,
        explain: (error) => transport.explain(error),
        sleep: this.sleep,
      },
      news,
    )
  }

  private note(reader: Reader, { passed = [], gaps = [] }: { passed?: Observed[]; gaps?: Gap[] }): void {
    const held = this.news.get(nameOf(reader)) ?? { ...reader, passed: [], gaps: [] }
    held.passed.push(...passed)
    held.gaps.push(...gaps)
    this.news.set(nameOf(reader), held)
    this.tell()
  }

  private hasMesh(cluster: Params): boolean {
    const groups = Groups.safeParse(this.answers.get(keyOf(GROUPS, cluster))).data?.groups ?? []
    return groups.some(({ name }) => name === ISTIO)
  }

  /** What the answers so far say of the cluster. */
  private around(params: Params, scope: string): Around {
    const cluster = { cluster: params['cluster'] }
    const all = Clusters.safeParse(this.answers.get(keyOf(KUBECONFIG, {}))).data?.clusters ?? []
    const found = all.find(({ name }) => name === params['cluster'])
    const told = Issuing.safeParse(this.answers.get(keyOf(DISCOVERY, cluster))).data?.issuer
    const issuer = found?.issuer ?? told
    const { namespace } = params
    const place = { ...cluster, ...(namespace !== undefined && { namespace }) }
    const accounts = this.asked.get(keyOf(LIST.serviceAccounts, place))?.list?.all ?? []
    return {
      cluster: {
        uid: scope.split('/')[0] ?? scope,
        addresses: found?.addresses ?? [],
        ...(issuer !== undefined && { issuer: bareIssuer(issuer) }),
        ...(found?.workloadPool !== undefined && { workloadPool: found.workloadPool }),
        ...(found?.trustDomains && { trustDomains: found.trustDomains, isInMesh: this.hasMesh(cluster) }),
      },
      accounts: accountMap([...accounts] as ServiceAccount[]),
    }
  }
}
