// A small store of objects on this machine: puts, parts, reads; and it refuses, cuts or keeps waiting as a test tells it.
import { createHash } from 'node:crypto'
import * as http from 'node:http'
import type { AddressInfo } from 'node:net'

export const STORE_KEYS = { accessKey: 'store-access-key', secretKey: 'store-secret-key-of-tests' }
export const BUCKET = 'evidence'

/** What is asked, such as `PUT`, `part`, `begin`, `complete`, `GET`, `HEAD`, `DELETE`, `uploads`, `abort`. */
type Asked = {
  what: string
  key: string
  times: number
  response: http.ServerResponse
  socket: http.IncomingMessage['socket']
}
/** @returns true where it has answered by itself, or never will */
type Meddling = (asked: Asked) => boolean

const xml = (text: string) => `<?xml version="1.0" encoding="UTF-8"?>${text}`
export const refuse = (response: http.ServerResponse, status: number, code: string): true => {
  response.writeHead(status, { 'content-type': 'application/xml' })
  response.end(xml(`<Error><Code>${code}</Code><Message>secret words of a store</Message></Error>`))
  return true
}

async function bodyOf(request: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const whatOf = (method: string, query: URLSearchParams): string => {
  if (method === 'PUT') return query.has('partNumber') ? 'part' : 'PUT'
  if (method === 'POST') return query.has('uploads') ? 'begin' : 'complete'
  if (method === 'DELETE') return query.has('uploadId') ? 'abort' : 'DELETE'
  return method === 'GET' && query.has('uploads') ? 'uploads' : method
}

class Held {
  objects = new Map<string, Buffer>()
  halves = new Map<string, { key: string; parts: Map<number, Buffer> }>()
  asked: string[] = []
  meddle: Meddling = () => false

  answer(
    what: string,
    key: string,
    query: URLSearchParams,
    body: Buffer,
    response: http.ServerResponse,
  ): void {
    const id = query.get('uploadId') ?? ''
    const etag = `"${createHash('md5').update(body).digest('hex')}"`
    if (what === 'PUT') {
      this.objects.set(key, body)
      response.writeHead(200, { etag }).end()
    } else if (what === 'begin') {
      const made = `upload-${this.halves.size + 1}`
      this.halves.set(made, { key, parts: new Map() })
      response.end(
        xml(`<InitiateMultipartUploadResult><UploadId>${made}</UploadId></InitiateMultipartUploadResult>`),
      )
    } else if (what === 'part') {
      this.halves.get(id)?.parts.set(Number(query.get('partNumber')), body)
      response.writeHead(200, { etag }).end()
    } else if (what === 'complete') {
      const parts = [...(this.halves.get(id)?.parts ?? [])].sort(([a], [b]) => a - b)
      this.objects.set(key, Buffer.concat(parts.map(([, part]) => part)))
      this.halves.delete(id)
      response.end(xml('<CompleteMultipartUploadResult><ETag>"x"</ETag></CompleteMultipartUploadResult>'))
    } else if (what === 'abort' || what === 'DELETE') {
      if (what === 'abort') this.halves.delete(id)
      else this.objects.delete(key)
      response.writeHead(204).end()
    } else this.read(what, key, response)
  }

  private read(what: string, key: string, response: http.ServerResponse): void {
    if (what === 'uploads') {
      const rows = [...this.halves].map(
        ([id, half]) => `<Upload><Key>${half.key}</Key><UploadId>${id}</UploadId></Upload>`,
      )
      response.end(xml(`<ListMultipartUploadsResult>${rows.join('')}</ListMultipartUploadsResult>`))
      return
    }
    const found = this.objects.get(key)
    if (!found) return void refuse(response, 404, 'NoSuchKey')
    response.writeHead(200, { 'content-length': String(found.length) })
    response.end(what === 'HEAD' ? undefined : found)
  }
}

export async function objectStore() {
  const held = new Held()
  const server = http.createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', 'http://store')
      const [, bucket = '', ...rest] = decodeURIComponent(url.pathname).split('/')
      const what = whatOf(request.method ?? '', url.searchParams)
      const key = rest.join('/')
      held.asked.push(what)
      const times = held.asked.filter((one) => one === what).length
      if (held.meddle({ what, key, times, response, socket: request.socket })) return
      const body = await bodyOf(request)
      const isOurs = request.headers.authorization?.includes(`Credential=${STORE_KEYS.accessKey}/`)
      if (!isOurs) return void refuse(response, 403, 'InvalidAccessKeyId')
      if (bucket !== BUCKET) return void refuse(response, 404, 'NoSuchBucket')
      held.answer(what, key, url.searchParams, body, response)
    })().catch(() => request.socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    held,
    settings: {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      bucket: BUCKET,
      pathStyle: true,
      privateNetworks: true,
      plain: true,
      ...STORE_KEYS,
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
export type ObjectStore = Awaited<ReturnType<typeof objectStore>>
