// A web server on this machine that keeps what it is sent and answers as it is told.
import * as http from 'node:http'
import * as https from 'node:https'
import type { AddressInfo } from 'node:net'
import type { MadeCertificate } from './made-certificate'

export type Received = { method: string; path: string; headers: http.IncomingHttpHeaders; body: string }
export type Answering = (request: Received, response: http.ServerResponse) => void

export async function httpReceiver(tls?: MadeCertificate) {
  const received: Received[] = []
  const held: { answer: Answering } = { answer: (_, response) => response.end('ok') }
  const handle: http.RequestListener = (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request
      const one = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') }
      received.push(one)
      held.answer(one, response)
    })
  }
  const server = tls ? https.createServer(tls, handle) : http.createServer(handle)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    address: `${tls ? 'https' : 'http'}://localhost:${port}`,
    received,
    answers: (answer: Answering) => {
      held.answer = answer
      received.length = 0
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
export type HttpReceiver = Awaited<ReturnType<typeof httpReceiver>>
