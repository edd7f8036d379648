// An exception from being asked for to running out, and triage of several findings, as the pages show it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { db } from '@/prisma/client'
import { addSample, ADMINISTRATOR, type App, firstRun, open, shows, signIn, startApp } from './app'
import { violations } from './axe'

const ANALYST = { email: 'anna@halden.example', password: 'a long enough password' }
const DAY_MS = 24 * 3600_000

let app: App
beforeAll(async () => {
  app = await startApp()
  const { page, context } = await open(app)
  await firstRun(page)
  await addSample(page)
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
