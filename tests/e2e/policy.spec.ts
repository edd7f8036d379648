// A limit from being changed to being restored: what the preview says is what the findings show, in the browser.
import type pg from 'pg'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withClient } from '@/scripts/database/connection.mjs'
import { ADMINISTRATOR, type App, open, shows, signIn, startApp } from './app'
import { violations } from './axe'

const RULE = 'credential-long-lived'
let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(async () => {
  await app?.stop()
})

const failing = () =>
  withClient(process.env.DATABASE_URL ?? '', async (client: pg.Client) => {
    const { rows } = await client.query<{ count: number }>(
      `SELECT count(*)::int FROM finding WHERE rule_id = $1 AND state = 'open' AND verdict = 'fail'`,
      [RULE],
    )
    return rows[0]?.count
  })
/** How many of the rule's verdicts would newly fail, as the panel says. */
async function newlyFailing(page: Page): Promise<number> {
  await page.locator('#preview tbody tr').first().waitFor()
  const rows = await page.locator('#preview tbody tr').all()
  const cells = await Promise.all(rows.map((row) => row.locator('td').allInnerTexts()))
  const failing = cells.filter(
    ([, now = '', then = '']) => !now.startsWith('fails') && then.startsWith('fails'),
  )
  return failing.reduce((sum, [, , , many = '']) => sum + Number(many.replaceAll(',', '')), 0)
}
/** Before that nothing that is typed is heard. */
const alive = (page: Page) =>
  page.waitForFunction(() =>
    Object.keys(document.querySelector('#rules input') ?? {}).some((key) => key.startsWith('__reactProps')),
  )
/** That a policy is refused is told by the browser as well. */
const unexpected = (complaints: string[]) => complaints.filter((one) => !one.includes('status of 400'))

test('change a limit, preview, save, see the findings, restore', async () => {
  const { page, context, complaints } = await open(app)
  await signIn(page, ADMINISTRATOR)
  await page.goto(`/rules/${RULE}`)
  await shows(page, '#settings', 'as built in')
  await page.locator('#settings').getByRole('link', { name: 'Policy' }).click()
  await page.waitForURL('**/settings/policy**')
  const before = (await failing()) ?? 0
  expect(before).toBeGreaterThan(0)

  const rule = page.locator('details', { has: page.locator(`#rule-${RULE}`) })
  if ((await rule.getAttribute('open')) === null) await rule.locator('summary').click()
  const limit = rule.getByLabel('Days until a new value').first()
  await alive(page)
  await limit.fill('soon')
  await shows(page, 'main', 'Changed, and not saved.')
  await page.getByRole('button', { name: 'Preview changes' }).click()
  await shows(page, '#preview', 'must be a number')
  expect(await limit.getAttribute('aria-invalid')).toBe('true')
  await expect.poll(() => limit.evaluate((field) => field === document.activeElement)).toBe(true)

  await limit.fill('1')
  await page.getByRole('button', { name: 'Preview changes' }).click()
  const promised = await newlyFailing(page)
  expect(promised).toBeGreaterThan(0)
  await shows(page, '#preview', 'Nothing was saved.')
  expect(await violations(page)).toEqual([])

  // Leaving asks first.
  let asked = 0
  page.once('dialog', (dialog) => {
    asked++
    void dialog.dismiss()
  })
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Identities' }).click()
  expect([asked, new URL(page.url()).pathname]).toEqual([1, '/settings/policy'])

  await page.getByRole('form', { name: 'Save the policy' }).getByLabel('Why').fill('One day is enough.')
  await page.getByRole('button', { name: 'Save as version 1' }).click()
  await page.waitForURL('**/settings/policy?saved=1')
  await shows(page, 'main', 'Version 1 counts.')
  await expect.poll(failing, { timeout: 120_000 }).toBe(before + promised)
  await page.goto(`/rules/${RULE}`)
  await shows(page, '#settings', 'From version 1 of the policy.')

  await page.goto('/settings/policy/versions/0')
  await shows(page, '#since', 'no longer 1')
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Restore' }).click()
  await page.waitForURL('**/settings/policy?saved=2')
  await shows(page, '#history', 'What is built in again')
  await expect.poll(failing, { timeout: 120_000 }).toBe(before)
  expect(unexpected(complaints)).toEqual([])
  await context.close()
})

test('what was typed is there again after a reload, and a rule is off only with a reason', async () => {
  const { page, context, complaints } = await open(app)
  await signIn(page, ADMINISTRATOR)
  await page.goto('/settings/policy')
  const rule = page.locator('details', { has: page.locator('#rule-identity-ownerless') })
  await rule.locator('summary').click()
  await alive(page)
  await rule.getByLabel('Turned off').check()
  await shows(page, 'main', 'Changed, and not saved.')
  await page.getByRole('button', { name: 'Preview changes' }).click()
  await shows(page, '#preview', 'say why')
  await rule.getByLabel('Why it is turned off').fill('Owners are kept elsewhere.')
  page.once('dialog', (dialog) => void dialog.accept())
  await page.reload()
  await page.getByRole('button', { name: 'Take them up' }).click()
  await page.getByRole('button', { name: 'Preview changes' }).click()
  await shows(page, '#preview tbody', 'rule is off')
  await page.getByRole('button', { name: 'Discard' }).click()
  await shows(page, 'main', 'Nothing is changed.')
  expect(unexpected(complaints)).toEqual([])
  await context.close()
})
