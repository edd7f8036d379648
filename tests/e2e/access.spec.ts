// Questions about access in the browser: each asked and answered, by keyboard alone and without scripts, and refused in words.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ADMINISTRATOR, open, shows, signIn, startApp, type App } from './app'
import { violationsInBothThemes } from './axe'

const PASSWORD = 'a long enough password'
const ANALYST = { email: 'anna@halden.example', password: PASSWORD }
const OWNER = { email: 'ines.lund@halden.example', password: PASSWORD }
const QUESTIONS = ['can', 'become', 'reach', 'ways', 'cut', 'unused'] as const
const ANSWER = 'section[aria-label="Answer"]'
const SLOW = { timeout: 240_000 }

let app: App
beforeAll(async () => {
  app = await startApp()
  const { page, context } = await open(app)
  await signIn(page, ADMINISTRATOR)
  await page.goto('/settings/members')
  for (const [name, { email }, role] of [
    ['Anna Lyst', ANALYST, 'analyst'],
    ['Ines Lund', OWNER, 'owner'],
  ] as const) {
    const form = page.getByRole('form', { name: 'Add a member' })
    await form.getByLabel('Name').fill(name)
    await form.getByLabel('E-mail').fill(email)
    await form.getByLabel('Role').selectOption(role)
    await form.getByLabel('Password').fill(PASSWORD)
    await form.getByRole('button', { name: 'Add member' }).click()
    await page.getByRole('cell', { name: email }).waitFor()
  }
  await context.close()
})
afterAll(() => app?.stop())

/** The address of the first example of a question. */
async function example(page: Page, question: string): Promise<string> {
  await page.goto(`/access?question=${question}`)
  const link = page.locator('main li a[href*="&"]').first()
  return (await link.getAttribute('href')) ?? ''
}

test('each question is answered, and its address is the question', SLOW, async () => {
  const { page, context, complaints } = await open(app)
  await signIn(page, ANALYST)
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Access' }).click()
  await page.waitForURL('**/access')
  for (const question of QUESTIONS) {
    const href = await example(page, question)
    await page.locator(`main a[href="${href}"]`).click()
    await shows(page, ANSWER, 'Analysed')
    expect(new URL(page.url()).searchParams.get('question')).toBe(question)
    const told = await page.locator(`${ANSWER} h2`).innerText()
    await page.reload()
    await shows(page, ANSWER, 'Analysed')
    expect(await page.locator(`${ANSWER} h2`).innerText()).toBe(told)
    await page.goBack()
    await shows(page, 'main', 'For example')
  }
  expect(complaints).toEqual([])
  await context.close()
})

test('a verdict is a word, with its statements and what was not known', SLOW, async () => {
  const { page, context } = await open(app)
  await signIn(page, ANALYST)
  await page.goto(await example(page, 'can'))
  expect(await page.locator('[data-verdict]').innerText()).toMatch(/^(Yes|No|Depends)$/)
  const stated = await page.locator(`${ANSWER} ol[aria-label="Statements"] li`).count()
  const open_ = await page.locator(`${ANSWER} ul[aria-label="Not known"] li`).allInnerTexts()
  expect(stated + open_.length).toBeGreaterThan(0)
  for (const line of open_) expect(line).toMatch(/^Not known:/)
  await context.close()
})

test(
  'where ways can be cut is tried out, and what is not used is told with what would be enough',
  SLOW,
  async () => {
    const { page, context, complaints } = await open(app)
    await signIn(page, ANALYST)
    const csvRows = async () => {
      const href = (await page.locator(`${ANSWER} a[href*="format=csv"]`).getAttribute('href')) ?? ''
      return (await (await page.request.get(href)).text()).trimEnd().split('\r\n').length - 1
    }
    const ends = 'from=github/attribute.repository/halden/shop&to=etl@halden-data.iam.gserviceaccount.com'
    await page.goto(`/access?question=ways&${ends}`)
    await page.getByRole('link', { name: 'Where to cut', exact: true }).click()
    await shows(page, ANSWER, 'Take away 1 thing')
    expect(await page.locator('[data-after]').getAttribute('data-after')).toBe('0')
    await shows(page, ANSWER, 'Judged without it, the steps are gone.')
    const steps = page.getByRole('list', { name: /^Steps that go with/ }).getByRole('listitem')
    expect(await csvRows()).toBe(await steps.count())

    await page.goto(await example(page, 'unused'))
    await shows(page, ANSWER, 'What would be enough')
    const told = page.locator('[data-use="told"]').first()
    await told.locator('summary').first().click()
    expect(await told.locator('details[open] li').count()).toBeGreaterThan(0)
    expect(await csvRows()).toBeGreaterThan(0)
    // What nothing tells of is not known, and is never called unused.
    await page.goto('/access?question=unused&identity=monitoring/prometheus&propose=true')
    await shows(page, '[data-use="unknown"]', 'Not known of any of')
    await shows(page, ANSWER, 'Nothing is proposed')
    expect(complaints).toEqual([])
    await context.close()
  },
)

test('the file holds the rows that are shown, and the graph leads to them', SLOW, async () => {
  const { page, context, complaints } = await open(app)
  await signIn(page, ANALYST)
  await page.goto(`/access?question=reach&from=${encodeURIComponent('billing/invoice-export')}`)
  await shows(page, ANSWER, 'reaches')
  const rows = await page.locator(`${ANSWER} tbody tr`).count()
  const whole = await page.getByRole('list', { name: 'Everything in a scope' }).getByRole('listitem').count()
  expect(rows).toBeGreaterThan(2)
  const file = await page.evaluate(async () => {
    const link = document.querySelector<HTMLAnchorElement>('a[href*="format=csv"]')
    return (await fetch(link?.href ?? '')).text()
  })
  expect(file.trimEnd().split('\r\n')).toHaveLength(1 + rows + whole)
  await page.getByRole('link', { name: 'Draw as a graph' }).click()
  await page.locator('figure svg').first().waitFor()
  const nodes = page.getByRole('region', { name: 'Graph' }).getByRole('link')
  expect(await nodes.count()).toBe(rows + whole + 1)
  await nodes.nth(1).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/#row-/)
  expect(await page.locator(':target').count()).toBe(1)
  expect(complaints).toEqual([])
  await context.close()
})

test(
  'by keyboard alone: a name is offered, asked about, and followed to the next question',
  SLOW,
  async () => {
    const { page, context, complaints } = await open(app)
    await signIn(page, ANALYST)
    await page.goto('/access?question=become')
    await page.getByLabel('Identity').focus()
    await page.keyboard.type('invoice-ex')
    await page.locator('datalist option[value*="invoice-export"]').first().waitFor({ state: 'attached' })
    await page.keyboard.press('Control+A')
    await page.keyboard.type('410258837719:invoice-export')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await shows(page, ANSWER, 'Who can become invoice-export')
    expect(new URL(page.url()).searchParams.get('certain')).toBe('true')
    await shows(page, `${ANSWER} tbody tr`, 'billing/invoice-export')
    await page.locator(`${ANSWER} tbody summary`).first().focus()
    await page.keyboard.press('Enter')
    await page.locator(`${ANSWER} tbody details[open] li`).first().waitFor()
    await page.getByRole('link', { name: '1 step' }).first().focus()
    await page.keyboard.press('Enter')
    await shows(page, ANSWER, 'Way 1')
    const steps = page.getByRole('list', { name: 'Way 1, step by step' }).getByRole('listitem')
    expect(await steps.count()).toBe(1)
    expect(complaints).toEqual([])
    await context.close()
  },
)

test(
  'what is not understood is refused in words at its field, and one of several can be chosen',
  SLOW,
  async () => {
    const { page, context, complaints } = await open(app)
    await signIn(page, ANALYST)
    for (const [query, field, words] of [
      ['question=ways&from=nobody&to=nobody', 'From', 'No identity is known as “nobody”'],
      ['question=ways&from=data/etl&to=administrator:nowhere', 'To', 'No scope is known as “nowhere”'],
      ['question=reach&from=token:issuer', 'From', 'has no “|” between issuer and subject'],
      ['question=can&identity=data/etl&action=get', 'Resource', 'Say which one.'],
      [
        'question=can&identity=data/etl&action=get&resource=pods&context=nothing',
        'Context',
        'Line 1 is not key=value',
      ],
    ] as const) {
      await page.goto(`/access?${query}`)
      await page.getByRole('alert').filter({ hasText: 'cannot be asked' }).waitFor()
      const input = page.getByLabel(field).first()
      expect(await input.getAttribute('aria-invalid'), query).toBe('true')
      await shows(page, 'form p', words)
      const told = (await input.getAttribute('aria-describedby'))?.split(' ') ?? []
      const described = await Promise.all(told.map((id) => page.locator(`#${id}`).innerText()))
      expect(described.join(' '), query).toContain(words)
    }
    await page.goto('/access?question=reach&from=data/etl&hops=99')
    await shows(page, 'main', 'Write a whole number from 1 to 8.')
    await page.goto('/access?question=become&identity=bastion')
    await page.getByRole('list', { name: 'Which one' }).getByRole('link').first().click()
    await shows(page, ANSWER, 'bastion')
    expect(complaints).toEqual([])
    await context.close()
  },
)

test('without scripts a question is asked and answered all the same', SLOW, async () => {
  const { page, context } = await open(app, { javaScriptEnabled: false })
  await signIn(page, ANALYST)
  await page.goto('/access?question=ways')
  await page.getByLabel('From').fill('data/etl')
  await page.getByLabel('To', { exact: true }).fill('renderer@halden-maps.iam.gserviceaccount.com')
  await page.getByRole('button', { name: 'Ask' }).click()
  await shows(page, ANSWER, 'Way 1')
  expect(await page.getByLabel('From').inputValue()).toBe('data/etl')
  await context.close()
})

test('every answer is accessible in both themes, wide and narrow', SLOW, async () => {
  const setUp = await open(app)
  await signIn(setUp.page, ANALYST)
  const paths = [
    '/access',
    '/access?question=ways&from=nobody&to=nobody',
    '/access?question=become&identity=bastion',
  ]
  for (const question of QUESTIONS) paths.push(await example(setUp.page, question))
  paths.push(
    `${paths[paths.length - 1]}&view=graph`,
    '/access?question=reach&from=billing/invoice-export&view=graph',
  )
  await setUp.context.close()
  const found: string[] = []
  for (const width of [1280, 320]) {
    const { page, context, complaints } = await open(app, { viewport: { width, height: 800 } })
    await signIn(page, ANALYST)
    for (const path of paths) {
      await page.goto(path)
      await page.locator('h1').waitFor()
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      if (excess > 0) found.push(`${path} is ${excess} px wider than ${width} px`)
      found.push(...(await violationsInBothThemes(page)))
    }
    expect(complaints).toEqual([])
    await context.close()
  }
  expect(found).toEqual([])
})

test(
  "an identity's page draws what is near and tells it in words; an owner gets the verdict only",
  SLOW,
  async () => {
    const { page, context, complaints } = await open(app)
    await signIn(page, ANALYST)
    await page.goto('/access?question=become&identity=etl@halden-data.iam.gserviceaccount.com')
    await page.locator(`${ANSWER} h2 a`).click()
    await page.getByRole('heading', { name: 'Reach and access' }).waitFor()
    const near = page.locator('#lineage')
    await near.getByText('Each step in words').click()
    const into = near.getByRole('list', { name: 'Steps to it' })
    await into.getByText('data/etl').first().waitFor()
    await near.getByRole('link', { name: 'How far does it reach?' }).click()
    await shows(page, ANSWER, 'reaches')
    expect(complaints).toEqual([])
    await context.close()

    const owner = await open(app)
    await signIn(owner.page, OWNER)
    expect((await owner.page.goto('/access'))?.status()).toBe(403)
    await shows(owner.page, 'main', 'role owner')
    await owner.page.goto('/identities')
    await owner.page.locator('tbody [data-row-link]').first().click()
    await owner.page.getByRole('heading', { name: 'Permissions' }).waitFor()
    await shows(owner.page, '#permissions', 'Judged over all it holds')
    expect(await owner.page.getByRole('heading', { name: 'Reach and access' }).count()).toBe(0)
    expect(await owner.page.locator('a[href^="/access"]').count()).toBe(0)
    await owner.context.close()
  },
)
