// An audit by two people: made, 25 drawn from the sample organisation, one flagged, a request answered and approved.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ADMINISTRATOR, type App, open, shows, signIn, startApp } from './app'
import { violations, violationsInBothThemes } from './axe'
import { addMembers } from './campaign-steps'
import { pictures } from './pictures'

const AUDITOR = {
  ...{ name: 'Otto Auditor', email: 'otto@halden.example' },
  ...{ password: 'a long enough password', role: 'auditor' },
}
const picture = pictures('audits')
/** Beside the form, which says some of the same. */
const THREAD = '[aria-label="What was said"]'

let app: App
beforeAll(async () => {
  app = await startApp()
  await addMembers(app, [AUDITOR])
})
afterAll(() => app?.stop())

test('made, drawn from, flagged, asked in, answered in place and approved', async () => {
  const maker = await open(app)
  await signIn(maker.page, ADMINISTRATOR)
  await maker.page.goto('/audits')
  await maker.page.getByRole('link', { name: 'New audit' }).first().click()
  const made = maker.page.getByRole('form', { name: 'New audit' })
  await made.getByLabel('Title').fill('Access in the year')
  await made.getByLabel('What it is about').fill('Who has access, and who says so.')
  await made.getByLabel('Controls').fill('owasp-nhi')
  await made.getByLabel('Otto Auditor').check()
  await picture(maker.page, 'new')
  expect(await violations(maker.page)).toEqual([])
  await made.getByRole('button', { name: 'Make the audit' }).click()
  await maker.page.waitForURL(/\/audits\/[\da-f-]{36}$/)
  await shows(maker.page, 'main', 'Nothing was asked for or drawn yet')
  expect(await maker.page.getByRole('link', { name: 'Draw a sample' }).count()).toBe(0)
  const path = new URL(maker.page.url()).pathname

  const { page, context, complaints } = await open(app)
  await signIn(page, AUDITOR)
  await page.goto('/')
  await page.locator('#audits').getByRole('link', { name: 'Access in the year' }).click()
  await page.waitForURL(`**${path}`)
  await page.getByRole('link', { name: 'Draw a sample' }).click()
  const draw = page.getByRole('form', { name: 'Draw a sample' })
  await draw.getByLabel('Filter').fill('/identities?class=machine')
  await draw.getByLabel('Seed').fill('winter')
  await picture(page, 'draw')
  expect(await violations(page)).toEqual([])
  await draw.getByRole('button', { name: 'Draw' }).click()
  await page.waitForURL(/\/samples\/[\da-f-]{36}$/)
  await page.locator('#rows tbody tr').nth(24).waitFor()
  expect(await page.locator('#rows tbody tr').count()).toBe(25)
  await shows(page, '#how', 'winter')
  await picture(page, 'sample')
  expect(await violationsInBothThemes(page)).toEqual([])

  await page.getByRole('link', { name: 'Look at the first' }).click()
  await page.waitForURL(/\/items\/[\da-f-]{36}$/)
  await shows(page, '#then', 'Native id')
  const stands = page.getByRole('form', { name: 'How it stands' })
  await stands.getByRole('button', { name: 'Flag' }).click()
  await shows(page, 'main', 'Say why')
  await stands.getByLabel('Reason').fill('Nobody answers for it.')
  await stands.getByRole('button', { name: 'Flag' }).click()
  await shows(page, THREAD, 'Nobody answers for it.')
  await picture(page, 'flagged')
  expect(await violationsInBothThemes(page)).toEqual([])

  await page.goto(`${path}/ask`)
  const ask = page.getByRole('form', { name: 'Ask' })
  await ask.getByLabel('In one line').fill('The policy of rotation')
  await ask.getByLabel('What you ask for').fill('Which policy says how often keys are made anew?')
  await ask.getByRole('button', { name: 'Ask' }).click()
  await page.waitForURL(/\/items\/[\da-f-]{36}$/)
  const item = new URL(page.url()).pathname

  await maker.page.goto(item)
  const answer = maker.page.getByRole('form', { name: 'Answer' })
  await answer.getByLabel('Answer').fill('Ask Bo before you answer this.')
  await answer.getByLabel('Internal note').check()
  await answer.getByRole('button', { name: 'Answer' }).click()
  await shows(maker.page, THREAD, 'auditors do not see it')
  await answer.getByLabel('Answer').fill('It is the policy of this installation.')
  await answer.getByRole('button', { name: 'Answer' }).click()
  await shows(maker.page, THREAD, 'It is the policy of this installation.')
  await maker.page.getByRole('button', { name: 'Say it is ready' }).click()
  await maker.page.getByRole('button', { name: 'It is not ready after all' }).waitFor()
  expect(await maker.page.getByRole('button', { name: 'Approve' }).count()).toBe(0)
  await picture(maker.page, 'answered')
  expect(await violations(maker.page)).toEqual([])

  // The page still says that it waits: what is said of it now is refused, and nothing is lost.
  await page.getByRole('button', { name: 'Approve' }).click()
  await shows(page, 'main', 'has changed it meanwhile')
  await page.goto(item)
  await shows(page, THREAD, 'It is the policy of this installation.')
  expect(await page.getByText('Ask Bo').count()).toBe(0)
  await page.getByRole('button', { name: 'Approve' }).click()
  await shows(page, 'h1 + div', 'Approved')
  await page.goto(`${path}?status=approved,flagged`)
  await page.locator('#items tbody tr').nth(1).waitFor()
  expect(await page.locator('#items tbody tr').count()).toBe(2)
  await picture(page, 'audit')
  expect(await violationsInBothThemes(page)).toEqual([])
  const narrow = await open(app, { viewport: { width: 320, height: 800 } })
  await signIn(narrow.page, AUDITOR)
  for (const one of [path, item]) {
    await narrow.page.goto(one)
    await narrow.page.locator('#items, #thread').first().waitFor()
    expect(await narrow.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
    await picture(narrow.page, 'narrow')
  }
  await narrow.context.close()
  const file = await page.request.get(`/api/v1${path}/items?format=csv&status=flagged`)
  expect((await file.text()).trim().split('\n')).toHaveLength(2)
  expect([...complaints, ...maker.complaints]).toEqual([])
  await context.close()
  await maker.context.close()
})
