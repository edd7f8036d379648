// Deny by default: every page, server action and route of the console asks who is there, or is on the short public list.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const APP = fileURLToPath(new URL('.', import.meta.url))
const files = readdirSync(APP, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.tsx?$/.test(file) && !/\.(test|spec)\./.test(file) && !file.startsWith('api/'))
const text = (file: string) => readFileSync(`${APP}${file}`, 'utf8')

/** Pages and actions that must work without a session. Adding one is a decision. */
const PUBLIC = new Set([
  '(entry)/sign-in/page.tsx',
  '(entry)/link/[token]/page.tsx',
  // Reads nothing here: whoever audits has no account, and checks a file of their own.
  '(entry)/verify/page.tsx',
  '(entry)/welcome/page.tsx',
  '(entry)/sign-in/sign-in.ts',
  '(entry)/link/[token]/open.ts',
  '(entry)/welcome/create-administrator.ts',
  '_session/sign-out.ts',
])

/** What is for whoever has come by a link asks who that is, and lets nobody else in. */
const isForLinks = (file: string) => file.startsWith('(entry)/link/')

// Folders that begin with an underscore are never addresses.
const addresses = files.filter((file) => !file.startsWith('_'))
const pages = addresses.filter((file) => /(^|\/)page\.tsx$/.test(file) && !PUBLIC.has(file))
const actions = files.filter((file) => text(file).startsWith("'use server'") && !PUBLIC.has(file))
const routes = addresses.filter((file) => /(^|\/)route\.tsx?$/.test(file))

/** What stands between this exported function and the next. */
function bodies(source: string): string[] {
  return source.split(/^export (?:default )?async function /m).slice(1)
}

test('the lists are not empty, so that the tests below can fail', () => {
  expect(pages.length).toBeGreaterThan(12)
  expect(actions.length).toBeGreaterThan(6)
  expect(routes.length).toBeGreaterThan(0)
})

test.each(pages)('%s asks for a signed-in person before anything is read', (file) => {
  const [page] = text(file).split('export default ').slice(1)
  if (isForLinks(file)) {
    expect(page).toMatch(/^async function \w+\([^)]*\) \{\n {2}const actor = await currentLinkActor\(\)\n/)
    return
  }
  // A page of the record is made by recordPage, which asks first.
  expect(page?.search(/await requireActor\(|^recordPage(<\w+>)?\(/)).toBeGreaterThanOrEqual(0)
})

test('recordPage asks before it looks at the address', () => {
  const [, page = ''] = text('_session/record-page.tsx').split('async function RecordPage')
  expect(page.indexOf('await requireActor(')).toBeGreaterThan(0)
  expect(page.indexOf('await requireActor(')).toBeLessThan(page.indexOf('askedMoment('))
})

test.each(actions)('every action of %s asks who is there', (file) => {
  const asks = isForLinks(file)
    ? /await currentLinkActor\(/
    : /await (currentActor|requireActor|confirmedRun)\(/
  for (const body of bodies(text(file))) expect(body).toMatch(asks)
})

test.each(routes)('%s asks who is there', (file) => {
  expect(text(file)).toMatch(/await actorFrom\(|await requireActor\(/)
})

/** What puts somebody's name to something is run by what asks for the password right before. */
const signsUnasked = (source: string): boolean =>
  /(?<!confirmedRun\(form, )\b(signOff|sealCampaign)\b/.test(source.replace(/^import [^']*'[^']*'$/gm, ''))

test('nothing is signed without the password being asked for again', () => {
  expect(signsUnasked('await signOff(await currentActor(), { id })')).toBe(true)
  expect(signsUnasked('await confirmedRun(form, signOff, { id })')).toBe(false)
  // Who has come by a link has no password: the link stands for it, which opens once and for half an hour.
  const signing = files.filter(
    (file) => text(file).includes("'@/governance/campaigns/sign-off'") && file !== '(entry)/link/actions.ts',
  )
  expect(signing.filter((file) => signsUnasked(text(file)))).toEqual([])
})
