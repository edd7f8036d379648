// The only door out of a connector: names the permission, checks the shape, bounds and retries, obeys cancel, keeps count.
import type { z } from 'zod'
import { absent, known, unknown, type Fact, type Why } from './fact'
import { LIMITS, type Limits } from './limits'
import { UpstreamError, type Explanation, type Gap, type Transport } from './upstream'

type Params = Record<string, unknown>
export type SessionOptions = {
  transport: Transport
  signal: AbortSignal
  limits?: Partial<Limits>
  /** Waits; injected so that tests need no clock. Rejects when the signal aborts. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>
  /** A number in [0, 1) for jitter. */
  random: () => number
}
/** How often a permission was used and how that ended: the checklist a person sees. */
export type CallCount = {
  permission: string
  ok: number
  refused: number
  why?: Why
  detail?: string
  /** How long the source asked to wait with its last refusal, in milliseconds. */
  retryAfterMs?: number
}
type CallOptions = {
  /** Error codes by which this source says "there is none" rather than "no". */
  absentOn?: readonly string[]
}
type PageOptions<P> = {
  /** Parameters that fetch the next page, or undefined after the last. */
  next: (page: P) => Params | undefined
  /** Where a limit below that of the run is meant for this listing. */
  pagesMax?: number
}
const RETRIED: ReadonlySet<Why> = new Set<Why>(['throttled', 'timed-out', 'unreachable'])
class None extends Error {}

export class Session {
  readonly limits: Limits
  private readonly counts = new Map<string, CallCount>()
  private gaps = new Map<string, Gap>()
  private calls = 0

  constructor(private readonly options: SessionOptions) {
    this.limits = { ...LIMITS, ...options.limits }
  }

  /** Asks once and returns the answer. @throws UpstreamError when there is none to be had */
  async call<T>(permission: string, params: Params, shape: z.ZodType<T>): Promise<T> {
    const raw = await this.attempt(permission, params, [])
    return this.decode(permission, raw, shape)
  }

  /** An enrichment: a refusal becomes an unknown fact, a "none" an absent one; the stream goes on. */
  async ask<T>(
    permission: string,
    params: Params,
    shape: z.ZodType<T>,
    options: CallOptions = {},
  ): Promise<Fact<T>> {
    try {
      const raw = await this.attempt(permission, params, options.absentOn ?? [])
      return known(this.decode(permission, raw, shape), permission)
    } catch (error) {
      if (error instanceof None) return absent(permission)
      return this.refused(error)
    }
  }

  /** Every page of a listing. A page token that repeats or a limit that is reached ends it as an error. */
  async *pages<P>(
    permission: string,
    params: Params,
    shape: z.ZodType<P>,
    options: PageOptions<P>,
  ): AsyncGenerator<P> {
    yield* this.follow(permission, params, await this.call(permission, params, shape), shape, options)
  }

  /** A listing that may be refused as a whole: unknown when its first page is; later pages throw as in `pages`. */
  async tryPages<P>(
    permission: string,
    params: Params,
    shape: z.ZodType<P>,
    options: PageOptions<P>,
  ): Promise<Fact<AsyncGenerator<P>>> {
    const first = await this.ask(permission, params, shape)
    if (first.state !== 'known') return first
    return known(this.follow(permission, params, first.value, shape, options), permission)
  }

  /** All pages at once, or unknown when any of them is refused: for listings that only enrich. */
  async gather<P>(
    permission: string,
    params: Params,
    shape: z.ZodType<P>,
    options: PageOptions<P>,
  ): Promise<Fact<P[]>> {
    const pages: P[] = []
    try {
      for await (const page of this.pages(permission, params, shape, options)) pages.push(page)
      return known(pages, permission)
    } catch (error) {
      return this.refused(error)
    }
  }

  /**
   * Hands over each page and keeps none of them: for long listings of which little is wanted.
   * @returns how many there were, or unknown when any of them is refused: what was handed over is then not all
   */
  async eachPage<P>(
    permission: string,
    params: Params,
    shape: z.ZodType<P>,
    { take, ...options }: PageOptions<P> & { take: (page: P) => void },
  ): Promise<Fact<number>> {
    let count = 0
    try {
      for await (const page of this.pages(permission, params, shape, options)) {
        take(page)
        count++
      }
      return known(count, permission)
    } catch (error) {
      return this.refused(error)
    }
  }

  /** What each permission was used for so far, sorted by name. */
  usage(): CallCount[] {
    return [...this.counts.values()].sort((a, b) => a.permission.localeCompare(b.permission))
  }

  /** The gaps noted since the last call of this method. */
  drainGaps(): Gap[] {
    const gaps = [...this.gaps.values()]
    this.gaps = new Map()
    return gaps
  }

  /** Notes what a look that goes on cannot fill in, or how it came about. */
  private note({ permission, why, detail }: Omit<Gap, 'count'>): void {
    const key = `${permission} ${why}`
    const gap = this.gaps.get(key)
    if (gap) gap.count++
    else this.gaps.set(key, { permission, why, detail, count: 1 })
  }

  private async *follow<P>(
    permission: string,
    params: Params,
    first: P,
    shape: z.ZodType<P>,
    { next, pagesMax = this.limits.pagesMax }: PageOptions<P>,
  ): AsyncGenerator<P> {
    const most = Math.min(pagesMax, this.limits.pagesMax)
    const seen = new Set<string>([JSON.stringify(params)])
    let page = first
    for (let count = 1; ; count++) {
      yield page
      const more = next(page)
      if (!more) return
      if (count >= most) throw this.failed(permission, 'limited', `more than ${most} pages`)
      const asked = { ...params, ...more }
      const token = JSON.stringify(asked)
      if (seen.has(token))
        throw this.failed(permission, 'malformed', `the same page token came twice, after page ${count}`)
      seen.add(token)
      page = await this.call(permission, asked, shape)
    }
  }

  private async attempt(permission: string, params: Params, absentOn: readonly string[]): Promise<unknown> {
    for (let attempt = 1; ; attempt++) {
      this.beforeCall(permission)
      const timeout = AbortSignal.timeout(this.limits.callTimeoutMs)
      const signal = AbortSignal.any([this.options.signal, timeout])
      try {
        return await endedBy(signal, this.options.transport.send(permission, params, signal))
      } catch (error) {
        const why = this.explain(error, timeout)
        if (!why) throw error
        if (why.code !== undefined && absentOn.includes(why.code)) {
          this.count(permission).ok++
          throw new None()
        }
        const wait = this.waitMs(why, attempt)
        if (wait === undefined) throw this.failed(permission, why.why, why.detail, why.retryAfterMs)
        await this.pause(permission, wait)
      }
    }
  }

  private beforeCall(permission: string): void {
    if (this.options.signal.aborted) throw this.failed(permission, 'cancelled', 'the run was cancelled')
    if (++this.calls > this.limits.callsMax)
      throw this.failed(permission, 'limited', `more than ${this.limits.callsMax} calls in one run`)
  }

  private explain(error: unknown, timeout: AbortSignal): Explanation | undefined {
    if (this.options.signal.aborted) return { why: 'cancelled', detail: 'the run was cancelled' }
    if (timeout.aborted)
      return { why: 'timed-out', detail: `no answer within ${this.limits.callTimeoutMs} ms` }
    if (error instanceof UpstreamError) return { why: error.why, detail: error.detail }
    return this.options.transport.explain(error)
  }

  /** How long to wait before the next attempt (full jitter, never shorter than the source asks), or undefined to give up. */
  private waitMs({ why, retryAfterMs = 0 }: Explanation, attempt: number): number | undefined {
    const { attemptsMax, waitMsFirst, waitMsMax } = this.limits
    if (!RETRIED.has(why) || attempt >= attemptsMax || retryAfterMs > waitMsMax) return undefined
    const backoff = Math.min(waitMsMax, waitMsFirst * 2 ** (attempt - 1))
    return Math.max(retryAfterMs, Math.round(backoff * this.options.random()))
  }

  private async pause(permission: string, ms: number): Promise<void> {
    try {
      await this.options.sleep(ms, this.options.signal)
    } catch (error) {
      if (this.options.signal.aborted) throw this.failed(permission, 'cancelled', 'the run was cancelled')
      throw error
    }
  }

  private decode<T>(permission: string, raw: unknown, shape: z.ZodType<T>): T {
    const parsed = shape.safeParse(raw)
    if (parsed.success) {
      this.count(permission).ok++
      return parsed.data
    }
    const [issue] = parsed.error.issues
    const where = issue?.path.join('.') || 'the answer'
    throw this.failed(permission, 'malformed', `${where}: ${issue?.message ?? 'not understood'}`)
  }

  private refused(error: unknown): Fact<never> {
    if (!(error instanceof UpstreamError) || error.why === 'cancelled') throw error
    this.note(error)
    return unknown(error.why, error.permission, error.detail)
  }

  private failed(permission: string, why: Why, detail: string, retryAfterMs?: number): UpstreamError {
    const count = Object.assign(this.count(permission), { why, detail })
    count.refused++
    delete count.retryAfterMs
    if (retryAfterMs) count.retryAfterMs = Math.round(retryAfterMs)
    return new UpstreamError(why, permission, detail)
  }

  private count(permission: string): CallCount {
    const count = this.counts.get(permission) ?? { permission, ok: 0, refused: 0 }
    this.counts.set(permission, count)
    return count
  }
}

/** Ends with the signal even where the other side does not listen to it: nothing may hold up a run for ever. */
function endedBy<T>(signal: AbortSignal, sent: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    sent.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
