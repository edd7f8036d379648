// A link without an account, in a browser: looking at it does nothing, its button opens it once, and a card is decided by it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeLink } from '@/governance/campaigns/links/make-link'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { itemOf, person, runningCampaign, worldOf } from '@/tests/campaign-world'
import { type App, open, shows, startApp } from './app'
import { violationsInBothThemes } from './axe'

let app: App
let campaign: string
let bob: string
beforeAll(async () => {
  await person('mia')
  ;({ id: bob } = await person('bob'))
  await worldOf([
    { id: 'one', owner: 'bob' },
    { id: 'two', owner: 'bob' },
  ])
  campaign = await runningCampaign({ chain: [{ by: 'owner' }], policy: { secondLookShare: 0 } })
  await closeMomentClient()
  app = await startApp()
})
afterAll(async () => {
  await app?.stop()
  await closeSender()
  await db.$disconnect()
})

const FORGED = `${'A'.repeat(43)}.${'B'.repeat(43)}`
/** The bytes of a page, without what is of the request alone: what it was asked by, and the nonce of its scripts. */
async function bytesOf(token: string): Promise<string> {
  const answer = await fetch(`${app.base}/link/${token}`)
  const nonce = /'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1] ?? ''
  expect(answer.status).toBe(200)
  expect(answer.headers.get('set-cookie')).toBeNull()
  return (await answer.text()).replaceAll(token, 'TOKEN').replaceAll(nonce, 'NONCE')
}
const used = () => db.reviewLink.count({ where: { usedAt: { not: null } } })

test('a link is looked at as often as one likes, and opened once', async () => {
  const token = await makeLink(campaign, bob, new Date())
  const first = await bytesOf(token)
  expect(first).toContain('Nothing was decided by opening this page')
  expect(await bytesOf(FORGED)).toBe(first)
  expect(await bytesOf('not-a-token')).toBe(first)
  expect(await used()).toBe(0)

  const { page, context, complaints } = await open(app, { viewport: { width: 320, height: 640 } })
  await page.goto(`/link/${token}`)
  expect(await violationsInBothThemes(page)).toEqual([])
  expect(await used()).toBe(0)
  await page.getByRole('button', { name: 'Open what I am asked' }).click()
  await page.waitForURL('**/link')
  const [cookie] = (await context.cookies(`${app.base}/link`)).filter(
    ({ name }) => name === 'rollcall.review',
  )
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/link' })
  await shows(page, 'main', '0 of 2 decided')
  expect(await violationsInBothThemes(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)

  await page.getByRole('link', { name: 'one' }).click()
  const form = page.getByRole('form', { name: 'Decide' })
  await form.getByRole('radio', { name: /^Remove/ }).check()
  await form.getByLabel('In your own words').fill('Nothing needs it any more.')
  expect(await violationsInBothThemes(page)).toEqual([])
  await form.getByRole('button', { name: 'Save and next' }).click()
  await page.waitForURL('**/link')
  await shows(page, 'main', '1 of 2 decided')
  const { id } = await itemOf(campaign, 'one')
  expect(await db.decision.findMany({ where: { itemId: id } })).toMatchObject([
    { decision: 'remove', byLink: true, byName: 'bob' },
  ])
  // It is no session of the console.
  await page.goto('/identities')
  await page.waitForURL(/\/(welcome|sign-in)/)
  expect(complaints).toEqual([])
  await context.close()

  const second = await open(app)
  expect(await bytesOf(token)).toBe(first)
  await second.page.goto(`/link/${token}`)
  await second.page.getByRole('button', { name: 'Open what I am asked' }).click()
  await shows(second.page, 'main', 'This link opens nothing.')
  await second.page.goto('/link')
  await shows(second.page, 'main', 'Nothing is open')
  await second.context.close()
})
