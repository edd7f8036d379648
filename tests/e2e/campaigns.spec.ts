// A campaign from the list of identities to its seal, as its manager does it on the pages; and who may not.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { db } from '@/prisma/client'
import { ADMINISTRATOR, type App, open, shows, signIn, startApp } from './app'
import { violations } from './axe'

const AUDITOR = { email: 'otto@halden.example', password: 'a long enough password' }
const DAY_MS = 24 * 3600_000
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)

let app: App
beforeAll(async () => {
  app = await startApp()
  const { page, context } = await open(app)
  await signIn(page, ADMINISTRATOR)
  await page.goto('/settings/members')
  const form = page.getByRole('form', { name: 'Add a member' })
  await form.getByLabel('Name').fill('Otto Auditor')
  await form.getByLabel('E-mail').fill(AUDITOR.email)
  await form.getByLabel('Role').selectOption('auditor')
  await form.getByLabel('Password').fill(AUDITOR.password)
  await form.getByRole('button', { name: 'Add member' }).click()
  await page.getByRole('cell', { name: AUDITOR.email }).waitFor()
  await context.close()
  await peopleOfTeams()
})
afterAll(async () => {
  await db.$disconnect()
  await app?.stop()
})

/** The directory knows one of the owners whom sources name, and two more who can help. */
async function peopleOfTeams(): Promise<void> {
  const here = { standing: 'here', createdAt: new Date(), changedAt: new Date() }
  for (const [name, email] of [
    ['Ines Lund', 'ines.lund@halden.example'],
    ['Bo Beside', 'bo@halden.example'],
    ['Sven Second', 'sven@halden.example'],
  ] as const)
    await db.person.create({ data: { name, email, ...here } })
}

async function fresh(page: Page): Promise<string[]> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  return [...(await violations(page)), ...(wide > 0 ? [`${page.url()} is wider than 320 px by ${wide}`] : [])]
}

test('from the list of identities to the seal', async () => {
  const { page, context, complaints } = await open(app, { viewport: { width: 320, height: 800 } })
  await signIn(page, ADMINISTRATOR)
  const found: string[] = []
  await page.goto('/campaigns')
  await shows(page, 'main', 'There is no campaign yet')
  found.push(...(await fresh(page)))

  await page.goto('/identities?privilege=administrator')
  await page.getByRole('link', { name: 'Review these' }).click()
  await page.waitForURL('**/campaigns/new?privilege=administrator')
  const form = page.getByRole('form', { name: 'Campaign' })
  await shows(page, 'main', 'match now')
  const listed = await page.request.get('/api/v1/identities?privilege=administrator')
  const { total } = (await listed.json()) as { total: number }
  expect(total).toBeGreaterThan(2)
  await shows(page, 'main', `${total} identities match now`)

  // Bad input is named by its field, and nothing that was typed is lost.
  await form.getByLabel('Name', { exact: true }).fill('Administrators')
  await form.getByLabel('3. Else').selectOption('person')
  await form.getByLabel('Who, as step 3').fill('nobody@halden.example')
  await form.getByLabel('Second looks, percent').evaluate((field) => field.removeAttribute('max'))
  await form.getByLabel('Second looks, percent').fill('70')
  await form.getByRole('button', { name: 'Save as a draft' }).click()
  await form.getByText('Nobody in the directory is nobody@halden.example.').last().waitFor()
  expect(await form.getByLabel('Who, as step 3').getAttribute('aria-invalid')).toBe('true')
  expect(await form.getByLabel('Second looks, percent').getAttribute('aria-invalid')).toBe('true')
  expect(await form.getByLabel('Name', { exact: true }).inputValue()).toBe('Administrators')
  found.push(...(await fresh(page)))
  await form.getByLabel('Second looks, percent').fill('10')
  await form.getByLabel('3. Else').selectOption('')
  await form.getByRole('button', { name: 'Count who would be asked' }).click()
  await form.getByText(/items? ha(s|ve) no reviewer/).waitFor()
  await form.getByRole('button', { name: 'Save as a draft' }).click()
  await page.waitForURL(/\/campaigns\/[\da-f-]{36}$/)
  const path = new URL(page.url()).pathname
  const id = path.split('/').at(-1) ?? ''

  await page.getByRole('button', { name: 'Prepare', exact: true }).click()
  await page.getByRole('heading', { name: 'Before it can be published' }).waitFor()
  expect(await page.getByRole('button', { name: 'Publish…' }).count()).toBe(0)
  found.push(...(await fresh(page)))
  await page.getByRole('button', { name: 'Check it now' }).click()
  await shows(page, 'main', 'It is as it was frozen')

  const reviewers = page.getByRole('form', { name: 'Name a reviewer for them' })
  await reviewers.getByLabel('To whom').fill('bo@halden.example')
  await reviewers.getByLabel('Why').fill('takes what nobody owns')
  await reviewers.getByRole('button').click()
  await reviewers.waitFor({ state: 'detached' })
  const seconds = page.getByRole('form', { name: 'Name a second reviewer for them' })
  await seconds.getByLabel('To whom').fill('sven@halden.example')
  await seconds.getByLabel('Why').fill('has nothing at stake')
  await seconds.getByRole('button').click()
  await page.getByRole('button', { name: 'Publish…' }).waitFor()

  // The card, as its reviewer will see it.
  await page.getByRole('link', { name: 'Items', exact: true }).click()
  await page.waitForURL('**/items')
  await page.locator('[data-row-link]').first().click()
  await shows(page, 'main', 'A preview')
  await shows(page, 'main', 'What its reviewer can choose')
  found.push(...(await fresh(page)))

  await page.goto(path)
  await page.getByRole('button', { name: 'Publish…' }).click()
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await shows(page, 'main', 'Running')
  await page.getByRole('heading', { name: 'How far it is' }).waitFor()
  found.push(...(await fresh(page)))
  await page.getByRole('button', { name: 'Extend…' }).click()
  await page.getByLabel('Due').fill(inDays(40))
  await page.getByLabel('Reason').fill('Half of them are away.')
  await page.getByRole('button', { name: 'Extend', exact: true }).click()
  await page.getByText('Half of them are away.').last().waitFor()

  await page.goto(`${path}/items?reviewer=none`)
  await shows(page, 'main', 'No item is like this')
  await page.goto(`${path}/items?state=undecided&tier=high`)
  await page.locator('tbody tr').first().waitFor()
  found.push(...(await fresh(page)))
  await page.getByText('Hand some to somebody else').click()
  await page.getByLabel('To whom').fill('ines.lund@halden.example')
  await page.getByLabel('Why').fill('knows them')
  await page.locator('input[name=item]').first().check()
  await page.getByRole('button', { name: 'Hand over the selected' }).click()
  await shows(page, 'main', '1 item handed to Ines Lund.')
  for (const part of ['reviewers', 'remediations', 'quality']) {
    await page.goto(`${path}/${part}`)
    await page.locator('main h1').waitFor()
    found.push(...(await fresh(page)))
  }

  await page.goto(`${path}/close`)
  const closing = page.getByRole('form', { name: 'Close the campaign' })
  expect(await closing.locator('input[type=radio]:checked').count()).toBe(0)
  const reasons = closing.getByLabel('Why')
  for (const one of await reasons.all()) await one.fill('not decided in time')
  await closing.getByRole('button', { name: 'Close the campaign' }).click()
  await closing.getByText('Choose what becomes of them').last().waitFor()
  found.push(...(await fresh(page)))
  for (const one of await closing.getByRole('radio', { name: 'Somebody answers' }).all()) await one.check()
  for (const one of await closing.getByLabel('Who answers').all()) await one.fill(ADMINISTRATOR.email)
  await closing.getByRole('button', { name: 'Close the campaign' }).click()
  await page.waitForURL(`**${path}`)
  await shows(page, 'main', 'Closed')
  const states = await db.campaignItem.groupBy({ by: ['state'], where: { campaignId: id } })
  expect(states.map(({ state }) => state)).toEqual(['excepted'])

  await page.goto(`${path}/close`)
  const sealing = page.getByRole('form', { name: 'Sign the campaign off' })
  found.push(...(await fresh(page)))
  await sealing.getByLabel('Your name').fill(ADMINISTRATOR.name)
  await sealing.getByLabel('Your password').fill('not the password at all')
  await sealing.getByRole('button', { name: 'Sign and seal' }).click()
  await sealing.getByRole('alert').waitFor()
  expect(await sealing.getByLabel('Your name').inputValue()).toBe(ADMINISTRATOR.name)
  await sealing.getByLabel('Your password').fill(ADMINISTRATOR.password)
  await sealing.getByRole('button', { name: 'Sign and seal' }).click()
  await page.waitForURL(`**${path}`)
  await shows(page, 'main', 'signed the whole campaign')
  found.push(...(await fresh(page)))
  await page.goto('/campaigns?state=sealed')
  await shows(page, 'tbody', 'Administrators')
  found.push(...(await fresh(page)))

  expect(found).toEqual([])
  expect(complaints).toEqual([])
  await context.close()
})

test('an auditor reads all of it, and is offered nothing that changes it', async () => {
  const { id } = await db.campaign.findFirstOrThrow()
  const { page, context } = await open(app)
  await signIn(page, AUDITOR)
  for (const path of ['', '/items', '/reviewers', '/remediations', '/quality', '/close']) {
    expect((await page.goto(`/campaigns/${id}${path}`))?.status(), path).toBe(200)
    await page.locator('main h1').waitFor()
    for (const name of ['Sign and seal', 'Hand over the selected', 'Add', 'Close the campaign'])
      expect(await page.getByRole('button', { name, exact: true }).count(), `${path} ${name}`).toBe(0)
  }
  await page.goto(`/campaigns/${id}`)
  await page.getByRole('button', { name: 'Check it now' }).click()
  await shows(page, 'main', 'It is as it was frozen')
  await page.goto('/campaigns')
  expect(await page.getByRole('link', { name: 'New campaign' }).count()).toBe(0)
  for (const path of ['/campaigns/new', `/campaigns/${id}/edit`])
    expect((await page.goto(path))?.status(), path).toBe(403)
  await page.goto('/identities')
  await page.locator('tbody tr').first().waitFor()
  expect(await page.getByRole('link', { name: 'Review these' }).count()).toBe(0)
  await context.close()
})
