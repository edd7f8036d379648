import { once } from 'node:events'
import { type AddressInfo, type Server, type Socket, createServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { checkExternal } from '@/scripts/database/connection.mjs'
import { describe as explain } from '@/scripts/setup/failure.mjs'

let server: Server | undefined
afterEach(() => server?.close())

/** A message of PostgreSQL's protocol: its letter, its length, its parts. */
function message(letter: string, ...parts: Buffer[]) {
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(5, letter)
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}
const text = (value: string) => Buffer.from(`${value}\0`)
const int16 = (value: number) => Buffer.from([value >> 8, value & 255])
const int32 = (value: number) => Buffer.concat([int16(value >>> 16), int16(value & 0xffff)])

const refusal = (code: string, why: string) =>
  message('E', text('SFATAL'), text(`C${code}`), text(`M${why}`), Buffer.alloc(1))
const READY = message('Z', Buffer.from('I'))

function answerVersion(socket: Socket, version: number) {
  const column = Buffer.concat([text('number'), int32(0), int16(0), int32(23), int16(4), int32(-1), int16(0)])
  const value = Buffer.from(String(version))
  const row = message('D', int16(1), int32(value.length), value)
  socket.write(Buffer.concat([message('T', int16(1), column), row, message('C', text('SELECT 1')), READY]))
}

/** A server that says only as much PostgreSQL as a start needs to hear. */
async function pretend(onStart: (socket: Socket) => void, version = 0) {
  server = createServer((socket) => {
    socket.once('data', () => {
      socket.on('data', () => answerVersion(socket, version))
      onStart(socket)
    })
    socket.on('error', () => {})
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `postgresql://ada:secret@127.0.0.1:${(server.address() as AddressInfo).port}/inventory`
}

const whyNot = (url: string) => checkExternal(url).then(() => 'accepted', explain)
const accept = (socket: Socket) => void socket.write(Buffer.concat([message('R', int32(0)), READY]))

test('no server', async () => {
  const why = await whyNot('postgresql://ada:secret@127.0.0.1:1/inventory')
  expect(why).toContain('DATABASE_URL: the server at 127.0.0.1:1 does not answer')
  expect(why).not.toContain('secret')
})

test.each(['mysql://x/y', 'inventory', 'postgresql://host', ''])('%j is no address', async (url) => {
  expect(await whyNot(url)).toContain('is not the address of a PostgreSQL database')
})

test('wrong password', async () => {
  const url = await pretend((socket) => socket.end(refusal('28P01', 'password authentication failed')))
  expect(await whyNot(url)).toMatch(/refused user "ada".*\nCheck user and password/)
})

test('missing database', async () => {
  const url = await pretend((socket) => socket.end(refusal('3D000', 'database "inventory" does not exist')))
  expect(await whyNot(url)).toMatch(/has no database "inventory".*\nCreate it, for example with: createdb/)
})

test('a server that is starting is waited for', async () => {
  let asked = 0
  const url = await pretend((socket) => {
    if (asked++ === 0) socket.end(refusal('57P03', 'the database system is starting up'))
    else accept(socket)
  }, 160_000)
  expect(await whyNot(url)).toBe('accepted')
})

test.each([
  [140_012, 'that server is PostgreSQL 14; Rollcall needs 15 or newer'],
  [150_000, 'accepted'],
])('version %i', async (version, expected) => {
  expect(await whyNot(await pretend(accept, version))).toContain(expected)
})
