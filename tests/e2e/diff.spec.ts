// Comparing two instants in the browser: dates, kinds, words, before and after, the file, and how long history is kept.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { known } from '@/core/fact'
import { db } from '@/prisma/client'
import {
  knownAt,
  putCredential,
  putIdentity,
  putLook,
  putPosture,
  putSource,
  retire,
  uuid,
} from '@/tests/simulated-time'
import { ADMINISTRATOR, firstRun, open, shows, signIn, startApp, type App } from './app'
import { violationsInBothThemes } from './axe'

const DAY_MS = 86_400_000
const ago = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString()
const id = uuid('identity', 's1', 'robot')

let app: App
beforeAll(async () => {
  await knownAt(ago(20), async (tx) => {
    await putSource(tx, 'North', { at: ago(20), scopes: ['s1'] })
    await putLook(tx, 's1', 'identity', ago(20))
    await putIdentity(tx, 's1', 'robot', ago(20))
    await putPosture(tx, 's1', 'robot', ago(20), { owner: 'ann' })
    await putIdentity(tx, 's1', 'leaver', ago(20))
  })
  await knownAt(ago(5), async (tx) => {
    await putIdentity(tx, 's1', 'robot', ago(5), { tags: known({ team: 'b' }, 'demo:List') })
    await putPosture(tx, 's1', 'robot', ago(5), { owner: 'ann', privilege: 'administrator' })
    await putIdentity(tx, 's1', 'newcomer', ago(5))
    // No look at credentials was ever whole.
    await putCredential(tx, 's1', 'key', 'robot', ago(5))
    await retire(tx, 'identity', uuid('identity', 's1', 'leaver'), ago(5))
  })
  app = await startApp()
  const { page, context } = await open(app)
  await firstRun(page)
  await context.close()
})
afterAll(async () => {
  await app?.stop()
  await db.$disconnect()
})

test('the last week, kind by kind, with a sign and a word and both sides', { timeout: 240_000 }, async () => {
  const { page, context, complaints } = await open(app)
  await signIn(page, ADMINISTRATOR)
  await page.goto('/diff')
  await shows(page, 'h1', 'Differences')
  await shows(page, 'tbody tr', 'newcomer')
  const row = (name: string) => page.locator('tbody tr').filter({ hasText: name })
  expect(await row('newcomer').innerText()).toContain('Added')
  expect(await row('leaver').innerText()).toContain('Gone')
  expect(await row('key').innerText()).toContain('First look')
  const changed = row('tags')
  await page.getByText('team').first().waitFor()
  expect(
    await changed
      .or(row('robot').filter({ hasText: 'Tags' }))
      .first()
      .innerText(),
  ).toMatch(/a.*→.*b/s)
  await page
    .getByRole('navigation', { name: 'Kinds of difference' })
    .getByRole('link', { name: /Privilege 1/ })
    .click()
  await page.waitForURL((url) => url.searchParams.get('kind') === 'privilege')
  // Every way on asks about the same instants.
  expect(new URL(page.url()).searchParams.get('to')).toMatch(/Z$/)
  await shows(page, 'tbody tr', 'administrator')
  expect(await page.locator('tbody tr').count()).toBe(1)
  const file = await page.evaluate(async () => {
    const link = document.querySelector<HTMLAnchorElement>('a[href*="format=csv"]')
    return (await fetch(link?.href ?? '')).text()
  })
  expect(file.trimEnd().split('\r\n')).toHaveLength(2)
  expect(complaints).toEqual([])
  await context.close()
})

test('two dates by keyboard; what cannot be compared is refused in words', { timeout: 240_000 }, async () => {
  const { page, context, complaints } = await open(app)
  await signIn(page, ADMINISTRATOR)
  await page.goto('/diff')
  await shows(page, 'tbody tr', 'newcomer')
  await page.getByLabel('From, date and time in UTC').fill(ago(30).slice(0, 19))
  await page.getByLabel('To, date and time in UTC').fill(ago(10).slice(0, 19))
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.searchParams.has('to'))
  await shows(page, 'tbody tr', 'First look')
  expect(await page.locator('main tbody').innerText()).not.toContain('newcomer')
  await page.getByLabel('To, date and time in UTC').fill(ago(40).slice(0, 19))
  await page.getByRole('button', { name: 'Compare' }).click()
  await shows(page, '[role=alert]', 'must be earlier than')
  await page.getByRole('link', { name: 'Last 7 days' }).click()
  await shows(page, 'tbody tr', 'newcomer')
  await page.getByRole('link', { name: 'Compare both as known today' }).click()
  await shows(page, 'main', 'both as known')
  expect(complaints).toEqual([])
  await context.close()
})

test('one identity, from its timeline', { timeout: 240_000 }, async () => {
  const { page, context, complaints } = await open(app)
  await signIn(page, ADMINISTRATOR)
  await page.goto(`/identities/${id}`)
  await page.getByRole('link', { name: 'Compare two instants' }).click()
  await page.waitForURL(`**/identities/${id}/diff`)
  await shows(page, 'h1', 'Differences of robot')
  await shows(page, 'tbody tr', 'administrator')
  const rows = await page.locator('main tbody').innerText()
  expect(rows).toContain('administrator')
  expect(rows).not.toContain('newcomer')
  expect(complaints).toEqual([])
  await context.close()
})

test(
  'how long history is kept: shown, set within bounds, and refused outside',
  { timeout: 240_000 },
  async () => {
    const { page, context, complaints } = await open(app)
    await signIn(page, ADMINISTRATOR)
    await page.goto('/settings/data')
    await shows(page, 'main', 'Earliest instant')
    await page.getByLabel('Days').fill('90')
    await page.getByRole('button', { name: 'Save' }).click()
    await shows(page, 'main', 'History is kept for 90 days')
    await page.goto('/activity')
    await shows(page, 'tbody', 'Set how long history is kept')
    expect(complaints).toEqual([])
    await context.close()
  },
)

test('accessible in both themes, and readable at 320 px', { timeout: 240_000 }, async () => {
  const paths = [
    '/diff',
    '/diff?q=zzzz',
    '/diff?from=2026-02-01&to=2026-01-01',
    `/identities/${id}/diff`,
    '/settings/data',
  ]
  const found: string[] = []
  const inThemes = await open(app)
  await signIn(inThemes.page, ADMINISTRATOR)
  for (const path of paths) {
    await inThemes.page.goto(path)
    await inThemes.page.locator('h1').waitFor()
    found.push(...(await violationsInBothThemes(inThemes.page)))
  }
  await inThemes.context.close()
  expect(found).toEqual([])
  const { page, context } = await open(app, { viewport: { width: 320, height: 640 } })
  await signIn(page, ADMINISTRATOR)
  const wide: string[] = []
  for (const path of paths) {
    await page.goto(path)
    await page.locator('h1').waitFor()
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    if (excess > 0) wide.push(`${path} by ${excess} px`)
  }
  expect(wide).toEqual([])
  await context.close()
})
