// A running Rollcall on a database of its own, and a browser to look at it with.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { grantWork } from '@/scripts/database/app-role.mjs'
import { ADMINISTRATOR } from '@/tests/sample/administrator'

/** Only what hangs is given up: other tests run at the same time. */
const READY_MS = 120_000
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-zygote',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export { ADMINISTRATOR }

export type App = { base: string; browser: Browser; stop: () => Promise<void> }

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return address.port
}

async function until(what: string, is: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + READY_MS
  while (!(await is())) {
    if (Date.now() > end) throw new Error(`${what} did not happen within ${READY_MS} ms`)
    await sleep(100)
  }
}

export async function launch(): Promise<Browser> {
  // Before the import: makes it unpack the libraries that a bare system lacks.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x'
  const { default: packed } = await import('@sparticuz/chromium')
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? (await packed.executablePath()),
    args: ARGUMENTS,
  })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await Promise.race([once(child, 'exit'), sleep(5000).then(() => child.kill('SIGKILL'))])
}

/** The address of the test's database for the role that works with it, as in an installation: it owns no table. */
async function workerUrl(): Promise<string> {
  const [username = '', password = ''] = (process.env.ROLLCALL_TEST_WORKER ?? '').split(':')
  const owner = process.env.DATABASE_URL ?? ''
  // A server that was lent for tests without the right to make roles.
  if (!username) return owner
  await grantWork(owner, username)
  return Object.assign(new URL(owner), { username, password }).href
}

/** Starts the built pages and a worker. */
export async function startApp(): Promise<App> {
  if (!existsSync('.next/BUILD_ID')) throw new Error('The pages are not built. Run `npm test -- tests/e2e`.')
  const port = await freePort()
  const base = `http://localhost:${port}`
  // What it writes beside its database is its own as well.
  const packs = mkdtempSync(path.join(os.tmpdir(), 'rollcall-packs-'))
  const own = { NODE_ENV: 'production' as const, BASE_URL: base, DATABASE_URL: await workerUrl() }
  const env = { ...process.env, ...own, PACKS_FOLDER: packs }
  const output: string[] = []
  const start = (args: string[]) => {
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => output.push(chunk.toString()))
    return child
  }
  const children = [
    start(['node_modules/next/dist/bin/next', 'start', '-p', String(port)]),
    start(['--import', 'tsx', 'jobs/worker.ts']),
  ]
  const isReady = () =>
    fetch(`${base}/api/health`).then(
      (response) => response.ok,
      () => false,
    )
  try {
    await until('a healthy start', isReady)
  } catch (error) {
    await Promise.all(children.map(end))
    throw new Error(`${String(error)}\n${output.slice(-20).join('')}`)
  }
  const browser = await launch()
  const stop = async () => {
    await browser.close()
    await Promise.all(children.map(end))
    rmSync(packs, { recursive: true, force: true })
  }
  return { base, browser, stop }
}

/** A window that fails the test when the page complains: about its own scripts, its policy, or a request. */
export async function open(
  app: App,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ page: Page; context: BrowserContext; complaints: string[] }> {
  const context = await app.browser.newContext({
    viewport: { width: 1280, height: 800 },
    baseURL: app.base,
    ...options,
  })
  context.setDefaultTimeout(READY_MS)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      complaints.push(`${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
  return { page, context, complaints }
}

/** Waits until a part of the page holds a text: pages stream in, and reading at once would read an empty frame. */
export async function shows(page: Page, part: string, text: string): Promise<void> {
  await page.locator(part).filter({ hasText: text }).first().waitFor()
}

type Who = { email: string; password: string }
type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>
/** Sessions that a form was filled in for, by browser and person. */
const sessions = new WeakMap<Browser, Map<string, Cookies>>()

/** With the form, the first time in a file; then with the session that the form gave. */
export async function signIn(page: Page, who: Who): Promise<void> {
  const context = page.context()
  const browser = context.browser()
  if (!browser) throw new Error('a page without a browser')
  const known = sessions.get(browser) ?? new Map<string, Cookies>()
  sessions.set(browser, known)
  const cookies = known.get(who.email)
  if (cookies) {
    await context.addCookies(cookies)
    await page.goto('/')
    return
  }
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(who.email)
  await page.getByLabel('Password').fill(who.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  known.set(who.email, await context.cookies())
}

/** Creates the first administrator and signs in. */
export async function firstRun(page: Page): Promise<void> {
  await page.goto('/')
  await page.getByLabel('Your name').fill(ADMINISTRATOR.name)
  await page.getByLabel('E-mail').fill(ADMINISTRATOR.email)
  await page.getByLabel('Password').fill(ADMINISTRATOR.password)
  await page.getByRole('button', { name: 'Create administrator' }).click()
  await page.getByRole('heading', { name: 'Where should the first identities come from?' }).waitFor()
}

type Sources = { rows: { lastRun?: { endedAt?: string }; scopes: { rows: { id: string }[] } }[] }
type Identities = { rows: { judged: boolean }[] }
/** How many scopes are still to be read or judged; each is judged as a whole. */
async function unjudgedScopes(page: Page): Promise<number> {
  const ask = async <T>(path: string) => (await (await page.request.get(`/api/v1/${path}`)).json()) as T
  const { rows: sources } = await ask<Sources>('sources')
  const unread = sources.filter(({ lastRun }) => !lastRun?.endedAt).length
  const scopes = sources.flatMap((source) => source.scopes.rows)
  const judged = await Promise.all(
    scopes.map(async ({ id }) =>
      (await ask<Identities>(`identities?scope=${id}`)).rows.every((row) => row.judged),
    ),
  )
  return unread + judged.filter((is) => !is).length
}

/** Waits until every source was read and all that was read is judged. */
export const judged = (page: Page): Promise<void> =>
  until('a judged inventory', async () => (await unjudgedScopes(page)) === 0)

/** Adds the sample organisation and waits until all of it was read and judged. */
export async function addSample(page: Page): Promise<void> {
  await page.goto('/welcome')
  await page.getByRole('button', { name: 'Explore sample data' }).click()
  await page.waitForURL('**/runs/**')
  await page.getByRole('heading', { name: 'What changed' }).waitFor({ timeout: READY_MS })
  await judged(page)
  await page.goto('/findings')
  await page.locator('tbody tr').first().waitFor()
}
