// A reviewer goes through what is asked of them: by keyboard, undone, too fast, together, in two windows, signed off, and after.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { db } from '@/prisma/client'
import { ADMINISTRATOR, type App, open, shows, signIn, startApp } from './app'
import { violations } from './axe'

const INES = { name: 'Ines Lund', email: 'ines.lund@halden.example', password: 'a long enough password' }
const SVEN = { name: 'Sven Second', email: 'sven@halden.example', password: 'a long enough password' }
const DAY_MS = 24 * 3600_000
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)

let app: App
let campaign = ''
const queue = () => `/reviews/${campaign}`

beforeAll(async () => {
  app = await startApp()
  const { page, context } = await open(app)
  await signIn(page, ADMINISTRATOR)
  await page.goto('/settings/members')
  for (const { name, email, password } of [INES, SVEN]) {
    const form = page.getByRole('form', { name: 'Add a member' })
    await form.getByLabel('Name').fill(name)
    await form.getByLabel('E-mail').fill(email)
    await form.getByLabel('Role').selectOption('owner')
    await form.getByLabel('Password').fill(password)
    await form.getByRole('button', { name: 'Add member' }).click()
    await page.getByRole('cell', { name: email }).waitFor()
  }
  campaign = await published(page)
  await context.close()
})
afterAll(async () => {
  await db.$disconnect()
  await app?.stop()
})

const personOf = async (email: string) => (await db.person.findUniqueOrThrow({ where: { email } })).id
async function ask<T>(page: Page, path: string, data?: unknown): Promise<T> {
  const options = data === undefined ? {} : { method: 'POST', data, headers: { origin: app.base } }
  const response = await page.request.fetch(`/api/v1${path}`, options)
  if (!response.ok()) throw new Error(`${path}: ${await response.text()}`)
  return (await response.json()) as T
}

/** One place of the sample, asked of Ines; Sven looks a second time. */
async function published(page: Page): Promise<string> {
  const { scopeId } = await db.identity.findFirstOrThrow({ where: { type: 'gcp.service-account' } })
  const [ines, sven] = [await personOf(INES.email), await personOf(SVEN.email)]
  type Made = { id: string; version: number; state: string }
  const { id, version } = await ask<Made>(page, '/campaigns', {
    name: 'Autumn',
    instructions: 'Ask where you are not sure.',
    dueAt: new Date(Date.now() + 5 * DAY_MS).toISOString(),
    filter: { class: 'machine', scope: scopeId },
    chain: [{ by: 'person', person: ines }],
    policy: { secondReviewers: [sven], secondLookShare: 0 },
  })
  await ask(page, `/campaigns/${id}/prepare`, { version })
  const isReady = async () => expect((await ask<Made>(page, `/campaigns/${id}`)).state).toBe('ready')
  await vi.waitFor(isReady, { timeout: 120_000, interval: 500 })
  await ask(page, `/campaigns/${id}/publish`, {
    version: (await ask<Made>(page, `/campaigns/${id}`)).version,
  })
  return id
}

type Item = { id: string; name: string; version: number; tier: string; state: string }
const itemsOf = async (page: Page, query = 'size=100') =>
  (await ask<{ rows: Item[] }>(page, `/reviews/${campaign}/items?${query}`)).rows
const decideBy = (page: Page, items: Item[], decision: string) =>
  ask(page, `/reviews/${campaign}/decisions`, {
    decisions: items.map(({ id, version }) => ({ item: id, version, decision })),
  })

/** At 320 px, where reviewers on phones are. */
async function found(page: Page): Promise<string[]> {
  await page.setViewportSize({ width: 320, height: 800 })
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  const lines = [...(await violations(page)), ...(wide > 0 ? [`${page.url()} is wider by ${wide} px`] : [])]
  await page.setViewportSize({ width: 1280, height: 800 })
  return lines
}

/** The cursor is on the heading once the keys of the page are alive. */
const ready = (page: Page) =>
  expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1')

test('the queue and the card: by keyboard, nothing chosen beforehand, with the way back', async () => {
  const { page, context, complaints } = await open(app)
  await signIn(page, INES)
  await page.goto('/reviews')
  await page.getByText(/^0 of \d+ decided, due/).waitFor()
  const wrong = await found(page)
  await page.getByRole('link', { name: 'Autumn' }).click()
  await page.waitForURL(`**${queue()}`)
  await shows(page, 'main', 'Ask where you are not sure.')
  wrong.push(...(await found(page)))
  await page.locator('[data-row-link]').first().click()
  await ready(page)
  const [first] = await itemsOf(page)
  expect(await page.locator('main h1').innerText()).toBe(first?.name)
  expect(await page.getByRole('radio').count()).toBe(5)
  expect(await page.locator('input:checked').count()).toBe(0)
  expect(await page.getByText(/approve all|keep all/i).count()).toBe(0)
  const sizes = await page
    .locator('label:has([type=radio])')
    .evaluateAll((all) =>
      all.map(
        (one) => `${Math.round(one.getBoundingClientRect().width)} ${getComputedStyle(one).fontWeight}`,
      ),
    )
  expect(new Set(sizes).size).toBe(1)
  await page.getByRole('button', { name: 'Understood' }).click()
  await page.getByText('How long you look is measured').waitFor({ state: 'detached' })
  wrong.push(...(await found(page)))

  // It is of high risk: what a keep lacks is said by each field, and what was typed stays.
  await page.keyboard.press('1')
  await page.keyboard.press('r')
  expect(
    await page.getByLabel('Reason', { exact: true }).evaluate((one) => one === document.activeElement),
  ).toBe(true)
  await page.getByLabel('In your own words').fill('It moves the data every night.')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Choose a reason.').last().waitFor()
  expect(await page.getByLabel('Keep until').getAttribute('aria-invalid')).toBe('true')
  expect(await page.getByLabel('In your own words').inputValue()).toBe('It moves the data every night.')
  wrong.push(...(await found(page)))
  await page.getByLabel('Reason', { exact: true }).selectOption('still-needed')
  await page.getByLabel('Keep until').fill(inDays(60))
  await page.keyboard.press('Control+Enter')
  await shows(page, 'main', `Saved: ${first?.name}, Keep.`)
  await ready(page)
  expect(await page.locator('input:checked').count()).toBe(0)
  await page.keyboard.press('k')
  await page.waitForURL(({ pathname }) => pathname.endsWith(`/${first?.id}`))
  await page.goBack()
  await page.getByRole('button', { name: `Undo ${first?.name}` }).click()
  await shows(page, 'main', `Taken back: ${first?.name} is open again.`)
  const kept = await db.decision.findFirstOrThrow({ where: { campaignId: campaign, decision: 'keep' } })
  expect(kept.dwellMs).toBeGreaterThan(0)
  expect(wrong).toEqual([])
  expect(complaints).toEqual([])
  await context.close()
})

test('five quick decisions in a row are told, and are in nobody’s way', async () => {
  const { page, context } = await open(app)
  // The clock that the time in sight is counted by stands still.
  await page.addInitScript(() => {
    performance.now = () => 1000
  })
  await signIn(page, INES)
  const [before, start] = await itemsOf(page, 'tier=medium&size=100')
  // One of which the time was not measured: what was decided before does not count into the five.
  if (before) await decideBy(page, [before], 'remove')
  await page.goto(`${queue()}/${start?.id}`)
  for (let n = 1; n <= 5; n++) {
    await ready(page)
    expect(await page.getByText('You are going fast').count(), `before ${n}`).toBe(0)
    const name = await page.locator('main h1').innerText()
    await page.getByRole('radio', { name: 'Remove' }).check()
    await page.keyboard.press('Control+Enter')
    await shows(page, 'main', `Saved: ${name}, Remove.`)
  }
  await shows(page, 'main', 'You are going fast; 0 of these are of high risk.')
  expect(await violations(page)).toEqual([])
  await page.getByRole('link', { name: 'Continue' }).click()
  await page.getByRole('radio', { name: 'Remove' }).check()
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => db.decision.count({ where: { campaignId: campaign, paced: true } })).toBe(1)
  await context.close()
})

test('of two windows the second shows what the first decided, and loses nothing', async () => {
  const { page, context } = await open(app)
  await signIn(page, INES)
  const [item] = await itemsOf(page, 'tier=high&size=100')
  if (!item) throw new Error('nothing is of high risk')
  await page.goto(`${queue()}/${item.id}`)
  await page.getByRole('radio', { name: 'Not mine' }).check()
  await page.getByLabel('In your own words').fill('The data team runs it.')
  await decideBy(page, [item], 'remove')
  await page.getByRole('button', { name: 'Save and next' }).click()
  await page.getByRole('alert').filter({ hasText: 'Ines Lund decided “remove”' }).waitFor()
  expect(await page.getByLabel('In your own words').inputValue()).toBe('The data team runs it.')
  expect(await page.getByRole('radio', { name: 'Not mine' }).isChecked()).toBe(true)
  // Sven cannot be asked: he gives the second look at it.
  await page.getByLabel('Whose it is').fill(ADMINISTRATOR.email)
  await page.getByRole('button', { name: 'Save and next' }).click()
  await shows(page, 'main', `Saved: ${item.name}, Not mine.`)
  await page.goto(`${queue()}?show=handed`)
  await shows(page, 'main', 'The data team runs it.')
  expect(await violations(page)).toEqual([])
  await context.close()
})

test('what is the same is decided together: tried first, refused by name', async () => {
  const { page, context } = await open(app)
  await signIn(page, INES)
  await page.goto(queue())
  await page.locator('#same a').first().click()
  const form = page.getByRole('form', { name: 'Decide together' })
  await form.waitFor()
  expect(await form.locator('input:checked').count()).toBe(0)
  const wrong = await found(page)
  const boxes = form.getByRole('checkbox')
  for (let n = 0; n < (await boxes.count()); n++) await boxes.nth(n).check()
  await form.getByRole('radio', { name: 'Keep' }).check()
  await form.getByLabel('Reason', { exact: true }).selectOption('still-needed')
  await form.getByRole('button', { name: 'Save for those ticked' }).click()
  await form.getByRole('alert').filter({ hasText: 'It is of high risk' }).waitFor()
  expect(await boxes.first().isChecked()).toBe(true)
  await form.getByRole('radio', { name: 'Remove' }).check()
  await form.getByRole('button', { name: 'Try it' }).click()
  await shows(page, 'main', 'Nothing was done yet.')
  const before = await db.decision.count({ where: { campaignId: campaign } })
  await form.getByRole('button', { name: 'Save for those ticked' }).click()
  await shows(page, 'main', 'None of these is open any more')
  expect(await db.decision.count({ where: { campaignId: campaign } })).toBeGreaterThan(before)
  expect(wrong).toEqual([])
  await context.close()
})

test('a second person is not told what the first one said', async () => {
  const { page, context } = await open(app)
  await signIn(page, SVEN)
  await page.goto(`${queue()}?show=second`)
  await page.locator('[data-row-link]').first().click()
  await shows(page, 'main', 'You are not told what they said.')
  expect(await page.locator('#said').count()).toBe(0)
  expect(await page.getByRole('radio').count()).toBe(3)
  expect(await violations(page)).toEqual([])
  await context.close()
})

test('without scripts an item is decided all the same', async () => {
  const { page, context } = await open(app, { javaScriptEnabled: false })
  await signIn(page, INES)
  const [item] = await itemsOf(page, 'state=undecided&size=100')
  await page.goto(`${queue()}/${item?.id}`)
  await page.getByRole('radio', { name: 'I cannot tell' }).check()
  await page.getByRole('button', { name: 'Save and next' }).click()
  await shows(page, 'main', 'Say what is lacking.')
  await page.getByLabel('What is lacking', { exact: true }).selectOption('purpose')
  await page.getByRole('button', { name: 'Save and next' }).click()
  await shows(page, 'main', `Saved: ${item?.name}, I cannot tell.`)
  const row = await db.decision.findFirstOrThrow({
    where: { itemId: item?.id ?? '', decision: 'cannot-tell' },
  })
  expect(row.dwellMs).toBeNull()
  await context.close()
})

test('signed off with the password typed again, locked, added to, and followed until it is gone', async () => {
  const { page, context } = await open(app)
  await signIn(page, INES)
  await page.goto(`${queue()}/sign-off`)
  await shows(page, 'main', 'still open')
  await decideBy(page, await itemsOf(page, 'state=undecided,unclear&size=100'), 'remove')
  await page.goto(`${queue()}/sign-off`)
  const form = page.getByRole('form', { name: 'Sign off' })
  const wrong = await found(page)
  await form.getByLabel('What you sign').fill('I have looked at each of them, and answer for it.')
  await form.getByLabel('Your name, typed').fill(INES.name)
  await form.getByLabel('Your password, again').fill('not my password at all')
  await form.getByRole('button', { name: 'Sign off' }).click()
  await form.getByText('This is not your password.').last().waitFor()
  expect(await form.getByLabel('What you sign').inputValue()).toBe(
    'I have looked at each of them, and answer for it.',
  )
  expect(await db.signOff.count()).toBe(0)
  await form.getByLabel('Your password, again').fill(INES.password)
  await form.getByRole('button', { name: 'Sign off' }).click()
  await shows(page, 'main', 'I have looked at each of them, and answer for it.')
  const add = page.getByRole('form', { name: 'Add beside it' })
  await add.getByLabel('Add something').fill('The ticket is 7.')
  await add.getByRole('button', { name: 'Add' }).click()
  await shows(page, '#signed li', 'The ticket is 7.')
  wrong.push(...(await found(page)))
  const [signed] = await itemsOf(page, 'state=signed&size=100')
  await page.goto(`${queue()}/${signed?.id}`)
  await shows(page, 'main', 'It is signed off and locked.')
  expect(await page.getByRole('radio').count()).toBe(0)

  await page.goto('/reviews/remediations?state=signed')
  wrong.push(...(await found(page)))
  await page.getByRole('link', { name: /^etl@/ }).click()
  await shows(page, 'pre', 'gcloud iam service-accounts disable etl@')
  await shows(page, 'main', 'Nothing of this is run by Rollcall.')
  wrong.push(...(await found(page)))
  await page.getByLabel('Note').fill('Change 12')
  await page.getByRole('button', { name: 'It was done' }).click()
  await shows(page, 'main', 'said that it was done')
  expect(wrong).toEqual([])
  await context.close()
})
