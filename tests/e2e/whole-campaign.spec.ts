// A whole campaign by everybody who has a part in it: who manages it, who decides, who looks a second time, who carries it out,
// and who reads along. It leaves a picture of every page on the way.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BrowserContext, Page } from 'playwright-core'
import { db } from '@/prisma/client'
import { type App, open, shows, signIn, startApp } from './app'
import { violations } from './axe'
import {
  addMembers,
  draft,
  openCard,
  openRemediation,
  prepared,
  published,
  save,
  saved,
  saysDone,
  signOff,
  type Someone,
} from './campaign-steps'
import { pictures } from './pictures'

const password = 'a long enough password'
const MONA = { name: 'Mona Manages', email: 'mona@halden.example', password, role: 'analyst' }
const INES = { name: 'Ines Lund', email: 'ines.lund@halden.example', password, role: 'owner' }
const SVEN = { name: 'Sven Second', email: 'sven@halden.example', password, role: 'owner' }
const SARA = { name: 'Sara Secures', email: 'sara@halden.example', password, role: 'analyst' }
const OTTO = { name: 'Otto Auditor', email: 'otto@halden.example', password, role: 'auditor' }
const DAY_MS = 24 * 3600_000
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)

const picture = pictures('whole-campaign')
let app: App
let path = ''
const queue = () => path.replace('/campaigns/', '/reviews/')
beforeAll(async () => {
  app = await startApp()
  await addMembers(app, [MONA, INES, SVEN, SARA, OTTO])
})
afterAll(async () => {
  await db.$disconnect()
  await app?.stop()
})

type Window = { page: Page; context: BrowserContext; complaints: string[]; found: string[] }
/** Each in a window of their own. */
async function as(who: Someone, work: (page: Page, shot: (name: string) => Promise<void>) => Promise<void>) {
  const { page, context, complaints }: Omit<Window, 'found'> = await open(app)
  const found: string[] = []
  await signIn(page, who)
  await work(page, async (name) => {
    await picture(page, name)
    found.push(...(await violations(page)))
  })
  expect(found).toEqual([])
  expect(complaints).toEqual([])
  await context.close()
}

test('whoever manages it drafts it with a filter, sees reviewers and blockers, and publishes', async () => {
  await as(MONA, async (page, shot) => {
    await draft(page, {
      list: '/identities?class=machine,unclear&owner=ines',
      name: 'What Ines answers for',
      instructions: 'Keep what has a reason. Ask where you are not sure.',
    })
    await shot('manager-draft')
    path = await saved(page)
    await shot('manager-draft-saved')
    await prepared(page)
    await shot('manager-blockers')
    const seconds = page.getByRole('form', { name: 'Name a second reviewer for them' })
    await seconds.getByLabel('To whom').fill(SVEN.email)
    await seconds.getByLabel('Why').fill('has nothing at stake')
    await seconds.getByRole('button').click()
    await page.getByRole('button', { name: 'Publish…' }).waitFor()
    await shot('manager-ready')
    await page.goto(`${path}/reviewers`)
    await page.locator('main tbody tr').first().waitFor()
    await shot('manager-reviewers')
    await page.goto(`${path}/items`)
    await page.locator('[data-row-link]').first().waitFor()
    await shot('manager-items')
    await page.locator('[data-row-link]').first().click()
    await shows(page, 'main', 'A preview')
    // The form of its reviewer: all of it is there, and nothing of it can be sent.
    expect(await page.getByRole('radio').count()).toBe(5)
    expect(await page.getByRole('radio').first().isDisabled()).toBe(true)
    expect(await page.getByRole('button', { name: 'Save and next' }).isDisabled()).toBe(true)
    await shot('manager-preview')
    await page.goto(path)
    await published(page)
    await shot('manager-running')
  })
})

test('whoever is asked decides in four ways and signs with the password', async () => {
  await as(INES, async (page, shot) => {
    await page.goto('/reviews')
    await shows(page, 'main', '0 of 4 decided')
    await shot('reviewer-reviews')
    await page.goto(queue())
    await page.locator('[data-row-link]').first().waitFor()
    await shot('reviewer-queue')

    await openCard(page, queue(), 'deployer@')
    await page.getByRole('button', { name: 'Understood' }).click()
    await page.getByRole('radio', { name: 'Keep', exact: false }).first().check()
    await page.getByLabel('Reason', { exact: true }).selectOption('still-needed')
    await page.getByLabel('In your own words').fill('It deploys the data platform every night.')
    await page.getByLabel('Keep until').fill(inDays(60))
    await shot('reviewer-card-keep')
    await save(page, 'deployer@halden-data.iam.gserviceaccount.com', 'Keep')
    await shot('reviewer-saved')

    await openCard(page, queue(), 'checkout-api')
    await page.getByRole('radio', { name: 'Keep, but reduce' }).check()
    // What only limits it is not offered: without it there would be more.
    expect(await page.locator('input[name=drops]').count()).toBe(1)
    await page.locator('input[name=drops]').check()
    await shot('reviewer-card-reduce')
    await save(page, 'checkout-api', 'Keep, but reduce')

    await openCard(page, queue(), 'Proof of concept')
    await page.getByRole('radio', { name: 'Remove' }).check()
    await page.getByLabel('In your own words').fill('The trial ended in spring.')
    await shot('reviewer-card-remove')
    await save(page, 'Proof of concept', 'Remove')

    await openCard(page, queue(), 'Invoice reader')
    await page.getByRole('radio', { name: 'Not mine' }).check()
    await page.getByLabel('Whose it is').fill(SARA.email)
    await page.getByLabel('In your own words').fill('Finance had it made, security runs it.')
    await shot('reviewer-card-not-mine')
    await save(page, 'Invoice reader', 'Not mine')
    await shot('reviewer-queue-decided')
    await page.goto(`${queue()}/sign-off`)
    await shows(page, 'main', 'Your name to it')
    await shot('reviewer-sign-off')
    await signOff(page, queue(), INES)
    await shot('reviewer-signed')
    await page.goto('/reviews')
    await shows(page, 'main', 'All of it is signed off')
    await shot('reviewer-reviews-done')
    await page.goto('/reviews/remediations')
    await page.locator('[data-row-link]').first().waitFor()
    await shot('reviewer-removals')
  })
})

test('a second person looks at what is equivalent to an administrator, and is not told what was said', async () => {
  await as(SVEN, async (page, shot) => {
    await page.goto('/reviews')
    await shows(page, 'main', 'second look')
    await shot('second-reviews')
    await page.goto(`${queue()}?show=second`)
    await shot('second-queue')
    await page.locator('[data-row-link]').filter({ hasText: 'deployer@' }).click()
    await shows(page, 'main', 'You are not told what they said.')
    await page.getByRole('radio', { name: 'Keep' }).first().check()
    await page.getByLabel('In your own words').fill('The pipeline runs as it; nothing smaller is there yet.')
    await shot('second-card')
    await page.getByRole('button', { name: 'Give the second look' }).click()
    await shows(page, 'main', 'Second look given: deployer@halden-data.iam.gserviceaccount.com, Keep.')
    await shot('second-given')
  })
})

test('whoever keeps things safe decides what was handed to them, and carries out what is to be done', async () => {
  await as(SARA, async (page, shot) => {
    await openCard(page, queue(), 'Invoice reader')
    await shot('security-card-handed')
    await page.getByRole('radio', { name: 'Keep', exact: false }).first().check()
    await page.getByLabel('Reason', { exact: true }).selectOption('still-needed')
    await page.getByLabel('In your own words').fill('It reads invoices for the month’s end.')
    await page.getByLabel('Keep until').fill(inDays(90))
    await save(page, 'Invoice reader', 'Keep')
    await signOff(page, queue(), SARA)
    await page.goto(`${path}/remediations`)
    await page.locator('[data-row-link]').first().waitFor()
    await shot('security-remediations')
    await openRemediation(page, path, 'checkout-api')
    await shows(page, '#commands', 'aws iam')
    await shot('security-reduce')
    await openRemediation(page, path, 'Proof of concept')
    await shows(page, '#commands', 'az ad app')
    await shot('security-remove')
    await saysDone(page, 'Change 4711')
    // Recorded answers are read once: nobody looks at the sample again, and nothing is said to be gone.
    await shows(page, 'main', 'Nobody has looked since.')
    await shot('security-applied')
  })
})

test('whoever manages it closes and seals it', async () => {
  await as(MONA, async (page, shot) => {
    await page.goto(path)
    await shows(page, 'main', 'Nothing is open')
    await shot('manager-all-signed')
    await page.goto(`${path}/quality`)
    await page.locator('main h1').waitFor()
    await shot('manager-quality')
    await page.goto(`${path}/close`)
    await shot('manager-close')
    await page.getByRole('button', { name: 'Close the campaign' }).click()
    await page.waitForURL(`**${path}`)
    await page.goto(`${path}/close`)
    const sealing = page.getByRole('form', { name: 'Sign the campaign off' })
    await sealing.getByLabel('Your name').fill(MONA.name)
    await sealing.getByLabel('Your password').fill(MONA.password)
    await shot('manager-seal')
    await sealing.getByRole('button', { name: 'Sign and seal' }).click()
    await page.waitForURL(`**${path}`)
    await shows(page, 'main', 'signed the whole campaign')
    await shot('manager-sealed')
  })
})

test('what is over stays for whoever had a part in it', async () => {
  await as(INES, async (page, shot) => {
    await page.goto('/reviews')
    await shows(page, 'main', 'Nothing is asked of you')
    await page.getByRole('link', { name: 'Over' }).click()
    await page.waitForURL('**/reviews?show=over')
    await shows(page, 'main', '3 of 3 decided, 3 signed, closed and sealed')
    await shot('reviewer-over')
    await page.getByRole('link', { name: 'What Ines answers for' }).click()
    await shows(page, 'main', 'This campaign is closed.')
  })
})

test('what is asked by itself is looked at before it is turned on, and turned on', async () => {
  await as(MONA, async (page, shot) => {
    await page.goto('/campaigns')
    await page.getByRole('link', { name: 'Asked by itself' }).click()
    await page.waitForURL('**/campaigns/events')
    await shows(page, 'main', 'With every cause there would have been')
    await shows(page, 'main', 'Nothing waits.')
    await shot('events-off')
    const form = page.getByRole('form', { name: 'What is asked by itself' })
    await form.getByLabel('Its owner has left').check()
    await form.getByLabel('Who is asked where nobody else can be').fill('nobody@halden.example')
    await form.getByRole('button', { name: 'Save' }).click()
    await form.getByText('Name somebody of the directory.').last().waitFor()
    expect(await form.getByLabel('Its owner has left').isChecked()).toBe(true)
    await shot('events-refused')
    await form.getByLabel('Who is asked where nobody else can be').fill(SARA.email)
    await form.getByLabel('Who manages these reviews').fill(MONA.email)
    await form.getByRole('button', { name: 'Save' }).click()
    await form.getByText('Saved. What happens from now on opens a card.').waitFor()
    await shot('events-on')
  })
  const acts = await db.activity.findMany({ where: { action: 'review.set-events' } })
  expect(acts).toMatchObject([{ actorName: MONA.name, detail: { causes: ['owner-left'] } }])
})

test('an auditor reads all of it, and can change nothing', async () => {
  await as(OTTO, async (page, shot) => {
    const { id } = await db.remediation.findFirstOrThrow({ where: { kind: 'remove' } })
    const item = await db.campaignItem.findFirstOrThrow({ where: { name: { startsWith: 'deployer@' } } })
    for (const part of [
      '',
      '/items',
      `/items/${item.id}`,
      '/reviewers',
      '/remediations',
      `/remediations/${id}`,
      '/quality',
      '/close',
    ]) {
      expect((await page.goto(`${path}${part}`))?.status(), part).toBe(200)
      await page.locator('main h1').waitFor()
      await shot(`auditor${part.replaceAll(/[\da-f-]{36}/g, 'one').replaceAll('/', '-') || '-overview'}`)
      const changing = await page.locator('main form:not([role=search]) button[type=submit]').allInnerTexts()
      expect(changing, part).toEqual(part === '' ? ['Check it now'] : [])
    }
    expect((await page.goto('/campaigns/events'))?.status()).toBe(200)
    await shows(page, 'main', 'Its owner has left')
    await shot('auditor-events')
    expect(await page.locator('main form').count()).toBe(0)
    for (const [method, at, body] of [
      ['POST', `/remediations/${id}/applied`, {}],
      ['POST', `${queue()}/addenda`, { text: 'x' }],
    ] as const) {
      const options = { method, data: body, headers: { origin: app.base } }
      expect((await page.request.fetch(`/api/v1${at}`, options)).status(), at).toBe(403)
    }
  })
})
