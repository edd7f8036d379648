// One GET to an API server over node:https: the whole answer, or a stream of it for a watch. Redirects are not followed.
import { request as plain, type ClientRequest, type IncomingMessage } from 'node:http'
import { request as secure } from 'node:https'
import type { SignedIn } from './clusters'
import { Refused, type Answer } from './explain'

/** 500 pods of a large cluster have some 15 MB. */
const BODY_BYTES_MAX = 256 * 1024 * 1024

export type Asked = { path: string; query: Readonly<Record<string, string>>; accept: string }

const urlOf = (server: string, { path, query }: Asked): URL => {
  const url = new URL(`${server.replace(/\/+$/, '')}${path}`)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url
}

/** Resolves with the head of the answer, or rejects with what kept it from coming. */
export const begin = (
  { server, options }: SignedIn,
  asked: Asked,
  signal: AbortSignal,
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const url = urlOf(server, asked)
    const headers = { ...options.headers, accept: asked.accept, 'user-agent': 'rollcall' }
    const send = url.protocol === 'http:' ? plain : secure
    const sent: ClientRequest = send(url, { ...options, method: 'GET', headers, signal })
    sent.on('response', resolve)
    sent.on('error', reject)
    sent.end()
  })

async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of message) {
    bytes += (chunk as Buffer).length
    if (bytes > BODY_BYTES_MAX) {
      message.destroy()
      throw new Refused({
        why: 'limited',
        detail: `An answer was larger than ${BODY_BYTES_MAX / 2 ** 20} MB.`,
      })
    }
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks).toString('utf8')
}

export async function send(signedIn: SignedIn, asked: Asked, signal: AbortSignal): Promise<Answer> {
  const message = await begin(signedIn, asked, signal)
  return { status: message.statusCode ?? 0, headers: message.headers, body: await textOf(message) }
}

/** The text of an answer as it comes. A refusal is read whole and thrown by `refused`. */
export async function* stream(
  signedIn: SignedIn,
  asked: Asked,
  signal: AbortSignal,
  refused: (answer: Answer) => Refused,
): AsyncGenerator<string> {
  const message = await begin(signedIn, asked, signal)
  const { statusCode = 0, headers } = message
  if (statusCode !== 200) throw refused({ status: statusCode, headers, body: await textOf(message) })
  message.setEncoding('utf8')
  for await (const chunk of message) yield chunk as string
}
