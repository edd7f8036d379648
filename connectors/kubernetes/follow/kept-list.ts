// One list of a cluster: taken page by page as it is read, then kept up to date by a watch, so that it answers as the cluster
// would. Where the watch cannot go on it is no longer kept, and says since when.
import { isDeepStrictEqual } from 'node:util'
import type { Instant } from '@/core/fact'
import type { Explanation } from '@/core/upstream'
import { z } from 'zod'
import { markDecoded } from '../list'
import { Interned } from './interned'
import { watch, type KeptObject, type WatchEnd, type WatchStep, type WatchTransport } from './watch'

type Params = Readonly<Record<string, unknown>>
export type ListAt = {
  permission: string
  params: Params
  shape: z.ZodType
  metadataOnly: boolean
  transport: WatchTransport
  explain: (error: unknown) => Explanation | undefined
  signal: AbortSignal
  now: () => Instant
  sleep: (ms: number, signal: AbortSignal) => Promise<void>
  stallMs?: number
}
/** What happens to a list that is kept. */
export type ListNews = {
  changed: () => void
  /** It ended; `met`: it was part of an answer since. */
  ended: (gone: { object: KeptObject; at: Instant; met: boolean }) => void
  /** What happened since is not known. */
  lost: (lost: { since: Instant; why: string }) => void
  /** It cannot be followed at all: it is listed whenever it is asked. */
  refused: (why: Explanation) => void
}

const PageHead = z.object({
  metadata: z.object({ continue: z.string().nullish(), resourceVersion: z.string().min(1) }),
  items: z.array(z.unknown()).nullable(),
})
/** Answers of a kept list need no small pages: nothing goes over the network. */
const PAGE = 5000
const AGAIN_MS_FIRST = 500
const AGAIN_MS_MAX = 8000
/** A way to the cluster that is cut for longer is told, instead of answering with what was there before. */
const TRIES_MAX = 5
const LOST: Readonly<Record<'expired' | 'malformed' | 'unreachable', string>> = {
  expired: 'the cluster forgot what happened since (410 Gone)',
  malformed: 'the watch said something that is not understood',
  unreachable: 'the cluster could not be reached',
}

export class KeptList {
  private readonly objects = new Map<string, KeptObject>()
  private readonly interned = new Interned()
  /** Not yet part of any answer. */
  private readonly unmet = new Set<string>()
  private version: string | undefined
  private whole = false
  private heard: Instant
  private snapshot: readonly KeptObject[] = []
  private readonly stop = new AbortController()

  constructor(
    private readonly at: ListAt,
    private readonly news: ListNews,
  ) {
    this.heard = at.now()
  }

  get kept(): boolean {
    return this.whole
  }
  get all(): Iterable<KeptObject> {
    return this.objects.values()
  }

  /** Takes a page as the cluster gave it. With the last one the watch begins, where all were of one state of the cluster. */
  take(answer: unknown, isFirst: boolean): void {
    const page = PageHead.safeParse(answer)
    if (!page.success) return this.forget()
    const { continue: next, resourceVersion } = page.data.metadata
    if (isFirst) this.forget()
    else if (this.version !== resourceVersion) return this.forget()
    for (const item of page.data.items ?? []) {
      const object = this.at.shape.safeParse(item)
      if (!object.success) return this.forget()
      this.keep(object.data as KeptObject)
    }
    this.version = resourceVersion
    if (!next) this.begin()
  }

  /**
   * A page of what is there now; the rest of it is as it was then, however it changes meanwhile.
   * @param meets whether whoever reads it tells of its objects one by one
   */
  page(place: unknown, meets: boolean): unknown {
    if (place === undefined) {
      this.snapshot = [...this.objects.values()]
      if (meets) this.unmet.clear()
    }
    const from = Number(place ?? 0)
    const items = this.snapshot.slice(from, from + PAGE)
    const next = from + PAGE < this.snapshot.length ? String(from + PAGE) : ''
    if (next === '') this.snapshot = []
    return {
      kind: this.at.metadataOnly ? 'PartialObjectMetadataList' : 'List',
      metadata: { continue: next },
      items,
    }
  }

  close(): void {
    this.whole = false
    this.stop.abort()
  }

  private forget(): void {
    this.objects.clear()
    this.interned.clear()
    this.version = undefined
  }

  private keep(object: KeptObject): void {
    const slim = this.interned.slim(object)
    markDecoded(slim)
    this.objects.set(slim.metadata.uid, slim)
    this.interned.tidy(this.objects.values())
  }

  private begin(): void {
    this.whole = true
    this.heard = this.at.now()
    void this.goOn()
  }

  private async goOn(): Promise<void> {
    const signal = AbortSignal.any([this.at.signal, this.stop.signal])
    for (let tries = 1; this.whole && !signal.aborted;) {
      const end = await this.watchOnce(signal)
      if (signal.aborted) return
      if (end === 'expired' || end === 'malformed') return this.lose(LOST[end])
      if (typeof end !== 'string') return this.giveUp(end)
      // Servers close a watch after some minutes, whether anything happened or not.
      if (end === 'heard') tries = 1
      else if (++tries > TRIES_MAX) return this.lose(LOST.unreachable)
      await this.at.sleep(Math.min(AGAIN_MS_MAX, AGAIN_MS_FIRST * 2 ** (tries - 1)), signal).catch(() => {})
    }
  }

  /** How the watch ended: for good, or so that it can go on from where it was, with or without anything heard. */
  private async watchOnce(
    signal: AbortSignal,
  ): Promise<'expired' | 'malformed' | 'heard' | 'silent' | Explanation> {
    const { version = '' } = this
    let heard = false
    try {
      const steps = watch({ ...this.at, resourceVersion: version, signal })
      let step: IteratorResult<WatchStep, WatchEnd>
      while (!(step = await steps.next()).done) {
        heard = true
        this.apply(step.value)
      }
      const { why } = step.value
      // A line that was silent for too long is as good as one that was closed: nothing is missed from where it was.
      return why === 'closed' || why === 'stalled' ? 'heard' : why
    } catch (error) {
      const told = this.at.explain(error)
      if (told?.code === 'Expired') return 'expired'
      if (told && (told.why === 'denied' || told.why === 'not-offered')) return told
      return heard ? 'heard' : 'silent'
    }
  }

  private apply(step: WatchStep): void {
    this.version = step.resourceVersion
    this.heard = this.at.now()
    if (step.type === 'bookmark') return
    const { object } = step
    const { uid } = object.metadata
    if (step.type === 'gone') {
      this.objects.delete(uid)
      this.news.ended({ object, at: step.at, met: !this.unmet.delete(uid) })
      return this.news.changed()
    }
    const held = this.objects.get(uid)
    if (!held) this.unmet.add(uid)
    // Most changes are of fields that are not read.
    else if (isDeepStrictEqual(held, object)) return
    this.keep(object)
    this.news.changed()
  }

  private lose(why: string): void {
    this.close()
    this.news.lost({ since: this.heard, why })
  }

  private giveUp(why: Explanation): void {
    this.close()
    this.news.refused(why)
  }
}
