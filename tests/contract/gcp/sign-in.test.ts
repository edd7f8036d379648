// Signing in through the real library, with no key of anybody: the metadata server, and a key that is made for the test. What
// proves who one is comes out nowhere: not in rows, not in words about what went wrong, not on the console.
import { generateKeyPairSync } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import gcp from '@/connectors/gcp/collect'
import { openClient } from '@/connectors/gcp/client'
import { GcpSettings } from '@/connectors/gcp/settings'
import { collect, type Collected } from '@/core/collect'
import type { Connector } from '@/core/connector'
import { Session } from '@/core/session'
import { ORG } from './estate'
import { contractServer, STRAY, TOKENS, type Contract } from './server'

const NOW = '2026-09-30T12:00:00Z'
const READER = 'rollcall@brook-tools.iam.gserviceaccount.com'
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const PRIVATE = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
/** The middle of it: no header that any key has. */
const SECRET_PART = PRIVATE.split('\n')[5] ?? ''

let server: Contract
let printed: string[] = []
beforeEach(async () => {
  server = await contractServer()
  server.publicKeys.set(READER, pair.publicKey)
  printed = []
  const keep = (...parts: unknown[]) => void printed.push(parts.map(String).join(' '))
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, method).mockImplementation(keep)
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      keep(chunk)
      return true
    })
  vi.stubEnv('GCE_METADATA_HOST', server.url.replace('http://', ''))
})
afterEach(async () => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  await server.close()
})

async function look(login: object, more: object = {}) {
  const settings = GcpSettings.parse({ resources: [ORG], login, ...more })
  const session = new Session({
    transport: openClient(settings, { local: server.url }),
    signal: new AbortController().signal,
    sleep: async () => undefined,
    random: () => 0,
  })
  const events: Collected[] = []
  for await (const event of collect(gcp as unknown as Connector, session, NOW)) events.push(event)
  const accounts = events.flatMap((event) =>
    event.type === 'observations' && event.stream === 'service-accounts' ? event.observations : [],
  )
  return {
    accounts: accounts.filter(({ kind }) => kind === 'identity').length,
    listed: events.find((event) => event.type === 'scopes')?.coverage,
    told: JSON.stringify([events, session.usage(), printed]),
  }
}

const expectNothingTold = (told: string) => {
  for (const secret of [...TOKENS, SECRET_PART, 'PRIVATE KEY', 'eyJhbGciOi'])
    expect(told).not.toContain(secret)
}
const keyFile = (privateKey: string) =>
  JSON.stringify({
    type: 'service_account',
    project_id: 'brook-tools',
    private_key_id: '0123456789abcdef0123456789abcdef01234567',
    private_key: privateKey,
    client_email: READER,
    token_uri: `${server.url}${STRAY}/token`,
    auth_uri: `${server.url}${STRAY}/auth`,
  })

describe('the metadata server', () => {
  test('gives the token, once, and it is told nowhere', async () => {
    const { accounts, told } = await look({ method: 'metadata' })
    expect(server.given).toEqual({ exchanged: 0, impersonated: 0, metadata: 1, keyed: 0 })
    expect(accounts).toBe(4)
    expectNothingTold(told)
  })
  test('lets the machine act as a service account', async () => {
    const { accounts, told } = await look({ method: 'metadata' }, { impersonate: READER })
    expect(server.given).toMatchObject({ impersonated: 1, metadata: 1 })
    expect(accounts).toBe(4)
    expectNothingTold(told)
  })
  test('that does not say it is one is not believed', async () => {
    server.isMetadataServer = false
    const { listed, told } = await look({ method: 'metadata' })
    expect(listed).toMatchObject({ state: 'partial', why: 'denied', permission: 'sign-in' })
    expect(server.asked).toEqual([])
    expectNothingTold(told)
  })
})

describe('a key file', () => {
  test('signs a claim for a token; addresses in it are not followed', async () => {
    const { accounts, told } = await look({ method: 'key', keyFile: keyFile(PRIVATE) })
    expect(server.given).toEqual({ exchanged: 0, impersonated: 0, metadata: 0, keyed: 1 })
    expect(accounts).toBe(4)
    expect(server.strayed).toEqual([])
    expectNothingTold(told)
  })
  test('whose key was taken back ends the look, and tells neither claim nor key', async () => {
    server.publicKeys.set(READER, generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey)
    const { accounts, listed, told } = await look({ method: 'key', keyFile: keyFile(PRIVATE) })
    expect(listed).toMatchObject({ state: 'partial', why: 'denied', permission: 'sign-in' })
    expect(told).toContain('status 400')
    expect(accounts).toBe(0)
    expect(server.asked).toEqual([])
    expectNothingTold(told)
  })
  test('that holds no key that can sign ends the look, and tells nothing of it', async () => {
    const broken = PRIVATE.replace(SECRET_PART, '')
    const { listed, told } = await look({ method: 'key', keyFile: keyFile(broken) })
    expect(listed).toMatchObject({ state: 'partial', why: 'denied', permission: 'sign-in' })
    expect(server.given.keyed).toBe(0)
    expectNothingTold(told)
  })
})
