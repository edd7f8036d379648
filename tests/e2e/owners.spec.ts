// Owners and the directory as people use them: files with a wrong line, confirming in bulk, disputing, handing over, standing in,
// owners as code. Accessible in both themes, and never wider than a phone.
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ADMINISTRATOR, type App, open, shows, signIn, startApp } from './app'
import { violations, violationsInBothThemes } from './axe'

const PEOPLE = [
  'name,email,team',
  'Ann Adler,ann@halden.example,Payments',
  'Bo Berg,bo@halden.example,Platform',
]
const REPOSITORY = 'halden/shop'
const NARROW = { width: 320, height: 640 }

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app?.stop())

const file = (name: string, ...lines: string[]) => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(lines.join('\n')),
})
async function signedIn() {
  const opened = await open(app)
  await signIn(opened.page, ADMINISTRATOR)
  return opened
}
/** Accessible as it stands, and not wider than a phone. */
async function isSound(page: Page): Promise<void> {
  expect(await violations(page)).toEqual([])
  const before = page.viewportSize()
  await page.setViewportSize(NARROW)
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(excess, page.url()).toBeLessThanOrEqual(0)
  if (before) await page.setViewportSize(before)
}
async function unfold(page: Page, title: string | RegExp): Promise<void> {
  await page.locator('summary', { hasText: title }).click()
}
type Listed = { rows: { id: string; name: string }[]; total: number }
async function unowned(page: Page, filter = ''): Promise<Listed> {
  const { rows, total } = (await (await page.request.get(`/api/v1/owners?size=50${filter}`)).json()) as Listed
  return { rows, total }
}

test('a file of people with a wrong line is named by that line; a right one is seen before it is brought in', async () => {
  const { page, context, complaints } = await signedIn()
  await page.goto('/people')
  const form = page.getByRole('form', { name: 'Import people' })
  const take = async (...lines: string[]) => {
    await form.getByLabel('CSV file').setInputFiles(file('people.csv', ...lines))
    await form.getByRole('button', { name: 'Show what it changes' }).click()
  }
  await take(...PEOPLE, 'Cy,nonsense,')
  await form.getByRole('alert').filter({ hasText: 'line 4, column email' }).waitFor()
  expect(await form.getByRole('button', { name: 'Import this file' }).count()).toBe(0)
  await isSound(page)
  await take(...PEOPLE)
  await form.getByText('2 people in the file').waitFor()
  await isSound(page)
  await form.getByRole('button', { name: 'Import this file' }).click()
  await form.getByText('2 people: 2 new, 0 left, 0 back.').waitFor()
  await page.getByRole('cell', { name: 'ann@halden.example' }).waitFor()
  await page.getByRole('region', { name: 'SCIM address' }).waitFor()
  expect(complaints).toEqual([])
  await context.close()
})

test('owners are confirmed in bulk, and all of it is taken back', async () => {
  const { page, context, complaints } = await signedIn()
  await page.goto('/owners')
  const boxes = page.getByRole('checkbox', { name: /^Select / })
  await boxes.first().waitFor()
  const before = await unowned(page)
  for (const which of [0, 1]) await boxes.nth(which).check()
  await page.getByRole('button', { name: 'Confirm the selected' }).click()
  await shows(page, 'main', 'Confirmed for 2 identities.')
  expect((await unowned(page)).total).toBe(before.total - 2)
  await isSound(page)
  await page.getByRole('button', { name: 'Undo' }).click()
  await shows(page, 'main', 'Undone: 2 identities as before.')
  const after = await unowned(page)
  expect(after.total).toBe(before.total)
  expect(after.rows.map(({ id }) => id)).toEqual(before.rows.map(({ id }) => id))
  expect(complaints).toEqual([])
  await context.close()
})

test('an owner is named, disputed, settled, handed over', async () => {
  const { page, context, complaints } = await signedIn()
  const [one] = (await unowned(page)).rows
  await page.goto(`/identities/${one?.id}#ownership`)
  const section = page.locator('#ownership')
  const form = (name: string): Locator => section.getByRole('form', { name, exact: true })
  await unfold(page, /Assign an owner|Say otherwise who answers/)
  await form('Say who answers').getByLabel('Accountable person').fill('nobody@halden.example')
  await form('Say who answers').getByRole('button', { name: 'Save' }).click()
  await form('Say who answers').getByRole('alert').filter({ hasText: 'Nobody in the directory' }).waitFor()
  await form('Say who answers').getByLabel('Accountable person').fill('ann@halden.example')
  await form('Say who answers').getByRole('button', { name: 'Save' }).click()
  await section.locator('dd').filter({ hasText: 'Ann Adler' }).waitFor()

  await unfold(page, 'Dispute')
  await form('Dispute').getByLabel('Why').fill('It belongs to another team.')
  await form('Dispute').getByRole('button', { name: 'Dispute' }).click()
  await section.getByText('says that this is not so').waitFor()
  await isSound(page)
  await unfold(page, 'Settle: the owner stays')
  await form('Settle the dispute').getByLabel('Why').fill('Asked again: it is theirs.')
  await form('Settle the dispute').getByRole('button', { name: 'Settle' }).click()
  await section.getByText('says that this is not so').waitFor({ state: 'detached' })

  await unfold(page, 'Hand over')
  await form('Hand over').getByLabel('To whom').fill('bo@halden.example')
  await form('Hand over').getByLabel('Why').fill('Ann moves on.')
  await form('Hand over').getByRole('button', { name: 'Hand over' }).click()
  await section.locator('dd').filter({ hasText: 'Bo Berg' }).waitFor()
  await section.locator('summary', { hasText: /Owners before \(\d+\)/ }).waitFor()
  expect(complaints).toEqual([])
  await context.close()
})

test('an OWNERS file is refused by line, seen before it counts, and differs in the open', async () => {
  const { page, context, complaints } = await signedIn()
  const [owned] = (await unowned(page, '&ownership=confirmed')).rows
  await page.goto('/owners/file')
  const form = page.getByRole('form', { name: 'Apply an OWNERS file' })
  const take = async (who: string) => {
    const lines = ['version: 1', 'owners:', `  - match: { name: "${owned?.name}" }`, `    ${who}`]
    await form.getByLabel('OWNERS file').setInputFiles(file('OWNERS.yaml', ...lines))
    await form.getByLabel('Where it is from').fill('main@1f2e3d4')
    await form.getByRole('button', { name: 'Show what it changes' }).click()
  }
  await take('team: Nowhere')
  await form.getByRole('alert').filter({ hasText: 'line 4, column 5' }).waitFor()
  await take('person: ann@halden.example')
  await form.getByText('1 entry, 1 identity').waitFor()
  await form.getByText('Differ: what somebody has confirmed stays').waitFor()
  await isSound(page)
  await form.getByRole('button', { name: 'Apply this file' }).click()
  await shows(page, 'main', 'Version 1 counts')
  await page.getByRole('link', { name: /1 of 1 identities stand otherwise/ }).click()
  await page.waitForURL('**/owners?file=drift**')
  await shows(page, 'tbody', 'The OWNERS file says ann@halden.example, line 3')
  await isSound(page)
  await page.locator('[data-row-link]').first().click()
  await page.getByText('The OWNERS file says otherwise.').waitFor()
  expect(complaints).toEqual([])
  await context.close()
})

test('a CODEOWNERS file suggests who answers for what its runs act as, until it is taken away', async () => {
  const { page, context, complaints } = await signedIn()
  await page.goto('/owners')
  await page.getByRole('link', { name: 'CODEOWNERS' }).click()
  const form = page.getByRole('form', { name: 'Bring a CODEOWNERS file' })
  const bring = async (...lines: string[]) => {
    await form.getByLabel('Repository').fill(REPOSITORY)
    await form.getByLabel('CODEOWNERS file').setInputFiles(file('CODEOWNERS', ...lines))
    await form.getByLabel('Where it is from').fill('main@1f2e3d4')
    await form.getByRole('button', { name: 'Bring this file' }).click()
  }
  await bring('# nobody', '/docs/')
  await form.getByRole('alert').filter({ hasText: 'It names no owner' }).waitFor()
  await bring('* @halden/everybody', '!/x @bo', '/.github/ @halden/release')
  await form.getByText('Not read: line 2').waitFor()
  await isSound(page)
  await page.goto('/owners?ownership=any&q=github-deploy')
  await page.locator('[data-row-link]').first().click()
  await page.getByText('CODEOWNERS, line 3 (/.github/)').waitFor()
  await page.goto('/owners/code-owners')
  await page.getByRole('button', { name: `Take away the file of ${REPOSITORY}` }).click()
  await shows(page, 'main', 'No file was brought')
  expect(complaints).toEqual([])
  await context.close()
})

test('somebody stands in, is ended early, and goes on after all', async () => {
  const { page, context, complaints } = await signedIn()
  await page.goto('/owners')
  await page.getByRole('link', { name: 'Delegations' }).click()
  await page.getByRole('heading', { name: 'Delegations', level: 1 }).waitFor()
  const form = page.getByRole('form', { name: 'Have somebody stand in' })
  const fill = async (until: string) => {
    await form.getByLabel('Who is away').fill('ann@halden.example')
    await form.getByLabel('Who stands in').fill('bo@halden.example')
    await form.getByLabel('Last day').fill(until)
    await form.getByLabel('Why').fill('On leave')
    await form.getByRole('button', { name: 'Have them stand in' }).click()
  }
  await fill('2020-01-01')
  await form.getByRole('alert').filter({ hasText: 'is in the past' }).waitFor()
  await fill(new Date(Date.now() + 20 * 24 * 3600_000).toISOString().slice(0, 10))
  await form.getByText('Bo Berg stands in for Ann Adler.').waitFor()
  await page.getByRole('cell', { name: 'Bo Berg', exact: true }).waitFor()
  await isSound(page)
  await page.getByRole('button', { name: 'End Bo Berg for Ann Adler' }).click()
  await shows(page, 'main', 'Ended.')
  await page.getByRole('cell', { name: 'Bo Berg', exact: true }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('cell', { name: 'Bo Berg', exact: true }).waitFor()
  expect(complaints).toEqual([])
  await context.close()
})

test('pages with something on them are accessible in both themes', async () => {
  const { page, context } = await signedIn()
  for (const path of [
    '/owners?ownership=any&file=any',
    '/owners/file',
    '/owners/code-owners',
    '/owners/delegations?state=any',
    '/people',
  ]) {
    await page.goto(path)
    await page.locator('main h1').waitFor()
    expect(await violationsInBothThemes(page), path).toEqual([])
  }
  await context.close()
})
