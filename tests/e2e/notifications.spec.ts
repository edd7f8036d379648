// Channels, what they send, and the outbox, as the pages show them and a mail server gets it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { db } from '@/prisma/client'
import { mailServer, PASSWORD, USER, type MailServer } from '@/tests/mail-server'
import { madeCertificate } from '@/tests/made-certificate'
import { ADMINISTRATOR, type App, open, shows, signIn, startApp } from './app'
import { violationsInBothThemes } from './axe'

const PLACE = '/settings/notifications'
const MEMBER = 'a long enough password'
const ANALYST = { email: 'anna@halden.example', password: MEMBER }
const AUDITOR = { email: 'otto@halden.example', password: MEMBER }
const own = madeCertificate()

let app: App
let mail: MailServer
async function addMember(page: Page, name: string, email: string, role: string) {
  await page.goto('/settings/members')
  const form = page.getByRole('form', { name: 'Add a member' })
  await form.getByLabel('Name').fill(name)
  await form.getByLabel('E-mail').fill(email)
  await form.getByLabel('Role').selectOption(role)
  await form.getByLabel('Password').fill(MEMBER)
  await form.getByRole('button', { name: 'Add member' }).click()
  await page.getByRole('cell', { name: email }).waitFor()
}
beforeAll(async () => {
  mail = await mailServer(own)
  app = await startApp()
  const { page, context } = await open(app)
  await signIn(page, ADMINISTRATOR)
  await addMember(page, 'Anna Lyst', ANALYST.email, 'analyst')
  await addMember(page, 'Otto Auditor', AUDITOR.email, 'auditor')
  await context.close()
})
afterAll(async () => {
  await db.$disconnect()
  await app?.stop()
  await mail?.stop()
})

async function addMail(page: Page) {
  await page.goto(PLACE)
  await page.getByRole('link', { name: 'Add a channel' }).click()
  await page.getByRole('link', { name: 'Mail (SMTP)' }).click()
  const form = page.getByRole('form', { name: 'Add a channel' })
  await form.getByLabel('Mail server').fill('smtp://wrong')
  await form.getByLabel('Port').fill(String(mail.port))
  await form.getByLabel('User name').fill(USER)
  await form.getByLabel('Password').fill(PASSWORD)
  await form.getByLabel('Sender').fill('rollcall@example.com')
  await form.getByLabel('Certificate authority (PEM)').fill(own.cert)
  await form.getByRole('button', { name: 'Save' }).click()
  await shows(page, 'main', 'must be the name or address of a server')
  expect(await form.getByLabel('Mail server').getAttribute('aria-invalid')).toBe('true')
  await form.getByLabel('Mail server').fill('localhost')
  await form.getByRole('button', { name: 'Save' }).click()
  await page.waitForURL(/\/channels\/[\da-f-]{36}$/)
}

test('a mail server is entered, tested and shown without its password', async () => {
  const { page, context, complaints } = await open(app)
  await signIn(page, ADMINISTRATOR)
  await addMail(page)
  await page.getByRole('button', { name: 'Send a test' }).click()
  await shows(page, 'main', 'Sent, and accepted at')
  expect(mail.mails).toMatchObject([{ to: [ADMINISTRATOR.email], secure: true }])
  expect(await page.content()).not.toContain(PASSWORD)
  expect(await violationsInBothThemes(page)).toEqual([])
  await page.goto(PLACE)
  await shows(page, 'main', 'Mail to people')
  expect(await violationsInBothThemes(page)).toEqual([])
  expect(complaints).toEqual([])
  await context.close()
})

test('what is asked for comes by mail to who may decide; what a server refuses is tried again by hand', async () => {
  await db.notice.deleteMany()
  mail.mails.length = 0
  const first = await open(app)
  await signIn(first.page, ADMINISTRATOR)
  await first.page.goto(PLACE)
  const wishes = first.page.getByRole('form', { name: 'When you are told' })
  await wishes.getByLabel('Quiet from').fill('00:00')
  await wishes.getByLabel('Quiet until').fill('00:00')
  await wishes.getByLabel('Time zone').selectOption('Asia/Kathmandu')
  await wishes.getByRole('button', { name: 'Save' }).click()
  await shows(first.page, 'main', 'Saved. What waits for you goes by it too.')

  mail.refuses('to', 550, '5.1.1 nobody')
  const second = await open(app)
  await signIn(second.page, ANALYST)
  await second.page.goto('/findings')
  await second.page.locator('[data-row-link]').first().click()
  await second.page.getByRole('link', { name: 'Ask for an exception' }).click()
  const form = second.page.getByRole('form', { name: 'Ask for an exception' })
  await form.getByLabel('Reason').fill('It goes with the old system.')
  await form.getByLabel('What keeps the harm small').fill('Its use is watched.')
  await form.getByLabel('Evidence').fill('https://tickets.example/7')
  await form.getByLabel('Last day').fill(new Date(Date.now() + 30 * 24 * 3600_000).toISOString().slice(0, 10))
  await form.getByRole('button', { name: 'Ask for it' }).click()
  await second.page.waitForURL(/\/exceptions\/[\da-f-]{36}$/)
  const asked = new URL(second.page.url()).pathname
  expect((await second.page.goto(`${PLACE}/outbox`))?.status()).toBe(403)

  await expect.poll(() => db.notice.count({ where: { state: 'dead' } })).toBe(1)
  await first.page.goto(`${PLACE}/outbox?state=dead`)
  await shows(first.page, 'main', '550 5.1.1')
  expect(await violationsInBothThemes(first.page)).toEqual([])
  await first.page.getByRole('button', { name: /^Try again/ }).click()
  await expect.poll(() => mail.mails.length).toBe(1)
  expect(mail.mails[0]?.to).toEqual([ADMINISTRATOR.email])
  expect(mail.mails[0]?.raw).toContain(`${app.base}${asked}`)
  expect(mail.mails[0]?.raw).toContain('(Asia/Kathmandu)')
  await first.page.goto(`${PLACE}/outbox?state=sent`)
  await shows(first.page, 'main', 'asks for an exception')
  await first.page.goto('/activity')
  await shows(first.page, 'main', 'Had notices tried again')
  expect([...first.complaints, ...second.complaints.filter((line) => !line.includes('403'))]).toEqual([])
  await first.context.close()
  await second.context.close()
})

test('an auditor sees the outbox and the channels and changes nothing; whoever is told says when', async () => {
  const { page, context } = await open(app)
  await signIn(page, AUDITOR)
  await page.goto(PLACE)
  await shows(page, 'main', 'Mail to people')
  expect(await page.getByRole('link', { name: 'Add a channel' }).count()).toBe(0)
  expect(await page.getByRole('form', { name: 'What is usual here' }).count()).toBe(0)
  await page.locator('[data-row-link]').first().click()
  await page.waitForURL('**/channels/**')
  await page.getByText('Last failure').waitFor()
  expect(await page.locator('main form').count()).toBe(0)
  await page.goto(`${PLACE}/outbox`)
  await page.locator('tbody tr').first().waitFor()
  expect(await page.getByRole('button', { name: /Try|Withdraw/ }).count()).toBe(0)
  expect((await page.goto(`${PLACE}/new`))?.status()).toBe(403)
  await context.close()
})
