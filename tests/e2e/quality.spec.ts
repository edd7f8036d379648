// What every page must be: accessible in both themes, readable at 320 px, quiet under its own security policy.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addSample, ADMINISTRATOR, firstRun, open, shows, signIn, startApp, type App } from './app'
import { violations, violationsInBothThemes } from './axe'

const LISTS = [
  '/',
  '/identities?size=25',
  '/identities?q=zzzz',
  '/credentials?size=25',
  '/credentials?kind=secret&unused=unknown',
  '/credentials?q=zzzz',
  '/findings?size=25',
  '/findings?group=rule',
  '/score',
  '/frameworks',
  '/frameworks/maestro',
  '/owners?ownership=any&size=25',
  '/owners/file',
  '/owners/code-owners',
  '/owners/delegations?state=any',
  '/people',
  '/exceptions',
  '/evidence',
  '/evidence/new?framework=csf&look=yes',
  '/evidence/keys',
  '/evidence/deliveries',
  '/evidence/deliveries/new?kind=store',
  '/audits',
  '/audits/new',
  '/campaigns',
  '/reviews',
  '/reviews/remediations',
  '/campaigns/new?class=machine',
  '/campaigns/events',
  '/access',
  '/access?question=reach',
  '/sources',
  '/sources/new',
  '/sources/new?connector=aws',
  '/sources/import',
  '/rules/identity-ownerless',
  '/diff',
  '/activity',
  '/settings/members',
  '/settings/tokens',
  '/settings/policy',
  '/settings/policy/versions/0',
  '/settings/data',
  '/settings/appearance',
  '/no-such-page',
]

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app?.stop())

/** Settled: transitions over, nothing half-visible. */
async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.locator('h1').waitFor()
}

const first = async (page: Page, list: string) => {
  await page.goto(list)
  return (await page.locator('[data-row-link]').first().getAttribute('href')) ?? ''
}

async function everyPage(page: Page): Promise<string[]> {
  const source = await first(page, '/sources')
  return [
    ...LISTS,
    await first(page, '/identities?sort=worst'),
    await first(page, '/credentials?kind=credential'),
    await first(page, '/credentials?kind=secret'),
    await first(page, '/findings'),
    source,
    await first(page, `${source}`),
  ]
}

test('empty: accessible before anything was read, signed out and signed in', async () => {
  const { page, context, complaints } = await open(app)
  const found: string[] = []
  await visit(page, '/')
  found.push(...(await violations(page)))
  await firstRun(page)
  for (const path of [
    '/welcome',
    '/',
    '/identities',
    '/credentials',
    '/findings',
    '/access',
    '/diff',
    '/sources',
    '/activity',
    '/settings/data',
  ]) {
    await visit(page, path)
    if (path === '/access') await shows(page, 'main', 'There is nobody to ask about yet')
    found.push(...(await violations(page)))
  }
  await context.clearCookies()
  for (const path of ['/sign-in', '/verify']) {
    await visit(page, path)
    found.push(...(await violations(page)))
  }
  expect(found).toEqual([])
  expect(complaints).toEqual([])
  await context.close()
})

test(
  'full: accessible in both themes, and quiet under the security policy',
  { timeout: 300_000 },
  async () => {
    const setUp = await open(app)
    await signIn(setUp.page, ADMINISTRATOR)
    await addSample(setUp.page)
    await setUp.context.close()
    const found: string[] = []
    const { page, context, complaints } = await open(app)
    await signIn(page, ADMINISTRATOR)
    for (const path of await everyPage(page)) {
      await visit(page, path)
      found.push(...(await violationsInBothThemes(page)))
    }
    await page.goto('/identities')
    await page.locator('summary', { hasText: 'Class' }).click()
    found.push(...(await violationsInBothThemes(page)))
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    found.push(...(await violationsInBothThemes(page)))
    expect(complaints.filter((line) => !line.includes('404'))).toEqual([])
    await context.close()
    expect(found).toEqual([])
  },
)

test(
  'reflow: at 320 px no page scrolls sideways, and the rail opens as an overlay',
  { timeout: 240_000 },
  async () => {
    const { page, context } = await open(app, { viewport: { width: 320, height: 640 } })
    await signIn(page, ADMINISTRATOR)
    const wide: string[] = []
    for (const path of await everyPage(page)) {
      await visit(page, path)
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      if (excess > 0) wide.push(`${path} by ${excess} px`)
    }
    expect(wide).toEqual([])
    await page.goto('/')
    await page.getByRole('button', { name: 'Open navigation' }).click()
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Findings' }).click()
    await page.waitForURL('**/findings?**')
    await page.getByRole('navigation', { name: 'Main' }).waitFor({ state: 'hidden' })
    await context.close()
  },
)
