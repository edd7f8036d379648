// Signing in through the real identity library, on its way to a server that answers as the identity platform does.
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { AddressInfo } from 'node:net'
import { openClient } from './client'
import { AzureSettings } from './settings'
import { SIGN_IN } from './sign-in'

const TENANT = '5f0e6c1a-2b3c-4d5e-8f90-a1b2c3d4e5f6'
const CLIENT = 'c1000000-0000-4000-8000-000000000001'
const SECRET = 'planted-client-secret'
const folder = mkdtempSync(join(tmpdir(), 'azure-login-'))

type Form = Record<string, string>
type Reply = { status: number; body: unknown }
const token: Reply = {
  status: 200,
  body: { token_type: 'Bearer', expires_in: 3600, expires_on: '4102444800', access_token: 'planted-token' },
}
const refusal = (number: number): Reply => ({
  status: 401,
  body: {
    error: 'invalid_client',
    error_description: `AADSTS${number}: planted words. Trace ID: planted-trace`,
    error_codes: [number],
    trace_id: 'planted-trace',
  },
})

const cleanups: (() => Promise<void> | undefined)[] = []
afterEach(async () => {
  vi.unstubAllEnvs()
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

/** The identity platform: says where its endpoints are, and gives tokens. */
async function platform(reply: Reply) {
  const forms: Form[] = []
  const asked: string[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const [, host = '', rest = ''] = /^\/([^/]+)(\/.*)$/.exec(request.url ?? '') ?? []
      asked.push(`${host}${rest.split('?')[0]}`)
      const authority = `https://${host}/${TENANT}`
      const known: Record<string, unknown> = {
        issuer: `${authority}/v2.0`,
        authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
        token_endpoint: `${authority}/oauth2/v2.0/token`,
        jwks_uri: `${authority}/discovery/v2.0/keys`,
        tenant_discovery_endpoint: `${authority}/v2.0/.well-known/openid-configuration`,
        metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
      }
      const isToken = /\/token$/.test(rest.split('?')[0] ?? '')
      if (isToken)
        forms.push(
          Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString() || rest.split('?')[1])),
        )
      const { status, body } = isToken ? reply : { status: 200, body: known }
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  cleanups.push(async () => {
    server.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  })
  return {
    forms,
    asked,
    route: ({ host, pathname, search }: URL) =>
      new URL(`http://127.0.0.1:${port}/${host}${pathname}${search}`),
  }
}

async function signIn(login: unknown, reply: Reply = token, more: object = {}) {
  const { route, forms, asked } = await platform(reply)
  const client = openClient(AzureSettings.parse({ tenantId: TENANT, login, ...more }), { route })
  const ended = await client.send(SIGN_IN, {}, AbortSignal.timeout(10_000)).then(
    (answer) => ({ answer }),
    (error: unknown) => ({ refused: client.explain(error) }),
  )
  return { ended, forms, asked }
}
const TOKEN_PATH = join(folder, 'token')
writeFileSync(TOKEN_PATH, 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJyb2xsY2FsbCJ9.c2ln')
const WORKLOAD = { method: 'workload-identity', clientId: CLIENT, tokenPath: TOKEN_PATH }
const WITH_SECRET = { method: 'client-secret', clientId: CLIENT, clientSecret: SECRET }

describe('signs in', () => {
  test('with the token of the workload, and no secret', async () => {
    const { ended, forms } = await signIn(WORKLOAD)
    expect(ended).toMatchObject({ answer: { tenantId: TENANT } })
    expect(forms).toHaveLength(1)
    expect(forms[0]).toMatchObject({
      client_id: CLIENT,
      client_assertion: 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJyb2xsY2FsbCJ9.c2ln',
    })
    expect(forms[0]!['scope']).toContain('https://graph.microsoft.com/.default')
    expect(forms[0]).not.toHaveProperty('client_secret')
  })
  test('with a managed identity, asked of the machine', async () => {
    const { route, forms, asked } = await platform(token)
    // As App Service says where it is asked. The library asks a virtual machine at an address that no test can stand in for.
    vi.stubEnv('IDENTITY_ENDPOINT', route(new URL('https://app-service/token')).href)
    vi.stubEnv('IDENTITY_HEADER', 'planted-header')
    const login = { method: 'managed-identity', clientId: CLIENT }
    const client = openClient(AzureSettings.parse({ tenantId: TENANT, login }), { route })
    const answer = await client.send(SIGN_IN, {}, AbortSignal.timeout(10_000))
    expect(answer).toMatchObject({ tenantId: TENANT })
    expect(asked).toEqual(['app-service/token'])
    expect(forms[0]).toMatchObject({ client_id: CLIENT, resource: 'https://graph.microsoft.com' })
  })
  test('with a certificate, which signs and does not leave', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const certificatePath = join(folder, 'both.pem')
    writeFileSync(
      certificatePath,
      `-----BEGIN CERTIFICATE-----\n${Buffer.from('of a certificate only the digest is sent').toString('base64')}\n-----END CERTIFICATE-----\n${pem}`,
    )
    const { ended, forms } = await signIn({ method: 'certificate', clientId: CLIENT, certificatePath })
    expect(ended).toMatchObject({ answer: { tenantId: TENANT } })
    expect(forms[0]!['client_assertion']).toMatch(/^eyJ/)
    expect(JSON.stringify(forms)).not.toContain('PRIVATE KEY')
  })
  test('with a client secret', async () => {
    const { ended, forms } = await signIn(WITH_SECRET)
    expect(ended).toMatchObject({ answer: { tenantId: TENANT } })
    expect(forms[0]).toMatchObject({ client_id: CLIENT, client_secret: SECRET })
  })
  test.each([
    ['us-government', 'login.microsoftonline.us'],
    ['china', 'login.partner.microsoftonline.cn'],
  ])('in the cloud %s at its own host', async (cloud, host) => {
    const { ended, asked } = await signIn(WITH_SECRET, token, { cloud })
    expect(ended).toMatchObject({ answer: { cloud } })
    expect(asked.at(-1)).toBe(`${host}/${TENANT}/oauth2/v2.0/token`)
  })
})

describe('is told, when it is refused,', () => {
  test.each([
    [7000215, 'the client secret is not right'],
    [7000222, 'the client secret has ended'],
    [700016, 'no such application'],
    [700213, 'the subject of the token'],
    [999999, 'AADSTS999999'],
  ])('what AADSTS%i means, and nothing of the words around it', async (number, expected) => {
    const { ended, forms } = await signIn(WITH_SECRET, refusal(number))
    const { refused } = ended as { refused: { why: string; detail: string } }
    expect(refused.why).toBe('denied')
    expect(refused.detail).toContain(expected)
    expect(JSON.stringify(ended)).not.toContain('planted')
    expect(forms).toHaveLength(1)
  })
  test('that the file is not there', async () => {
    const { ended } = await signIn({ ...WORKLOAD, tokenPath: join(folder, 'missing') })
    expect(ended).toMatchObject({ refused: { why: 'denied', code: 'ENOENT' } })
  })
  test('that nobody answered, where nobody did', async () => {
    const { ended, forms } = await signIn(WITH_SECRET, { status: 503, body: {} })
    expect(ended).toMatchObject({ refused: { why: 'unreachable' } })
    expect(forms).toHaveLength(1)
  })
})
