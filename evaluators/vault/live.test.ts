// Our answers against those of a running server, for random policies and paths: where they differ, the server is right.
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HeldDocument } from '@/core/evaluator'
import type { Principal, Realm } from '@/core/access'
import { accessOf, capabilities, CAPABILITIES } from './can'
import { numbersFrom, randomPath, randomPolicy } from './fixtures/random-policies'
import { vaultPlatform } from './platform'

const installed = (process.env.PATH ?? '')
  .split(delimiter)
  .flatMap((folder) => (['bao', 'vault'] as const).map((name) => ({ name, path: join(folder, name) })))
  .find(({ path }) => existsSync(path))
const title = installed
  ? 'a running server'
  : 'a running server (skipped: neither bao nor vault is on the PATH)'
const POLICIES = 60
const TOKENS = 50
const PATHS = 420

/** The same holder as the access analysis has it. */
function asked(held: readonly HeldDocument[]) {
  const me: Principal = {
    id: 'me',
    type: 'vault.approle-role',
    name: 'me',
    aliases: [],
    class: 'machine',
    held: held.map((one) => ({ ...one, id: one.name, language: 'vault' })),
    trusts: [],
  }
  const realm: Realm = {
    id: 'live',
    type: installed?.name === 'bao' ? 'vault.openbao-cluster' : 'vault.cluster',
    name: 'live',
    principals: [me],
    elsewhere: [],
    runners: [],
    rulings: [],
    things: [],
    unseen: [],
  }
  return vaultPlatform.within(realm)
}

type Reply = { data?: Record<string, string[]>; auth?: { client_token: string } }
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

describe.skipIf(!installed)(title, () => {
  let server: ChildProcess | undefined
  let address = ''
  const ask = async (path: string, body: object): Promise<Reply> => {
    const response = await fetch(`${address}/v1/${path}`, {
      method: 'POST',
      headers: { 'x-vault-token': 'root' },
      body: JSON.stringify(body),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`)
    return (text ? JSON.parse(text) : {}) as Reply
  }
  beforeAll(async () => {
    const listen = `127.0.0.1:${await freePort()}`
    const flags = ['server', '-dev', '-dev-root-token-id=root', `-dev-listen-address=${listen}`]
    server = spawn(installed?.path ?? '', flags, { stdio: 'ignore' })
    address = `http://${listen}`
    for (let tries = 0; tries < 150; tries++) {
      const up = await fetch(`${address}/v1/sys/health`).then(
        (response) => response.ok,
        () => false,
      )
      if (up) return
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    throw new Error('the server did not start')
  }, 60_000)
  afterAll(() => void server?.kill())

  test('capabilities are those the server tells', { timeout: 120_000 }, async () => {
    const random = numbersFrom(20_261_122)
    const pick = (below: number) => Math.floor(random() * below)
    const policies: HeldDocument[] = []
    for (let at = 0; at < POLICIES; at++) {
      const paths = randomPolicy(random)
      const rules = paths.map(
        (rule) => `path "${rule.path}" { capabilities = ${JSON.stringify(rule.capabilities)} }`,
      )
      await ask(`sys/policies/acl/random-${at}`, { policy: rules.join('\n') })
      policies.push({ name: `random-${at}`, effect: 'allow', via: 'token', document: { paths } })
    }
    let questions = 0
    let allowed = 0
    let judged = 0
    let open = 0
    const different: unknown[] = []
    for (let token = 0; token < TOKENS; token++) {
      const held = policies.filter(() => pick(POLICIES) < 1 + (token % 8))
      if (!held.length) held.push(policies[0]!)
      const names = held.map(({ name }) => name)
      const made = await ask('auth/token/create-orphan', { policies: names, no_default_policy: true })
      const paths = [...new Set(Array.from({ length: PATHS }, () => randomPath(random)))]
      const told = await ask('sys/capabilities', { token: made.auth?.client_token, paths })
      const access = accessOf(held)
      const platform = asked(held)
      for (const path of paths) {
        const theirs = [...(told.data?.[path] ?? [])].sort()
        const { sure, possible } = capabilities(access, path, installed?.name === 'bao' ? 'openbao' : 'vault')
        questions++
        if (theirs.join() !== 'deny') allowed++
        if (theirs.join() !== [...sure].sort().join() || possible.length)
          different.push({ names, path, theirs, sure, possible })
        for (const action of CAPABILITIES) {
          const { answer } = platform.can('me', { action, resource: path })
          // The server's list looks at a path that ends with a slash as if to list it, whatever is asked: a request does not.
          const isOpen = path.endsWith('/') && answer === 'depends'
          if (isOpen) open++
          else if (answer !== (theirs.includes(action) ? 'yes' : 'no'))
            different.push({ names, path, action, answer })
          judged++
        }
      }
    }
    console.log(
      `${questions} paths, ${allowed} of them allowed anything, and ${judged} requests, ${open} of them open`,
    )
    expect(different.slice(0, 5)).toEqual([])
    expect(questions).toBeGreaterThanOrEqual(10_000)
    expect(allowed).toBeGreaterThan(2_000)
    expect(judged).toBeGreaterThan(50_000)
    expect(open).toBeLessThan(judged / 10)
  })
})
