// One request over HTTP and its answer as JSON. Follows no redirect: the token would go along to wherever it points.
import * as http from 'node:http'
import * as https from 'node:https'
import { parseJson } from '@/core/parse-json'
import { Trouble } from './explain'
import { proxied, refuseProxyAnswers } from './proxied'

type HttpRequest = {
  method: 'GET' | 'POST'
  url: URL
  headers: Record<string, string>
  body?: unknown
  signal: AbortSignal
}
export type HttpAnswer = { status: number; headers: http.IncomingHttpHeaders; body: unknown }
export type Http = { send(request: HttpRequest): Promise<HttpAnswer>; close(): void }

/** Below the session's own limit for one call, so that it can be said what timed out. */
const IDLE_MS = 25_000
/** Far more than any page: what is larger is told as a limit, and never held whole. */
const ANSWER_BYTES_MAX = 64 * 1024 * 1024

const failure = (why: 'limited' | 'malformed' | 'timed-out', detail: string): Trouble =>
  new Trouble({ why, detail })

/** The answer as it comes, up to the limit. */
function readAnswer(
  response: http.IncomingMessage,
  done: { resolve: (answer: HttpAnswer) => void; reject: (error: Error) => void },
): void {
  const chunks: Buffer[] = []
  let bytes = 0
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > ANSWER_BYTES_MAX)
      response.destroy(failure('limited', `The answer is larger than ${ANSWER_BYTES_MAX / 1024 / 1024} MB.`))
  })
  response.on('error', done.reject)
  response.on('end', () => {
    const { statusCode = 0, headers } = response
    const parsed = parseJson(Buffer.concat(chunks).toString('utf8'))
    const success = statusCode >= 200 && statusCode < 300
    if (success && !parsed.ok)
      return done.reject(failure('malformed', 'The answer is not JSON, or was cut short.'))
    done.resolve({ status: statusCode, headers, body: parsed.ok ? parsed.value : undefined })
  })
}

/** Where a request really goes: another place in tests alone. */
export type Route = (url: URL) => URL

export function openHttp(route: Route = (url) => url, idleMs = IDLE_MS): Http {
  const agents = {
    'https:': new https.Agent({ keepAlive: true }),
    'http:': new http.Agent({ keepAlive: true }),
  }
  const proxy = proxied()
  return {
    async send({ method, url, headers, body, signal }) {
      const to = route(url)
      const secure = to.protocol === 'https:'
      const through = secure ? await proxy(to) : undefined
      return await new Promise((resolve, reject) => {
        const text = body === undefined ? undefined : JSON.stringify(body)
        const sent = (secure ? https : http).request(to, {
          method,
          agent: through ?? agents[secure ? 'https:' : 'http:'],
          signal,
          headers: {
            accept: 'application/json',
            ...(text !== undefined && {
              'content-type': 'application/json',
              'content-length': String(Buffer.byteLength(text)),
            }),
            ...headers,
          },
        })
        sent.setTimeout(idleMs, () => sent.destroy(failure('timed-out', 'No answer came in time.')))
        refuseProxyAnswers(sent)
        sent.on('error', reject)
        sent.on('response', (response) => readAnswer(response, { resolve, reject }))
        sent.end(text)
      })
    },
    close: () => {
      agents['https:'].destroy()
      agents['http:'].destroy()
    },
  }
}
