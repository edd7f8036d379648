// A delivery is set up on a page, and the worker takes the pack of a period that is over to its folder.
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { db } from '@/prisma/client'
import { ADMINISTRATOR, type App, open, shows, signIn, startApp } from './app'
import { violationsInBothThemes } from './axe'

const root = mkdtempSync(path.join(os.tmpdir(), 'rollcall-delivered-'))
const allowed = mkdtempSync(path.join(root, 'allowed-'))
const SECRET = 'canary-secret-key-of-a-store'

let app: App
beforeAll(async () => {
  process.env.PACKS_FOLDER = path.join(root, 'packs')
  process.env.DELIVERIES_FOLDER = allowed
  app = await startApp()
})
afterAll(async () => {
  await db.$disconnect()
  await app?.stop()
  rmSync(root, { recursive: true, force: true })
})

test('a folder: set up, tried, and the pack of last week is there as it was sealed', async () => {
  const { page, context, complaints } = await open(app)
  await signIn(page, ADMINISTRATOR)
  await page.goto('/evidence')
  await page.getByRole('link', { name: 'Deliveries' }).click()
  await page.getByRole('heading', { level: 1, name: 'Deliveries' }).waitFor()
  await page.getByRole('link', { name: 'New delivery' }).first().click()
  await page.getByRole('link', { name: 'A folder' }).click()
  const form = page.getByRole('form', { name: 'New delivery' })
  await form.getByLabel('Title').fill('Every week')
  await form.getByLabel('What is asked').selectOption('record')
  await form.getByLabel('How often').selectOption('week')
  await form.getByLabel('Hours after the end').fill('0')
  await form.getByLabel('Folder').fill('../out')
  await form.getByRole('button', { name: 'Set up' }).click()
  await shows(page, 'main', 'without ..')
  await form.getByLabel('Folder').fill('audit/weeks')
  await form.getByRole('button', { name: 'Set up' }).click()
  await page.waitForURL(/\/deliveries\/[\da-f-]{36}$/)
  await shows(page, 'main', 'Nothing is due yet')
  expect(await violationsInBothThemes(page)).toEqual([])
  // As if it had been set up a week ago.
  await db.delivery.updateMany({ data: { createdAt: new Date(Date.now() - 7 * 86_400_000) } })
  await page.getByRole('button', { name: 'Try now' }).click()
  await shows(page, 'main', 'Reached.')
  const state = async () => (await db.deliveryPeriod.findFirst())?.state
  while ((await state()) !== 'delivered') await new Promise((resolve) => setTimeout(resolve, 200))
  await page.reload()
  await shows(page, 'main', 'Delivered and read back')
  expect(await violationsInBothThemes(page)).toEqual([])
  const files = readdirSync(path.join(allowed, 'audit/weeks'))
  expect(files).toHaveLength(1)
  const bytes = readFileSync(path.join(allowed, 'audit/weeks', files[0] ?? ''))
  const { sha256 } = await db.pack.findFirstOrThrow()
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
  expect(complaints).toEqual([])
  await context.close()
})

test('a store: what keeps it from being reached is said, and its keys are never shown', async () => {
  const { page, context } = await open(app)
  await signIn(page, ADMINISTRATOR)
  await page.goto('/evidence/deliveries/new?kind=store')
  const form = page.getByRole('form', { name: 'New delivery' })
  await form.getByLabel('Title').fill('Every quarter')
  await form.getByLabel('Address').fill('https://169.254.169.254')
  await form.getByLabel('Bucket', { exact: true }).fill('audit-evidence')
  await form.getByLabel('Access key').fill('canary-access-key')
  await form.getByLabel('Secret key').fill(SECRET)
  await form.getByRole('button', { name: 'Set up' }).click()
  await page.waitForURL(/\/deliveries\/[\da-f-]{36}$/)
  await page.getByRole('button', { name: 'Try now' }).click()
  await shows(page, 'main', 'link-local or metadata')
  const content = await page.content()
  for (const secret of [SECRET, 'canary-access-key']) expect(content).not.toContain(secret)
  await page.getByRole('button', { name: 'Pause' }).click()
  await shows(page, 'main', 'It stands still')
  await page.goto('/evidence/deliveries')
  await shows(page, 'main', 'Every quarter')
  expect(await violationsInBothThemes(page)).toEqual([])
  await context.close()
})
