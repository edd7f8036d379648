// One request over HTTP and its answer as JSON. Follows no redirect: the token would go along to wherever it points.
import { parseJson } from '@/core/parse-json'
import { Trouble } from './explain'

type Asked = {
  method: 'GET' | 'POST'
  url: URL
  headers: Record<string, string>
  body?: unknown
  signal: AbortSignal
}
export type Answer = { status: number; body: unknown; retryAfterMs: number | undefined }

/** Far above any page that is asked for. What is larger is told as a limit, and never held whole. */
const ANSWER_BYTES_MAX = 64 * 1024 * 1024

async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  const chunks: string[] = []
  let bytes = 0
  const reader = response.body?.getReader()
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    bytes += part.value.length
    if (bytes > ANSWER_BYTES_MAX)
      throw new Trouble({
        why: 'limited',
        detail: `The answer is larger than ${ANSWER_BYTES_MAX / 1024 / 1024} MB.`,
      })
    chunks.push(decoder.decode(part.value, { stream: true }))
  }
  return chunks.join('') + decoder.decode()
}

function waitOf(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? '')
  return response.headers.has('retry-after') && Number.isFinite(seconds) && seconds >= 0
    ? seconds * 1000
    : undefined
}

export async function sendHttp({ method, url, headers, body, signal }: Asked): Promise<Answer> {
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    signal,
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const parsed = parseJson(await textOf(response))
  if (response.ok && !parsed.ok)
    throw new Trouble({ why: 'malformed', detail: 'The answer is not JSON, or was cut short.' })
  return {
    status: response.status,
    body: parsed.ok ? parsed.value : undefined,
    retryAfterMs: waitOf(response),
  }
}
