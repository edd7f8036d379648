// One request over HTTP to an address that a person has entered. Every connection is checked where it is made, so that a
// name that leads elsewhere the second time leads nowhere; no redirect is followed; of an answer little is read and nothing kept.
import dns from 'node:dns'
import * as http from 'node:http'
import * as https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { rootCertificates } from 'node:tls'
import { parseJson } from '@/core/parse-json'
import { whyNotTo } from './addresses'
import { NotSent } from './trouble'

const ANSWER_BYTES_MAX = 64 * 1024
/** From the first step to the last byte that is read. */
export const EXCHANGE_MS = 15_000

export type Door = {
  /** PEM of an authority beside the public ones. */
  caPem?: string | undefined
  privateNetworks: boolean
}
type Request = Door & {
  url: URL
  method: 'GET' | 'POST'
  headers?: Readonly<Record<string, string>>
  body?: string
  signal: AbortSignal
  /** Left out: the answer is not read beyond its status. */
  reads?: 'json'
  timeoutMs?: number
}
export type Exchanged = {
  status: number
  /** Seconds that it asks to wait. */
  retryAfterSeconds?: number
  /** Of an answer that was read, and is JSON. */
  body?: unknown
}

/** Looks a name up, and nothing that leads where nothing is sent to. */
export const guarded =
  (door: Pick<Door, 'privateNetworks'>): LookupFunction =>
  (name, options, callback) =>
    dns.lookup(name, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, [])
      const why = found.map(({ address }) => whyNotTo(address, door)).find((one) => one !== undefined)
      const [first] = found
      if (why !== undefined || !first)
        return callback(new NotSent(`nothing is sent there: ${why ?? 'its name leads nowhere'}`), [])
      if (options.all) return callback(null, found)
      return callback(null, first.address, first.family)
    })

/** Of an address with a number; a name is checked where it is looked up. @throws NotSent */
export function ensureMayReach({ hostname }: URL, door: Pick<Door, 'privateNetworks'>): void {
  const bare = hostname.replace(/^\[|\]$/g, '')
  const why = isIP(bare) ? whyNotTo(bare, door) : undefined
  if (why !== undefined) throw new NotSent(`nothing is sent there: ${why}`)
}

/** Seconds, or an instant as HTTP writes it. */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Number(text)
  const at = text.endsWith(' GMT') ? Date.parse(text) : NaN
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now) / 1000))
}

async function readBody(answer: http.IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > ANSWER_BYTES_MAX) throw new NotSent('its answer is longer than any that is meant for us')
  }
  const parsed = parseJson(Buffer.concat(chunks).toString('utf8'))
  return parsed.ok ? parsed.value : undefined
}

/** Sends the request and waits for the head of the answer. */
function answered(request: Request, signal: AbortSignal): Promise<http.IncomingMessage> {
  const { url, method, headers, body, caPem } = request
  const secure = url.protocol === 'https:'
  const options: https.RequestOptions = {
    method,
    signal,
    // A connection of its own: nothing is left open, and each is checked.
    agent: false,
    lookup: guarded(request),
    headers: {
      'user-agent': 'Rollcall',
      ...(body !== undefined && {
        'content-type': 'application/json; charset=utf-8',
        'content-length': String(Buffer.byteLength(body)),
      }),
      ...headers,
    },
    ...(secure && caPem !== undefined && { ca: [...rootCertificates, caPem] }),
  }
  return new Promise((resolve, reject) => {
    const sent = (secure ? https : http).request(url, options)
    sent.on('error', reject)
    sent.on('response', resolve)
    sent.end(body)
  })
}

/** @throws what went wrong on the way, for `troubleWords` */
export async function exchange(request: Request): Promise<Exchanged> {
  ensureMayReach(request.url, request)
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(request.timeoutMs ?? EXCHANGE_MS)])
  const answer = await answered(request, signal)
  try {
    const status = answer.statusCode ?? 0
    const wait = retryAfter(answer.headers['retry-after'], Date.now())
    const body = request.reads === 'json' ? await readBody(answer) : undefined
    return {
      status,
      ...(wait !== undefined && { retryAfterSeconds: wait }),
      ...(body !== undefined && { body }),
    }
  } finally {
    answer.destroy()
  }
}
