// Reads one watch line by line: each as a change of an object, decoded by the same allow-list as the list before it. It ends
// with a reason, and never guesses: whoever follows it lists anew where the reason says so.
import { parseJson } from '@/core/parse-json'
import type { Instant } from '@/core/fact'
import { z } from 'zod'

export type WatchTransport = {
  /** The text of the watch as it comes; rejects as `send` does where it is refused. */
  watch: (
    permission: string,
    params: Readonly<Record<string, unknown>>,
    resourceVersion: string,
    signal: AbortSignal,
  ) => AsyncIterable<string>
}
export type KeptObject = { metadata: { uid: string } }
/** What one line says, and from where a later watch goes on. A bookmark says the latter only. */
export type WatchStep = { resourceVersion: string } & (
  | { type: 'set'; object: KeptObject }
  | { type: 'gone'; object: KeptObject; at: Instant }
  | { type: 'bookmark' }
)
/**
 * `closed`: go on from the version; `expired`: what happened since is forgotten, list anew; `stalled`: nothing came for too
 * long, not even a bookmark, go on from the version; `malformed`: a line was not understood, list anew.
 */
export type WatchEnd = { why: 'closed' | 'expired' | 'stalled' | 'malformed'; resourceVersion: string }

export type Watching = {
  transport: WatchTransport
  /** Of the list whose objects are followed: `watch` takes its place in the question. */
  permission: string
  params: Readonly<Record<string, unknown>>
  shape: z.ZodType
  resourceVersion: string
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
  }),
})

export async function* watch(at: Watching): AsyncGenerator<WatchStep, WatchEnd> {
  const stop = new AbortController()
  const signal = AbortSignal.any([at.signal, stop.signal])
  const { transport, permission, params } = at
  const chunks = transport.watch(permission, params, at.resourceVersion, signal)[Symbol.asyncIterator]()
  let { resourceVersion } = at
  const end = (why: WatchEnd['why']): WatchEnd => ({ why, resourceVersion })
  try {
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
  } finally {
    stop.abort()
  }
}

/** The promise, or a sign that it took too long. What is waited for is left to end by itself. */
function within<T>(ms: number, promise: Promise<T>): Promise<T | typeof STALLED> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<typeof STALLED>((resolve) => {
    timer = setTimeout(() => resolve(STALLED), ms)
    timer.unref()
  })
  promise.catch(() => {})
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

/** One line of a watch, or why nothing after it can be used. */
export function decode(
  line: string,
  { shape, now }: Pick<Watching, 'shape' | 'now'>,
): WatchStep | 'expired' | 'malformed' {
  const parsed = parseJson(line)
  const event = Line.safeParse(parsed.ok ? parsed.value : undefined)
  if (!event.success) return 'malformed'
  const { type, object } = event.data
  if (type === 'ERROR') return Failure.safeParse(object).data?.code === GONE ? 'expired' : 'malformed'
  const where = At.safeParse(object)
  if (!where.success) return 'malformed'
  const { resourceVersion, deletionTimestamp, uid } = where.data.metadata
  if (type === 'BOOKMARK') return { type: 'bookmark', resourceVersion }
  const known = shape.safeParse(object)
  if (uid == null || !known.success) return 'malformed'
  const kept = known.data as KeptObject
  if (type === 'ADDED' || type === 'MODIFIED') return { type: 'set', object: kept, resourceVersion }
  if (type !== 'DELETED') return 'malformed'
  const at = z.iso.datetime().safeParse(deletionTimestamp).data ?? now()
  return { type: 'gone', object: kept, at, resourceVersion }
}
