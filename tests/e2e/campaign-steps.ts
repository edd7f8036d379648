// What people do in a campaign, step by step in a browser: for journeys that go through the whole of one.
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { ADMINISTRATOR, type App, open, shows, signIn } from './app'

export type Someone = { name: string; email: string; password: string; role: string }

/** Members of the installation are people of its directory. */
export async function addMembers(app: App, members: readonly Someone[]): Promise<void> {
  const { page, context } = await open(app)
  await signIn(page, ADMINISTRATOR)
  await page.goto('/settings/members')
  for (const { name, email, password, role } of members) {
    const form = page.getByRole('form', { name: 'Add a member' })
    await form.getByLabel('Name').fill(name)
    await form.getByLabel('E-mail').fill(email)
    await form.getByLabel('Role').selectOption(role)
    await form.getByLabel('Password').fill(password)
    await form.getByRole('button', { name: 'Add member' }).click()
    await page.getByRole('cell', { name: email }).waitFor()
  }
  await context.close()
}

type Drafted = { list: string; name: string; instructions?: string }
/** From the list of identities to a draft that is not saved yet. */
export async function draft(page: Page, { list, name, instructions }: Drafted): Promise<void> {
  await page.goto(list)
  await page.getByRole('link', { name: 'Review these' }).click()
  await page.waitForURL('**/campaigns/new?**')
  const form = page.getByRole('form', { name: 'Campaign' })
  await form.getByLabel('Name', { exact: true }).fill(name)
  if (instructions) await form.getByLabel('Instructions for reviewers').fill(instructions)
  await form.getByLabel('Second looks, percent').fill('0')
  await form.getByRole('button', { name: 'Count who would be asked' }).click()
  await form.getByText('would be asked as of now').waitFor()
  await form.getByRole('button', { name: 'Save as a draft' }).waitFor()
  await form.getByRole('button', { name: 'Counting…' }).waitFor({ state: 'detached' })
}

/** @returns the path of its page */
export async function saved(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Save as a draft' }).click()
  await page.waitForURL(/\/campaigns\/[\da-f-]{36}$/)
  return new URL(page.url()).pathname
}

/** Freezes it: what keeps it from being published is there, or that it can be. */
export async function prepared(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Prepare', exact: true }).click()
  await page
    .getByRole('heading', { name: 'Before it can be published' })
    .or(page.getByText('Publish…'))
    .waitFor()
}

export async function published(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Publish…' }).click()
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByRole('heading', { name: 'How far it is' }).waitFor()
}

/** From the queue to the card of this name, ready to be decided. */
export async function openCard(page: Page, queue: string, name: string): Promise<void> {
  await page.goto(queue)
  await page.locator('[data-row-link]').filter({ hasText: name }).first().click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

export async function save(page: Page, name: string, choice: string): Promise<void> {
  await page.getByRole('button', { name: 'Save and next' }).click()
  await shows(page, 'main', `Saved: ${name}, ${choice}.`)
}

export async function signOff(page: Page, queue: string, who: Someone): Promise<void> {
  await page.goto(`${queue}/sign-off`)
  const form = page.getByRole('form', { name: 'Sign off' })
  await form.getByLabel('Your name, typed').fill(who.name)
  await form.getByLabel('Your password, again').fill(who.password)
  await form.getByRole('button', { name: 'Sign off' }).click()
  await page.locator('#signed li').first().waitFor()
}

/** From the page of a campaign to what is to be done about this identity. */
export async function openRemediation(page: Page, campaign: string, name: string): Promise<void> {
  await page.goto(`${campaign}/remediations`)
  await page.locator('[data-row-link]').filter({ hasText: name }).first().click()
  await page.getByRole('heading', { name: 'What to do' }).waitFor()
}

export async function saysDone(page: Page, note: string): Promise<void> {
  await page.getByLabel('Note').fill(note)
  await page.getByRole('button', { name: 'It was done' }).click()
  await page.getByText('Noted.').first().waitFor()
}

/** The state of a remediation, as its page says it once somebody looks at it again. */
export async function toldState(page: Page, campaign: string, state: string): Promise<void> {
  await expect
    .poll(async () => {
      await page.goto(`${campaign}/remediations`)
      return page.locator('tbody tr').first().innerText()
    })
    .toContain(state)
}
