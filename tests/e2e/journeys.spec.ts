// The ways people take through the console, in a browser, on the built pages.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addSample, ADMINISTRATOR, type App, firstRun, open, shows, signIn, startApp } from './app'

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app?.stop())

test('from the first run over the sample to the evidence of a finding', async () => {
  const { page, context, complaints } = await open(app)
  await firstRun(page)
  await addSample(page)
  await page.goto('/')
  await page.getByRole('link', { name: /machine identit\S+ (has|have) no owner/ }).click()
  await page.waitForURL('**/identities?class=machine&owner=none')
  const found = Number(
    (await page.getByRole('status').filter({ hasText: 'found' }).innerText()).match(/\d+/)?.[0],
  )
  expect(found).toBe(await page.locator('tbody tr').count())

  const name = await page.locator('[data-row-link]').first().innerText()
  await page.locator('[data-row-link]').first().click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
  expect(await page.title()).toContain(name)
  await shows(page, 'main', 'nobody answers for it')
  await page.locator('#findings [data-row-link]', { hasText: 'no owner' }).click()
  await page.getByRole('heading', { name: 'Identity has no owner' }).waitFor()
  await shows(page, '#evidence', 'There is none')
  expect(complaints).toEqual([])
  await context.close()
})

test('the address is the state: filters, back, and what it shows is what the CSV holds', async () => {
  const { page, context, complaints } = await open(app)
  await signIn(page, ADMINISTRATOR)
  await page.goto('/identities')
  await page.locator('summary', { hasText: 'Class' }).click()
  await page.getByRole('checkbox', { name: 'Machine' }).check()
  await page.waitForURL('**/identities?class=machine')
  await page.getByRole('checkbox', { name: 'Human' }).check()
  await page.waitForURL('**/identities?class=machine,human')
  await page.getByRole('link', { name: 'Remove filter Class: Machine' }).click()
  await page.waitForURL('**/identities?class=human')
  await page.locator('tbody tr').first().waitFor()
  const rows = await page.locator('tbody tr').count()
  const csv = await page.request.get(
    (await page.getByRole('link', { name: 'CSV' }).getAttribute('href')) ?? '',
  )
  expect((await csv.text()).trim().split('\n')).toHaveLength(rows + 1)
  await page.goBack()
  await page.waitForURL('**/identities?class=machine,human')
  await page.locator('details', { hasText: 'Machine' }).evaluate((menu) => menu.setAttribute('open', ''))
  expect(await page.getByRole('checkbox', { name: 'Machine' }).isChecked()).toBe(true)

  await page.goto('/identities?class=robot&q=zzzz')
  await shows(page, 'main', 'a filter that is not understood')
  await page.getByRole('link', { name: 'Clear filters' }).last().click()
  await page.waitForURL('**/identities')
  expect(complaints).toEqual([])
  await context.close()
})

test('home tells the score, which leads to what it is made of', async () => {
  const { page, context } = await open(app)
  await signIn(page, ADMINISTRATOR)
  await page.goto('/')
  await page.getByRole('heading', { name: 'Last 7 days' }).waitFor()
  await page.getByRole('link', { name: 'What it is made of' }).click()
  await page.getByRole('heading', { level: 1, name: 'Score' }).waitFor()
  await page.getByRole('heading', { name: 'How it is counted' }).waitFor()
  await page.getByRole('link', { name: 'Administrator', exact: true }).click()
  await page.waitForURL('**/identities?class=machine,unclear&privilege=administrator')
  await context.close()
})

test('everything by keyboard: skip link, shortcuts, rows, palette, help, menu', async () => {
  const { page, context } = await open(app)
  await signIn(page, ADMINISTRATOR)
  await page.goto('/findings')
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content')
  await page.keyboard.press('Enter')
  // Keys are heard once the page has come alive.
  await expect
    .poll(async () => {
      await page.keyboard.press('g')
      await page.keyboard.press('i')
      return new URL(page.url()).pathname
    })
    .toBe('/identities')
  await page.locator('[data-row-link]').first().waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('ArrowDown')
  const third = await page.locator('[data-row-link]').nth(2).innerText()
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(third)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: third }).waitFor()

  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Help' }).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('sources')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/sources')

  await page.goto('/identities')
  const search = page.getByRole('searchbox')
  await expect
    .poll(async () => {
      await page.keyboard.press('/')
      return search.evaluate((field) => field === document.activeElement)
    })
    .toBe(true)
  await search.fill('backup')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/identities?q=backup')
  // Inside a field letters are letters.
  await page.keyboard.press('?')
  expect(await page.getByRole('dialog').count()).toBe(0)
  await context.close()
})

test('a broken file is refused with a reason, and nothing is saved', async () => {
  const { page, context } = await open(app)
  await signIn(page, ADMINISTRATOR)
  await page.goto('/sources/import')
  await page.locator('input[type=file]').setInputFiles({
    name: 'details.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"UserDetailList": ['),
  })
  await page.getByRole('button', { name: 'Upload and preview' }).click()
  const alert = page.getByRole('alert').filter({ hasText: 'not imported' })
  await alert.waitFor()
  expect((await alert.innerText()).length).toBeGreaterThan(
    'The file was not imported. Nothing was saved.'.length + 10,
  )

  const good = {
    UserDetailList: [],
    GroupDetailList: [],
    Policies: [],
    RoleDetailList: [],
    IsTruncated: false,
  }
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'details.txt', mimeType: 'text/plain', buffer: Buffer.from(JSON.stringify(good)) })
  await page.getByRole('button', { name: 'Upload and preview' }).click()
  await page.getByText('must end with .json').waitFor()
  await context.close()
})
