// The connector against a running server, signed in with the policy it asks for and no other right.
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Collected } from '@/core/collect'
import type { Kind, Of } from '@/core/observation'
import { openClient } from './client'
import { eventsOf, observationsOf } from './fixtures/recorded-world'
import { asking, MOUNTS, PLANTED, seedBao, signInWith, type Asking } from './fixtures/seed-bao'
import { VaultSettings } from './settings'
import { setup } from './setup'

const SERVERS = ['bao', 'vault']
const installed = (process.env.PATH ?? '')
  .split(delimiter)
  .flatMap((folder) => SERVERS.map((server) => join(folder, server)))
  .find((path) => existsSync(path))
const name = installed
  ? 'a running server'
  : 'a running server (skipped: neither bao nor vault is on the PATH)'

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

async function start(): Promise<{ address: string; server: ChildProcess }> {
  const listen = `127.0.0.1:${await freePort()}`
  const flags = ['server', '-dev', '-dev-root-token-id=root', `-dev-listen-address=${listen}`]
  const server = spawn(installed ?? '', flags, { stdio: 'ignore' })
  const address = `http://${listen}`
  for (let tries = 0; tries < 150; tries++) {
    const up = await fetch(`${address}/v1/sys/health`).then(
      (response) => response.ok,
      () => false,
    )
    if (up) return { address, server }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('the server did not start')
}

describe.skipIf(!installed)(name, () => {
  let ask: Asking
  let server: ChildProcess | undefined
  let settings: VaultSettings
  let policy = ''
  const look = async (): Promise<Collected[]> => {
    const client = openClient(settings)
    const events = await eventsOf(client, new Date().toISOString())
    await client.close?.()
    return events
  }
  const of = <K extends Kind>(events: readonly Collected[], kind: K) =>
    observationsOf(events).filter((o): o is Of<K> => o.kind === kind)
  const unseen = (events: readonly Collected[]) =>
    events.flatMap((event) =>
      event.type === 'coverage'
        ? Object.entries(event.kinds).flatMap(([kind, c]) =>
            c.state === 'partial' ? [`${event.stream} ${kind}: ${c.why}`] : [],
          )
        : [],
    )

  beforeAll(async () => {
    const started = await start()
    server = started.server
    ask = asking(started.address)
    await seedBao(ask)
    const [document] = setup({ address: started.address, mounts: MOUNTS })
    policy = document?.text ?? ''
    const login = { method: 'approle', ...(await signInWith(ask, policy)) }
    settings = VaultSettings.parse({ address: started.address, login })
  }, 60_000)
  afterAll(() => void server?.kill())

  test('everything is read with the policy alone, and nothing but that', async () => {
    const events = await look()
    expect(unseen(events).filter((one) => !/: (left-out|not-offered)$/.test(one))).toEqual([])
    const names = of(events, 'identity').map(({ type, name }) => `${type} ${name}`)
    expect(names).toEqual(
      expect.arrayContaining([
        'vault.approle-role ci',
        'vault.approle-role rollcall',
        'vault.jwt-role deploy',
        'vault.kubernetes-role checkout',
        'vault.token-role deploy',
        'vault.userpass-user svc',
      ]),
    )
    expect(of(events, 'secret').map((one) => one.name)).toEqual(['secret/app/db', 'secret/app/deep/er/smtp'])
    expect(of(events, 'credential').filter(({ type }) => type === 'vault.secret-id')).toHaveLength(3)
    expect(of(events, 'issuer').map(({ type }) => type)).toEqual(
      expect.arrayContaining(['vault.pki-role', 'vault.ssh-role']),
    )
    expect(JSON.stringify(events)).not.toContain(PLANTED)
  })

  test('a line less costs what that line gives, and says so', async () => {
    const less = policy.split('\n').filter((line) => !line.includes('auth/kubernetes/role'))
    await ask('PUT', 'sys/policies/acl/rollcall', { policy: less.join('\n') })
    const refused = unseen(await look()).filter((one) => one.endsWith(': denied'))
    expect(new Set(refused.map((one) => one.split(' ')[0]))).toEqual(new Set(['kubernetes-roles']))
  })
})
