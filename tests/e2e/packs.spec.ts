// The three ready-made packs, built in the browser about the sample organisation: asked, looked at, built, downloaded, checked
// and read as an auditor would.
import { readFileSync } from 'node:fs'
import { BlobReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BrowserContext, Page } from 'playwright-core'
import { verifyPack } from '@/evidence/verify/verify-pack'
import { frameworkOf } from '@/governance/frameworks/frameworks'
import { readyPacks } from '@/governance/packs/ready'
import { pdfPages } from '@/tests/pdf-text'
import { type App, open, shows, signIn, startApp } from './app'
import { violationsInBothThemes } from './axe'
import { addMembers } from './campaign-steps'
import { pictures } from './pictures'

const AUDITOR = {
  ...{ name: 'Otto Auditor', email: 'otto@halden.example' },
  ...{ password: 'a long enough password', role: 'auditor' },
}
/** Calls that the sample organisation refuses: what is not seen because of them has to be said. */
const REFUSED = /denied/
/** The one that is built without the names of people. */
const REDACTED = 'csf'

let app: App
let page: Page
let context: BrowserContext
let complaints: string[]
let last: Blob
const take = pictures('packs')
beforeAll(async () => {
  app = await startApp()
  await addMembers(app, [AUDITOR])
  ;({ page, context, complaints } = await open(app, { acceptDownloads: true }))
  await signIn(page, AUDITOR)
})
afterAll(async () => {
  await context?.close()
  await app?.stop()
})

async function built(ready: string): Promise<Blob> {
  await page.goto(`/evidence/new?ready=${ready}`)
  await page.getByLabel('Leave out the names of people').setChecked(ready === REDACTED)
  await page.getByRole('button', { name: 'Look what it would hold' }).click()
  await shows(page, 'main', 'It can be built, and says on every page that it is not complete')
  expect(
    await page.getByRole('table', { name: 'Sources, reconciled' }).getByRole('row').count(),
  ).toBeGreaterThan(20)
  expect(await violationsInBothThemes(page)).toEqual([])
  await take(page, `${ready}-preview`)
  await page.getByRole('button', { name: 'Build the pack' }).click()
  await page.waitForURL(/\/evidence\/[\da-f-]{36}$/)
  // The page reads itself again when the job ends.
  const waiting = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download' }).click()
  const download = await waiting
  expect(download.suggestedFilename()).toMatch(/^[\w.-]+\.zip$/)
  expect(await violationsInBothThemes(page)).toEqual([])
  await take(page, `${ready}-pack`)
  return new Blob([readFileSync(await download.path())])
}

async function read(zip: Blob, name: string): Promise<Uint8Array> {
  const reader = new ZipReader(new BlobReader(zip))
  const found = (await reader.getEntries()).find(({ filename }) => filename === name)
  if (!found || found.directory) throw new Error(`no ${name}`)
  return found.getData(new Uint8ArrayWriter())
}
const text = async (zip: Blob, name: string) => new TextDecoder().decode(await read(zip, name))

/** As whoever has only the file: no network, and no script of it. */
async function readAsAuditor(zip: Blob, ready: string): Promise<void> {
  const away = await app.browser.newContext({ javaScriptEnabled: true, offline: true })
  const reading = await away.newPage()
  const asked: string[] = []
  reading.on('request', (request) => asked.push(request.url()))
  await reading.setContent(await text(zip, 'readme.html'))
  expect(asked.filter((url) => !url.startsWith('about:'))).toEqual([])
  expect(await reading.locator('script').count()).toBe(0)
  await shows(reading, 'body', 'INCOMPLETE')
  expect(await violationsInBothThemes(reading)).toEqual([])
  await take(reading, `${ready}-readme`)
  await away.close()
}

describe.each(readyPacks.map(({ id, controls }) => [id, controls] as const))('%s', (ready, controls) => {
  test('is built by an auditor, checked without us, and read without a network', async () => {
    const zip = (last = await built(ready))
    const { problems, manifest, seal } = await verifyPack(zip)
    expect(problems).toEqual([])
    await page.goto('/evidence/keys')
    await shows(page, 'main', seal?.key ?? 'no key')
    expect(manifest).toMatchObject({
      complete: false,
      by: { name: ready === REDACTED ? expect.stringMatching(/^person-/) : 'Otto Auditor' },
    })
    expect(manifest?.gaps.some((gap) => REFUSED.test(gap))).toBe(true)
    const rows = (name: string) => manifest?.files.find((file) => file.name === name)?.rows ?? 0
    expect(rows('population.csv')).toBeGreaterThan(0)
    await readAsAuditor(zip, ready)
    const report = pdfPages(Buffer.from(await read(zip, 'report.pdf')))
    expect(report.every((words) => words.includes('INCOMPLETE'))).toBe(true)
    const asked = controls.flatMap((control) => {
      const [framework = '', id] = control.split(':')
      return id ?? frameworkOf(framework)?.controls.map((one) => one.id) ?? []
    })
    expect(asked.filter((id) => !report.some((words) => words.includes(id)))).toEqual([])
    const population = await text(zip, 'population.csv')
    expect(/@halden\.example/.test(population)).toBe(ready !== REDACTED)
  })
})

test('a byte that was changed afterwards is told by the page that checks', async () => {
  const zip = Buffer.from(await last.arrayBuffer())
  zip[Math.floor(zip.length / 3)]! ^= 1
  await page.goto('/verify')
  await page.getByLabel('Pack', { exact: true }).setInputFiles({
    ...{ name: 'pack.zip', mimeType: 'application/zip', buffer: zip },
  })
  await page.getByRole('button', { name: 'Verify' }).click()
  await shows(page, 'main', 'This is not what was sealed')
  await shows(page, 'main', 'is not what the manifest says')
})

test('the policy of the pages had nothing to refuse', () => {
  expect(complaints).toEqual([])
})
