import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { loopback, whereToListen } from '@/scripts/start/listen.mjs'

const servers: ReturnType<typeof createServer>[] = []

async function occupy(host: string) {
  const server = createServer().listen(0, host)
  servers.push(server)
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

test.each(['127.0.0.1', '0.0.0.0'])('a port taken on %s is passed over', async (host) => {
  const taken = await occupy(host)
  const { port } = await whereToListen({ PORT: String(taken) })
  expect(port).toBeGreaterThan(taken)
})

test('a free port is taken as wished, on the loopback interface', async () => {
  const port = await occupy('127.0.0.1')
  const server = servers.pop()!
  server.close()
  await once(server, 'close')
  expect(await whereToListen({ PORT: String(port) })).toEqual({ port, host: '127.0.0.1' })
})

test.each(['abc', '0', '70000', '80.5'])('PORT=%s is refused', async (PORT) => {
  await expect(whereToListen({ PORT })).rejects.toThrow(`PORT=${PORT} is not a port number`)
})

test('an address of another machine is refused', async () => {
  await expect(whereToListen({ HOST: '203.0.113.1' })).rejects.toThrow(
    'HOST=203.0.113.1 is not an address of this machine',
  )
})

test('a server on all interfaces is asked on the loopback one', () => {
  expect([loopback('0.0.0.0'), loopback('::'), loopback('10.1.2.3')]).toEqual([
    '127.0.0.1',
    '127.0.0.1',
    '10.1.2.3',
  ])
})
