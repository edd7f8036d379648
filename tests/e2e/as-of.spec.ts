// An earlier moment in the browser: chosen, kept from page to page, read only, and left again.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ADMINISTRATOR, type App, open, shows, signIn, startApp } from './app'
import { violations, violationsInBothThemes } from './axe'

let app: App
/** A second after the sample was judged: what was known then is what there is. */
let then = ''
beforeAll(async () => {
  app = await startApp()
  then = `${new Date(Date.now() + 1000).toISOString().slice(0, 19)}Z`
  await sleep(2000)
})
afterAll(() => app?.stop())

const yesterday = () => new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
const banner = (page: Page) => page.locator('[data-moment-banner]')
const inAddress = (page: Page, name: string) => new URL(page.url()).searchParams.get(name)

/** Opens the clock once the page has come alive. */
async function openClock(page: Page): Promise<void> {
  await expect
    .poll(async () => {
      await page.getByRole('button', { name: 'Choose a moment' }).click()
      return page.getByRole('form', { name: 'Show an earlier moment' }).isVisible()
    })
    .toBe(true)
}

test('a day before anything was read: said so, with the filter kept on the way back', async () => {
  const { page, context, complaints } = await open(app)
  await signIn(page, ADMINISTRATOR)
  await page.goto('/identities?class=machine')
  await openClock(page)
  await page.getByRole('link', { name: 'Yesterday' }).click()
  await page.waitForURL(`**/identities?class=machine&asOf=${yesterday()}`)
  await shows(page, '[data-moment-banner]', '23:59:59 UTC. Nothing can be changed here.')
  await shows(page, 'main', 'No identity matches these filters')
  await page.goto(`/?asOf=${yesterday()}`)
  await shows(page, 'main', 'Nothing had been read by then')
  await page.goto(`/identities?class=machine&asOf=${yesterday()}`)
  await page.getByRole('link', { name: 'Back to now' }).click()
  await page.waitForURL('**/identities?class=machine')
  await page.locator('tbody tr').first().waitFor()
  expect(await banner(page).innerText()).toBe('')
  expect(complaints).toEqual([])
  await context.close()
})

test('typed by keyboard, and kept by every way from page to page', { timeout: 240_000 }, async () => {
  const { page, context, complaints } = await open(app)
  await signIn(page, ADMINISTRATOR)
  await page.goto('/identities')
  await page.locator('tbody tr').first().waitFor()
  const rows = await page.locator('tbody tr').count()
  await openClock(page)
  await page.getByLabel('Date').fill(then.slice(0, 10))
  await page.keyboard.press('Enter')
  await shows(page, '[role=alert]', 'That day is not over yet')
  await page.getByLabel('Time in UTC').fill(then.slice(11, 19))
  await page.keyboard.press('Enter')
  const kept = async (address: string) => {
    await page.waitForURL((url) => url.pathname + url.search === address)
    expect(inAddress(page, 'asOf')).toBe(then)
    await banner(page)
      .getByText(`${then.slice(11, 19)} UTC`)
      .waitFor()
  }
  await kept(`/identities?asOf=${then}`)
  await expect.poll(() => page.locator('tbody tr').count()).toBe(rows)

  await page.locator('summary', { hasText: 'Class' }).click()
  await page.getByRole('checkbox', { name: 'Machine' }).check()
  await page.waitForURL((url) => url.searchParams.get('class') === 'machine')
  expect(inAddress(page, 'asOf')).toBe(then)
  const csv = (await page.getByRole('link', { name: 'CSV' }).getAttribute('href')) ?? ''
  const file = await page.request.get(csv)
  expect(file.headers()['rollcall-as-of']).toBe(new Date(then).toISOString())
  expect(await file.text()).toBe(await (await page.request.get(csv)).text())
  await page.getByRole('link', { name: 'Remove filter Class: Machine' }).click()
  await kept(`/identities?asOf=${then}`)
  await page.locator('[data-row-link]').first().click()
  await page.getByRole('navigation', { name: 'Parts of this page' }).waitFor()
  expect(inAddress(page, 'asOf')).toBe(then)
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Identities' }).click()
  await kept(`/identities?asOf=${then}`)
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Findings' }).click()
  await kept(`/findings?group=rule&snoozed=no&asOf=${then}`)
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await kept(`/sources?asOf=${then}`)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('home')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await kept(`/?asOf=${then}`)
  await page.getByRole('link', { name: /machine identit\S+ (has|have) no owner/ }).click()
  await kept(`/identities?class=machine&owner=none&asOf=${then}`)

  await page.getByRole('link', { name: 'The same moment, as known today' }).click()
  await shows(page, '[data-moment-banner]', 'as known at')
  await page.waitForURL((url) => /^\d{4}-/.test(url.searchParams.get('known') ?? ''))
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Activity' }).click()
  await page.waitForURL((url) => url.pathname === '/activity' && url.searchParams.has('known'))
  await page.getByRole('link', { name: 'Back to now' }).click()
  await page.waitForURL((url) => url.pathname + url.search === '/activity')
  expect(complaints).toEqual([])
  await context.close()
})

test('nothing can be changed: no actions, no forms, and the server refuses what is sent anyway', async () => {
  const { page, context } = await open(app)
  await signIn(page, ADMINISTRATOR)
  await page.goto(`/sources?asOf=${then}`)
  await page.locator('[data-row-link]').first().waitFor()
  for (const name of ['Connect a source', 'Import a file'])
    expect(await page.getByRole('link', { name }).count(), name).toBe(0)
  expect(await page.getByRole('button', { name: 'Delete sample data' }).count()).toBe(0)
  await page.locator('[data-row-link]').first().click()
  await page.getByRole('heading', { name: 'Coverage' }).waitFor()
  expect(inAddress(page, 'asOf')).toBe(then)
  for (const name of ['Sync now', 'Pause', 'Delete…', 'Save settings'])
    expect(await page.getByRole('button', { name }).count(), name).toBe(0)
  await page.goto(`/settings/tokens?asOf=${then}`)
  await page.getByRole('heading', { name: 'This page has no past' }).waitFor()
  expect(await page.getByRole('button', { name: 'Make token' }).count()).toBe(0)
  expect(await banner(page).isVisible()).toBe(false)

  await page.getByRole('link', { name: 'Open it as of now' }).click()
  await page.getByLabel('What it is for').fill('from the past')
  await page.route('**/settings/tokens', (route) =>
    route.request().method() === 'POST'
      ? route.continue({ url: `${route.request().url()}?asOf=${then}` })
      : route.continue(),
  )
  await page.getByRole('button', { name: 'Make token' }).click()
  await page.getByRole('alert').filter({ hasText: 'The past cannot be changed' }).waitFor()
  await page.unroute('**/settings/tokens')
  await page.reload()
  await shows(page, 'main', 'There is no token')
  await context.close()
})

test('what is no moment is refused by name, never answered by the present', async () => {
  const { page, context } = await open(app)
  await signIn(page, ADMINISTRATOR)
  for (const [query, why] of [
    ['asOf=2999-01-01', 'asOf lies in the future'],
    ['asOf=soon', 'asOf must be a date'],
    [`asOf=${then}&known=2026-01-01`, 'must not be earlier than asOf'],
  ] as const) {
    const answer = await page.goto(`/identities?${query}`)
    expect(answer?.status(), query).toBe(400)
    await page.getByRole('heading', { name: 'This moment cannot be shown' }).waitFor()
    await shows(page, '[role=alert]', why)
    expect(await page.locator('tbody tr').count()).toBe(0)
    expect(await banner(page).isVisible()).toBe(false)
  }
  for (const path of [`/identities?asOf=${then}`, '/identities?asOf=now', '/settings/appearance?asOf=soon'])
    expect((await page.goto(path))?.status(), path).toBe(200)
  // Someone who is not signed in is asked to, and other refusals keep their status.
  expect((await page.goto('/no-such-page?asOf=soon'))?.status()).toBe(404)
  await context.clearCookies()
  await page.goto('/identities?asOf=soon')
  expect(new URL(page.url()).pathname).toBe('/sign-in')
  await context.close()
})

test(
  'accessible in both themes and readable at 320 px, with the clock open too',
  { timeout: 240_000 },
  async () => {
    const found: string[] = []
    for (const width of [1280, 320]) {
      const { page, context, complaints } = await open(app, { viewport: { width, height: 800 } })
      await signIn(page, ADMINISTRATOR)
      const look = width > 320 ? violationsInBothThemes : violations
      for (const path of ['/', '/identities', '/findings', '/sources', '/activity', '/settings/appearance']) {
        await page.goto(`${path}?asOf=${then}`)
        await page.locator('h1').waitFor()
        const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        if (excess > 0) found.push(`${path} is ${excess} px too wide`)
        if (width > 320) found.push(...(await look(page)))
      }
      await page.goto(`/identities?asOf=${then}&known=${new Date().toISOString()}`)
      await page.locator('tbody tr').first().waitFor()
      await openClock(page)
      found.push(...(await look(page)))
      expect(complaints).toEqual([])
      await context.close()
    }
    expect(found).toEqual([])
  },
)
