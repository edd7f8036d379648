// On the way through a proxy that the environment names: what it sees, what goes past it, and what its own answers are taken for.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { explain } from './explain'
import { openHttp } from './http'

const seen: { line: string; headers: object }[] = []
let status = 403
const proxy = createServer()
proxy.on('connect', ({ method, url, headers }, socket) => {
  seen.push({ line: `${method} ${url}`, headers })
  socket.end(`HTTP/1.1 ${status} Odd\r\ncontent-length: 2\r\n\r\n{}`)
})
const http = () => openHttp()
const ask = (client: ReturnType<typeof openHttp>, url: string) =>
  client.send({
    method: 'GET',
    url: new URL(url),
    headers: { authorization: 'Bearer token-of-a-test' },
    signal: new AbortController().signal,
  })
/** No host has a name that ends so: what goes there directly fails at once. */
const NOWHERE = 'https://kv-shop-pay.vault.invalid/secrets'

beforeAll(async () => {
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`)
  vi.stubEnv('NO_PROXY', '.vault.invalid')
})
afterEach(() => void seen.splice(0))
afterAll(() => {
  vi.unstubAllEnvs()
  proxy.close()
})

test.each([403, 404, 407, 502])('a proxy that answers %i itself is no answer of the service', async (odd) => {
  status = odd
  const client = http()
  const error: unknown = await ask(client, 'https://graph.invalid/v1.0/applications').then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  client.close()
  expect(seen.map(({ line }) => line)).toEqual(['CONNECT graph.invalid:443'])
  // It is told where to connect to, and nothing else.
  expect(JSON.stringify(seen)).not.toContain('token-of-a-test')
  expect(explain(error)).toMatchObject({ why: 'unreachable', detail: expect.stringContaining(`${odd}`) })
  expect(explain(error)).not.toHaveProperty('code')
})
test('a host that NO_PROXY names is asked directly', async () => {
  const client = http()
  await expect(ask(client, NOWHERE)).rejects.toMatchObject({ syscall: 'getaddrinfo' })
  client.close()
  expect(seen).toEqual([])
})
