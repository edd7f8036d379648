// Follows changes of one kind of object: each line of a watch as what it says of the inventory, by UID. It ends with a reason,
// and never guesses: whoever follows it lists anew where the reason says so.
import { parseJson } from '@/core/parse-json'
import type { Instant } from '@/core/fact'
import type { Observation, Observed } from '@/core/observation'
import { z } from 'zod'
import type { Params } from './list'
import { endsWithObject, observedOf, shapeOf, type Seen } from './watch-objects'

export type WatchTransport = {
  /** The text of the watch as it comes; rejects as `send` does where it is refused. */
  watch: (
    permission: string,
    params: Readonly<Record<string, unknown>>,
    resourceVersion: string,
    signal: AbortSignal,
  ) => AsyncIterable<string>
}
/** What one line says, and from where a later watch goes on. A bookmark says the latter only. */
export type WatchStep = { observed: Observed[]; resourceVersion: string; initialEventsEnd?: true }
/**
 * `closed`: go on from the version; `expired`: what happened since is forgotten, list anew; `stalled`: nothing came for too
 * long, not even a bookmark, go on from the version; `malformed`: a line was not understood, list anew.
 */
export type WatchEnd = { why: 'closed' | 'expired' | 'stalled' | 'malformed'; resourceVersion: string }

export type Following = {
  transport: WatchTransport
  permission: string
  params: Params
  resourceVersion: string
  seen: Seen
  signal: AbortSignal
  /** Kubernetes sends a bookmark about once a minute: nothing for several of these means the line is dead. */
  stallMs?: number
  now: () => Instant
}
const STALL_MS = 180_000
const LINE_CHARS_MAX = 32 * 1024 * 1024
const STALLED = Symbol('stalled')
const GONE = 410

const Line = z.object({ type: z.string(), object: z.unknown() })
const Failure = z.object({ code: z.number() })
const At = z.object({
  metadata: z.object({
    uid: z.string().nullish(),
    resourceVersion: z.string().min(1),
    deletionTimestamp: z.string().nullish(),
    annotations: z.record(z.string(), z.string()).nullish(),
  }),
})
const INITIAL_END = 'k8s.io/initial-events-end'

/** @param permission of the list whose objects are followed: `watch` takes its place in the question */
export async function* follow(at: Following): AsyncGenerator<WatchStep, WatchEnd> {
  const stop = new AbortController()
  const signal = AbortSignal.any([at.signal, stop.signal])
  const watching = at.transport.watch(at.permission, at.params, at.resourceVersion, signal)
  const chunks = watching[Symbol.asyncIterator]()
  let { resourceVersion } = at
  const end = (why: WatchEnd['why']): WatchEnd => {
    stop.abort()
    return { why, resourceVersion }
  }
  for (let rest = ''; ;) {
    const next = await within(at.stallMs ?? STALL_MS, chunks.next())
    if (next === STALLED) return end('stalled')
    if (next.done) return end(rest.trim() === '' ? 'closed' : 'malformed')
    const lines = (rest + next.value).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > LINE_CHARS_MAX) return end('malformed')
    for (const line of lines) {
      if (line.trim() === '') continue
      const step = decode(line, at)
      if (typeof step === 'string') return end(step)
      resourceVersion = step.resourceVersion
      yield step
    }
  }
}

/** The promise, or a sign that it took too long. What is waited for is left to end by itself. */
function within<T>(ms: number, promise: Promise<T>): Promise<T | typeof STALLED> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<typeof STALLED>((resolve) => {
    timer = setTimeout(() => resolve(STALLED), ms)
    timer.unref()
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

/** One line of a watch, or why nothing after it can be used. */
export function decode(
  line: string,
  at: Pick<Following, 'permission' | 'seen' | 'now'>,
): WatchStep | 'expired' | 'malformed' {
  const parsed = parseJson(line)
  const event = Line.safeParse(parsed.ok ? parsed.value : undefined)
  if (!event.success) return 'malformed'
  const { type, object } = event.data
  if (type === 'ERROR') return Failure.safeParse(object).data?.code === GONE ? 'expired' : 'malformed'
  const where = At.safeParse(object)
  if (!where.success) return 'malformed'
  const { resourceVersion, deletionTimestamp, annotations, uid } = where.data.metadata
  if (type === 'BOOKMARK')
    return {
      observed: [],
      resourceVersion,
      ...(annotations?.[INITIAL_END] === 'true' && { initialEventsEnd: true as const }),
    }
  const known = shapeOf(at.permission)?.safeParse(object)
  if (uid == null || !known?.success || !['ADDED', 'MODIFIED', 'DELETED'].includes(type)) return 'malformed'
  const observed = observedOf(at.permission, known.data, at.seen)
  const when = z.iso.datetime().safeParse(deletionTimestamp).data ?? at.now()
  const { held } = at.seen
  if (type === 'DELETED') {
    held.delete(uid)
    return { observed: observed.filter(endsWithObject).map((one) => endOf(one, when)), resourceVersion }
  }
  const gone = (held.get(uid) ?? []).filter(
    (one) => endsWithObject(one) && !observed.some((other) => isSameRow(one, other)),
  )
  held.set(uid, observed)
  return { observed: [...observed, ...gone.map((one) => endOf(one, at.now()))], resourceVersion }
}

const isSameRow = (one: Observation, other: Observation): boolean =>
  one.kind === other.kind && one.nativeId === other.nativeId
const endOf = ({ kind, nativeId }: Observation, at: Instant): Observed => ({
  kind: 'ended',
  of: kind,
  nativeId,
  at,
})
