// Who may see and do what, as the pages show it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PAGES, PLACES } from '@/app/_shell/navigation'
import { may } from '@/core/permissions'
import { violationsInBothThemes } from './axe'
import { ADMINISTRATOR, type App, open, shows, signIn, startApp } from './app'

const PASSWORD = 'a long enough password'
const OWNER = 'ines.lund@halden.example'
const LIMITED = { name: 'Lena Audit', email: 'lena@outside.example' }

let app: App
beforeAll(async () => {
  app = await startApp()
  const { page, context } = await open(app)
  await signIn(page, ADMINISTRATOR)
  await page.goto('/settings/members')
  for (const [name, email, role] of [
    ['Ines Lund', OWNER, 'owner'],
    ['Otto Auditor', 'otto@halden.example', 'auditor'],
    ['Anna Lyst', 'anna@halden.example', 'analyst'],
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

test('without a session every page leads to signing in, and back to where one was going', async () => {
  const { page, context } = await open(app)
  for (const path of [
    '/',
    '/identities?class=machine',
    '/credentials',
    '/sources/new',
    '/settings/members',
    '/no-such-page',
  ]) {
    await page.goto(path)
    expect(new URL(page.url()).pathname).toBe('/sign-in')
  }
  // But for what reads nothing of the record.
  await page.goto('/verify')
  await page.getByRole('heading', { level: 1, name: 'Verify a pack' }).waitFor()
  await page.goto('/identities?class=machine')
  await page.getByLabel('E-mail').fill(ADMINISTRATOR.email)
  await page.getByLabel('Password').fill('not the password at all')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').filter({ hasText: 'E-mail or password is not right' }).waitFor()
  expect(await page.getByLabel('E-mail').inputValue()).toBe(ADMINISTRATOR.email)
  await page.getByLabel('Password').fill(ADMINISTRATOR.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/identities?class=machine')

  await page.getByRole('button', { name: ADMINISTRATOR.name }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL('**/sign-in')
  await page.goto('/identities')
  expect(new URL(page.url()).pathname).toBe('/sign-in')
  await page.goto('/sign-in?next=//evil.example')
  await page.getByLabel('E-mail').fill(ADMINISTRATOR.email)
  await page.getByLabel('Password').fill(ADMINISTRATOR.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`${app.base}/`)
  await context.close()
})

test('an auditor reads everything and is offered nothing that changes', async () => {
  const { page, context } = await open(app)
  await signIn(page, { email: 'otto@halden.example', password: PASSWORD })
  await page.goto('/sources')
  await page.locator('[data-row-link]').first().click()
  await page.getByRole('heading', { name: 'Coverage' }).waitFor()
  for (const name of ['Sync now', 'Pause', 'Delete…', 'Delete sample data', 'Connect a source'])
    expect(await page.getByRole('button', { name }).count(), name).toBe(0)
  expect(await page.getByRole('link', { name: 'Members' }).count()).toBe(0)
  expect(await page.getByRole('link', { name: 'Activity' }).count()).toBe(1)
  const failing = await page.request.get('/api/v1/findings?rule=identity-ownerless&verdict=fail')
  const { rows } = (await failing.json()) as { rows: { identityId: string }[] }
  const identityId = rows[0]?.identityId
  expect(identityId).toBeDefined()
  for (const path of [`/identities/${identityId}`, '/rules/identity-ownerless']) {
    await page.goto(path)
    await page.locator('main h1').waitFor()
    expect(await page.getByRole('link', { name: 'Ask for an exception' }).count(), path).toBe(0)
  }
  expect((await page.goto(`/exceptions/new?identity=${identityId}`))?.status()).toBe(403)
  // A pack changes nothing of what it tells of; keys and files of others are the administrator's.
  expect((await page.goto('/evidence/new'))?.status()).toBe(200)
  // Who audits sees what is delivered where, and sets nothing up.
  expect((await page.goto('/evidence/deliveries'))?.status()).toBe(200)
  expect(await page.getByRole('link', { name: 'New delivery' }).count()).toBe(0)
  expect((await page.goto('/evidence/deliveries/new'))?.status()).toBe(403)
  await page.goto('/evidence/keys')
  expect(await page.getByRole('button', { name: 'Have another key made' }).count()).toBe(0)
  // Audits are made by those who answer; an auditor sees those that name them.
  await page.goto('/audits')
  await shows(page, 'main', 'There is no audit yet')
  expect((await page.goto('/audits/new'))?.status()).toBe(403)
  const response = await page.goto('/settings/members')
  expect(response?.status()).toBe(403)
  await shows(page, 'main', 'role auditor')
  await context.close()
})

test('an auditor whose access is limited reads that much, under their name, until it ends', async () => {
  const { page, context } = await open(app)
  await signIn(page, ADMINISTRATOR)
  const listed = await page.request.get('/api/v1/sources')
  const { rows: sources } = (await listed.json()) as {
    rows: { connectorId: string; scopes: { rows: { id: string; name: string }[] } }[]
  }
  const scopeOf = (connector: string) => {
    const [scope] = sources.find(({ connectorId }) => connectorId === connector)?.scopes.rows ?? []
    if (!scope) throw new Error(connector)
    return scope
  }
  const [seen, unseen] = [scopeOf('vault'), scopeOf('aws')]
  await page.goto('/settings/members')
  const form = page.getByRole('form', { name: 'Add a member' })
  await form.getByLabel('Name').fill(LIMITED.name)
  await form.getByLabel('E-mail').fill(LIMITED.email)
  await form.getByLabel('Password').fill(PASSWORD)
  await form.getByText('Limit to some scopes').click()
  await form.getByLabel(seen.name).check()
  await form.getByRole('button', { name: 'Add member' }).click()
  const row = page.getByRole('row').filter({ hasText: LIMITED.email })
  await row.getByText('within 1 scope').waitFor()
  await row.getByText('90 days left').waitFor()
  const { rows: others } = (await (
    await page.request.get(`/api/v1/identities?scope=${unseen.id}&class=any&size=100`)
  ).json()) as { rows: { id: string; name: string; nativeId: string }[] }
  await context.close()
  await readsWithin(seen, unseen, others)

  const again = await open(app)
  await signIn(again.page, ADMINISTRATOR)
  await again.page.goto('/settings/members')
  const limited = again.page.getByRole('row').filter({ hasText: LIMITED.email })
  await limited.getByRole('button', { name: 'Manage' }).click()
  await again.page.getByRole('link', { name: 'Until when, and what they see' }).last().click()
  const access = again.page.getByRole('form', { name: `Access of ${LIMITED.name}` })
  await access.getByLabel('Last day').fill('2020-01-01')
  await access.getByLabel('Access lasts').selectOption('day')
  await access.getByRole('button', { name: 'Save' }).click()
  await again.page.getByRole('alert').filter({ hasText: 'is in the past' }).waitFor()
  await access.getByLabel('Access lasts').selectOption('30')
  await access.getByRole('button', { name: 'Save' }).click()
  await again.page.getByRole('status').filter({ hasText: 'within 1 scope' }).first().waitFor()
  await again.context.close()
})

type Scope = { id: string; name: string }
type Row = { id: string; name: string; nativeId: string }
/** Every place, and the pages that lists lead to: of the other scope neither its name nor that of anything in it is there. */
async function readsWithin(seen: Scope, unseen: Scope, others: Row[]): Promise<void> {
  const { page, context, complaints } = await open(app)
  await signIn(page, { email: LIMITED.email, password: PASSWORD })
  await shows(page, 'aside', 'You read as an auditor until')
  await shows(page, 'aside', 'within 1 scope.')
  const words = [unseen.name, ...others.flatMap(({ id, nativeId }) => [id, nativeId])]
  expect(words.length).toBeGreaterThan(50)
  const limited = { role: 'auditor', within: [seen.id] } as const
  const found: string[] = []
  const look = async (path: string, status: number) => {
    expect((await page.goto(path))?.status(), path).toBe(status)
    await page.locator('main h1').waitFor()
    await page.waitForLoadState('networkidle')
    const html = await page.content()
    // Where it is asked for, the address tells it.
    const told = words.filter((word) => html.includes(word) && !path.includes(word))
    found.push(...told.map((word) => `${path}: ${word}`))
    expect(await page.locator('svg[data-watermark]').textContent(), path).toContain(LIMITED.email)
  }
  for (const { href, needs } of PLACES) await look(href, !needs || may(limited, needs) ? 200 : 403)
  for (const list of ['identities', 'credentials', 'findings']) {
    const answer = await page.request.get(`/api/v1/${list}?size=100`)
    const { rows } = (await answer.json()) as { rows: { id: string }[] }
    expect(rows.length, list).toBeGreaterThan(3)
    for (const { id } of rows.slice(0, 8)) await look(`/${list}/${id}`, 200)
  }
  for (const path of [
    '/identities?state=any&scope=any&class=any',
    '/findings?group=none',
    '/rules/identity-ownerless',
  ])
    await look(path, 200)
  await look(`/identities/${others[0]?.id}`, 404)
  expect(found).toEqual([])
  expect(await violationsInBothThemes(page)).toEqual([])
  expect(complaints.filter((one) => !/status of 40[34]/.test(one))).toEqual([])
  await context.close()
}

test('an owner sees only what names them', async () => {
  const { page, context } = await open(app)
  await signIn(page, { email: OWNER, password: PASSWORD })
  await page.goto('/identities')
  await page.locator('tbody tr').first().waitFor()
  const owners = await page.locator('tbody tr td:nth-child(4)').allInnerTexts()
  expect(owners.length).toBeGreaterThan(0)
  expect(new Set(owners)).toEqual(new Set([OWNER]))
  const others = await page.request.get('/api/v1/credentials')
  const { rows } = (await others.json()) as { rows: { kind: string; identity?: { id?: string } }[] }
  expect(rows.length).toBeGreaterThan(0)
  await page.goto('/credentials')
  await page.locator('main h1').waitFor()
  expect(await page.locator('tbody tr').count()).toBe(rows.length)
  for (const { kind, identity } of rows)
    if (kind === 'credential') expect((await page.goto(`/identities/${identity?.id}`))?.status()).toBe(200)
  await page.goto('/identities')
  expect(await page.getByRole('link', { name: 'Sources' }).count()).toBe(0)
  expect((await page.goto('/sources'))?.status()).toBe(403)
  await context.close()
})

test.each([
  ['administrator', ADMINISTRATOR],
  ['analyst', { email: 'anna@halden.example', password: PASSWORD }],
  ['auditor', { email: 'otto@halden.example', password: PASSWORD }],
  ['owner', { email: OWNER, password: PASSWORD }],
] as const)('every place is open to the %s or not, as the table of permissions says', async (role, who) => {
  const { page, context } = await open(app)
  await signIn(page, who)
  const shown = await page.getByRole('navigation', { name: 'Main' }).getByRole('link').allInnerTexts()
  for (const { href, title, needs } of PLACES) {
    const open = !needs || may({ role }, needs)
    expect((await page.goto(href))?.status(), href).toBe(open ? 200 : 403)
    expect(
      shown.some((text) => text.includes(title)),
      title,
    ).toBe(open)
  }
  for (const { href, needs } of PAGES)
    expect((await page.goto(href))?.status(), href).toBe(!needs || may({ role }, needs) ? 200 : 403)
  await context.close()
})
