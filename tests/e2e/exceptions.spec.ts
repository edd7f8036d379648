// An exception from being asked for to running out, and triage of several findings, as the pages show it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { db } from '@/prisma/client'
import { ADMINISTRATOR, type App, open, shows, signIn, startApp } from './app'
import { violations } from './axe'

const ANALYST = { email: 'anna@halden.example', password: 'a long enough password' }
const DAY_MS = 24 * 3600_000

let app: App
beforeAll(async () => {
  app = await startApp()
  const { page, context } = await open(app)
  await signIn(page, ADMINISTRATOR)
  await page.goto('/settings/members')
  const form = page.getByRole('form', { name: 'Add a member' })
  await form.getByLabel('Name').fill('Anna Lyst')
  await form.getByLabel('E-mail').fill(ANALYST.email)
  await form.getByLabel('Role').selectOption('analyst')
  await form.getByLabel('Password').fill(ANALYST.password)
  await form.getByRole('button', { name: 'Add member' }).click()
  await page.getByRole('cell', { name: ANALYST.email }).waitFor()
  await context.close()
})
afterAll(async () => {
  await db.$disconnect()
  await app?.stop()
})

test('asked by one, approved by another, run out by the clock, back', async () => {
  const first = await open(app)
  await signIn(first.page, ANALYST)
  await first.page.goto('/findings')
  await first.page.locator('[data-row-link]').first().click()
  await first.page.getByRole('link', { name: 'Ask for an exception' }).click()
  const form = first.page.getByRole('form', { name: 'Ask for an exception' })
  await form.getByLabel('Reason').fill('It goes with the old system.')
  await form.getByLabel('What keeps the harm small').fill('Its use is watched.')
  await form.getByLabel('Evidence').fill('https://tickets.example/7')
  await form.getByLabel('Last day').fill(new Date(Date.now() + 30 * DAY_MS).toISOString().slice(0, 10))
  await form.getByRole('button', { name: 'Ask for it' }).click()
  await first.page.waitForURL(/\/exceptions\/[\da-f-]{36}$/)
  await shows(first.page, 'main', 'somebody else has to decide')
  expect(await first.page.getByRole('button', { name: 'Approve' }).count()).toBe(0)
  const path = new URL(first.page.url()).pathname

  const second = await open(app)
  await signIn(second.page, ADMINISTRATOR)
  await second.page.goto('/exceptions?state=asked')
  await second.page.locator('[data-row-link]').first().click()
  await second.page.getByRole('button', { name: 'Approve' }).click()
  await shows(second.page, 'main', 'End it before its last day')

  await first.page.goto(path)
  await shows(first.page, 'main', ADMINISTRATOR.name)
  const finding = (await first.page.locator('dd a').first().getAttribute('href')) ?? ''
  await first.page.goto(finding)
  await shows(first.page, 'main', `approved by ${ADMINISTRATOR.name}`)
  expect(await violations(first.page)).toEqual([])
  await first.page.goto('/findings?excepted=yes')
  await first.page
    .getByText(/^1 found$/)
    .first()
    .waitFor()

  const past = (days: number) => new Date(Date.now() - days * DAY_MS)
  await db.exception.updateMany({ data: { askedAt: past(10), approvedAt: past(9), expiresAt: past(1) } })
  await first.page.goto(finding)
  await shows(first.page, 'main', 'It is back.')
  await first.page.goto(path)
  await shows(first.page, 'main', 'Run out')
  expect([...first.complaints, ...second.complaints]).toEqual([])
  await first.context.close()
  await second.context.close()
})

test('asked for from an identity and from a rule, and told apart in a framework', async () => {
  const { page, context, complaints } = await open(app)
  await signIn(page, ANALYST)
  const form = page.getByRole('form', { name: 'Ask for an exception' })
  const fill = async () => {
    await form.getByLabel('Reason').fill('It goes with the old system.')
    await form.getByLabel('What keeps the harm small').fill('Its use is watched.')
    await form.getByLabel('Evidence').fill('https://tickets.example/8')
  }
  const askUntil = async (days: number) => {
    await form.getByLabel('Last day').fill(new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10))
    await form.getByRole('button', { name: 'Ask for it' }).click()
  }
  const { identityId, ruleId } = await db.finding.findFirstOrThrow({
    where: { ruleId: 'identity-ownerless', state: 'open', verdict: 'fail' },
  })
  await page.goto(`/identities/${identityId}`)
  await page.getByRole('link', { name: 'Ask for an exception' }).click()
  await form.getByLabel('Rule').selectOption(ruleId)
  await fill()
  await askUntil(400)
  await form.getByText('is more than 366 days away').last().waitFor()
  // What was chosen and typed is still there, and what is wrong stands by its field.
  expect(await form.getByLabel('Rule').inputValue()).toBe(ruleId)
  expect(await form.getByLabel('Last day').getAttribute('aria-invalid')).toBe('true')
  expect(await violations(page)).toEqual([])
  await askUntil(30)
  await page.waitForURL(/\/exceptions\/[\da-f-]{36}$/)

  await page.goto('/rules/credential-long-lived')
  await page.getByRole('link', { name: 'Ask for an exception' }).click()
  const where = form.getByLabel('Where')
  const scope = (await where.locator('option').nth(1).getAttribute('value')) ?? ''
  await fill()
  await where.evaluate((select) => select.removeAttribute('required'))
  await askUntil(30)
  await form.getByText('Say where').last().waitFor()
  await where.selectOption(scope)
  await form.getByRole('button', { name: 'Ask for it' }).click()
  await page.waitForURL(/\/exceptions\/[\da-f-]{36}$/)
  const { name } = await db.scope.findUniqueOrThrow({ where: { id: scope } })
  await shows(page, 'main', `scope ${name}`)

  const second = await open(app)
  await signIn(second.page, ADMINISTRATOR)
  for (const { id } of await db.exception.findMany({ where: { state: 'asked' } })) {
    await second.page.goto(`/exceptions/${id}`)
    await second.page.getByRole('button', { name: 'Approve' }).click()
    await shows(second.page, 'main', 'End it before its last day')
  }
  await page.goto('/frameworks/owasp-nhi?excepted=yes')
  await page.locator('main h1').waitFor()
  const excepted = page.locator('tbody tr').first().locator('a[href*="excepted=yes"]')
  const [told, href] = [await excepted.innerText(), (await excepted.getAttribute('href')) ?? '']
  expect(await violations(page)).toEqual([])
  await page.goto(href)
  await page.getByText(told.replace('excepted', 'found'), { exact: true }).first().waitFor()
  expect([...complaints, ...second.complaints]).toEqual([])
  await second.context.close()
  await context.close()
})

test('several findings are assigned at once, by keyboard, and given back', async () => {
  const { page, context, complaints } = await open(app)
  await signIn(page, ANALYST)
  await page.goto('/findings?assignee=none')
  await page.getByText('Triage several at once').click()
  await page.locator('[data-row-link]').first().focus()
  await expect
    .poll(async () => {
      if (!(await page.locator('input[name=finding]').first().isChecked())) await page.keyboard.press('x')
      return page.locator('input[name=finding]').first().isChecked()
    })
    .toBe(true)
  await page.locator('input[name=finding]').nth(1).check()
  expect(await violations(page)).toEqual([])
  await page.getByLabel('Assigned to').last().selectOption('me')
  await page.getByRole('button', { name: 'Apply' }).click()
  await shows(page, 'main', '2 findings changed.')
  await page.getByRole('button', { name: 'Undo' }).click()
  await shows(page, 'main', 'Undone: 2 findings as before.')
  expect(await db.triage.count()).toBe(0)
  expect(complaints).toEqual([])
  await context.close()
})
