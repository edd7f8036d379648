// A pack is checked in the browser, by whoever has no account, with the network cut: what fits, and everything that does not.
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BrowserContext, Page } from 'playwright-core'
import { countersign } from '@/evidence/pack/countersignature'
import { PackWriter } from '@/evidence/pack/write-pack'
import { type App, open, shows, startApp } from './app'
import { violationsInBothThemes } from './axe'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const KEY = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex')
const PEM = publicKey.export({ type: 'spki', format: 'pem' }).toString()

type Made = { megabytes?: number; complete?: boolean }
/** Of random bytes, so that it is as large as it says. */
async function pack({ megabytes = 0, complete = true }: Made = {}): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  const writer = new PackWriter(async (chunk) => void chunks.push(chunk.slice()), {
    publicKey: KEY,
    sign: (message) => Promise.resolve(new Uint8Array(sign(null, message, privateKey))),
  })
  const of = async function* (megabyte: number) {
    if (!megabyte) yield new TextEncoder().encode('id\r\n1\r\n')
    let state = createHash('sha256').update('x').digest()
    for (let n = 0; n < megabyte * 16; n++) {
      const part = Buffer.alloc(65_536)
      for (let at = 0; at < part.length; at += 32)
        (state = createHash('md5').update(state).digest()).copy(part, at)
      yield part
    }
  }
  await writer.add('population.csv', of(megabytes), () => 1)
  await writer.add(`entitlements-${'long-'.repeat(12)}.csv`, of(0), () => 1_000_000)
  await writer.finish(
    {
      ...{ title: 'Quarter 3 \u202e<b>hostile</b>', asked: {}, by: { kind: 'user', id: 'u', name: 'Otto' } },
      ...{ product: { name: 'Rollcall', version: '1' }, notes: [], activityHead: `7:${'a'.repeat(64)}` },
      ...{ complete, gaps: complete ? [] : ['credential of production (denied: iam:ListAccessKeys)'] },
    },
    new Date(Date.UTC(2026, 8, 30)),
  )
  return Buffer.concat(chunks)
}

let app: App
let page: Page
let context: BrowserContext
let complaints: string[]
beforeAll(async () => {
  app = await startApp()
  ;({ page, context, complaints } = await open(app))
  await page.goto('/verify')
  await page.getByRole('heading', { level: 1, name: 'Verify a pack' }).waitFor()
  await page.waitForLoadState('networkidle')
  // From here on nothing can be sent, and nothing more be fetched.
  await context.setOffline(true)
})
afterAll(async () => {
  await context?.close()
  await app?.stop()
})

const choose = (bytes: Buffer, name = 'pack.zip') =>
  page.getByLabel('Pack', { exact: true }).setInputFiles({ name, mimeType: 'application/zip', buffer: bytes })
async function check(bytes: Buffer, key = ''): Promise<string> {
  await choose(bytes)
  await page.getByLabel('Public key that you expect').fill(key)
  await page.getByRole('button', { name: 'Verify' }).click()
  await page.getByRole('heading', { name: 'Result for pack.zip' }).waitFor()
  await page.getByRole('button', { name: 'Verify' }).waitFor()
  return page.locator('main').innerText()
}
const changed = (bytes: Buffer, at: number) => {
  const other = Buffer.from(bytes)
  other[at]! ^= 1
  return other
}

describe('without a session and without a network', () => {
  test('what fits is told with its files, and its key is compared', async () => {
    const bytes = await pack({ complete: false })
    const text = await check(bytes, PEM)
    expect(text).toContain('All 2 files are as sealed, with a key that you expect')
    expect(text).toContain('It says of itself that it is INCOMPLETE')
    expect(text).toContain('credential of production (denied: iam:ListAccessKeys)')
    expect(text).toContain(KEY)
    expect(await page.getByRole('cell', { name: 'population.csv', exact: true }).count()).toBe(1)
    expect(await page.locator('main b').count()).toBe(0)
    expect(await violationsInBothThemes(page)).toEqual([])
    expect(await check(bytes)).toContain('by whom is still to be compared')
    expect(await check(bytes, 'a'.repeat(64))).toContain('with another key than you expect')
  })
  test('everything that does not fit is told in words', async () => {
    const bytes = await pack()
    expect(await check(Buffer.from('this is no archive'))).toContain('This cannot be checked as a pack')
    expect(await check(Buffer.alloc(0))).toContain('This cannot be checked as a pack')
    expect(await check(bytes.subarray(0, bytes.length - 20))).toContain('its end was cut off or changed')
    // In the middle of the one file that is large.
    const large = await pack({ megabytes: 1 })
    const text = await check(changed(large, Math.floor(large.length / 2)))
    expect(text).toContain('This is not what was sealed')
    expect(text).toContain('population.csv is not what the manifest says.')
    expect(text).toContain('none of this is proven')
    expect(await page.getByRole('row', { name: /Changed population\.csv/ }).count()).toBe(1)
    expect(await violationsInBothThemes(page)).toEqual([])
  })
  test('a countersignature is checked with it: of these bytes, by whom is expected, or not', async () => {
    const bytes = await pack()
    const sha256 = (of: Buffer) => createHash('sha256').update(of).digest('hex')
    const signer = {
      publicKey: KEY,
      sign: (message: Uint8Array) => Promise.resolve(new Uint8Array(sign(null, message, privateKey))),
    }
    const at = new Date(Date.UTC(2026, 9, 4))
    const signed = (of: Buffer) =>
      countersign({ sha256: sha256(of), at, statement: 'Received <b>on 4 October</b>', signer })
    const attach = async (value: unknown) =>
      page.getByLabel('File of the countersignature').setInputFiles({
        name: 'pack.zip.sig',
        mimeType: 'application/json',
        buffer: Buffer.from(JSON.stringify(value)),
      })
    await page.getByText('Countersignature', { exact: true }).click()
    await attach(await signed(bytes))
    await page.getByLabel('Public key of who countersigned').fill(PEM)
    const text = await check(bytes, PEM)
    expect(text).toContain('It is countersigned with a key that you expect')
    expect(text).toContain('<b>on 4 October</b>')
    expect(await violationsInBothThemes(page)).toEqual([])
    await page.getByLabel('Public key of who countersigned').fill('b'.repeat(64))
    expect(await check(bytes, PEM)).toContain('by another key than was expected')
    await page.getByLabel('Public key of who countersigned').fill('')
    await attach(await signed(Buffer.from('another')))
    expect(await check(bytes, PEM)).toContain('of another pack, or of other bytes')
    await attach({ ...(await signed(bytes)), schema: 'rollcall-countersignature/2' })
    expect(await check(bytes, PEM)).toContain('of a later version')
    await page.getByLabel('File of the countersignature').setInputFiles([])
  })
  test('what is missing is told at its field, which has the focus', async () => {
    await page.getByLabel('Pack', { exact: true }).setInputFiles([])
    await page.getByRole('button', { name: 'Verify' }).click()
    await shows(page, 'form', 'Choose a pack first.')
    await choose(await pack())
    await page.getByLabel('Public key that you expect').fill('my key')
    await page.getByRole('button', { name: 'Verify' }).click()
    await shows(page, 'form', 'This is no Ed25519 public key')
    const focused = await page.evaluate(() => document.activeElement?.tagName)
    expect(focused).toBe('TEXTAREA')
    expect(await violationsInBothThemes(page)).toEqual([])
  })
  test('a key is read from a file, and a pack is dropped on the page', async () => {
    await page.getByLabel('Public key that you expect').fill('')
    await page
      .getByLabel('Or read the key from a file')
      .setInputFiles({ name: 'key.pem', mimeType: 'text/plain', buffer: Buffer.from(PEM) })
    await page.waitForFunction(() => document.querySelector('textarea')?.value.includes('PUBLIC KEY'))
    const bytes = (await pack()).toString('base64')
    await page.evaluate((base64) => {
      const data = new DataTransfer()
      const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      data.items.add(new File([content], 'dropped.zip'))
      document.body.dispatchEvent(
        new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
      )
    }, bytes)
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: 'Verify' }).press('Enter')
    await page.getByRole('heading', { name: 'Result for dropped.zip' }).waitFor()
    await shows(page, 'main', 'All 2 files are as sealed, with a key that you expect')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Result for dropped.zip')
  })
  test('while a large one is read the page is drawn and used, and it can be stopped', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'rollcall-pack-'))
    const file = path.join(folder, 'pack.zip')
    writeFileSync(file, await pack({ megabytes: 40 }))
    await page.getByLabel('Pack', { exact: true }).setInputFiles(file)
    await page.getByLabel('Public key that you expect').fill('')
    await page.getByRole('button', { name: 'Verify' }).click()
    await page.getByRole('progressbar').waitFor()
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByRole('progressbar').waitFor({ state: 'detached' })
    expect(await page.getByRole('heading', { name: /^Result for/ }).count()).toBe(0)
    await page.evaluate(() => {
      const drawn = { while: 0 }
      const tick = () => {
        if (document.querySelector('progress')) drawn.while++
        requestAnimationFrame(tick)
      }
      requestAnimationFrame(tick)
      Object.assign(window, { drawn })
    })
    await page.getByRole('button', { name: 'Verify' }).click()
    await page.getByRole('heading', { name: 'Result for pack.zip' }).waitFor()
    await shows(page, 'main', 'All 2 files are as sealed')
    rmSync(folder, { recursive: true })
    // A page that stood still until the end would have been drawn once.
    const { while: frames } = await page.evaluate(
      () => (window as unknown as { drawn: { while: number } }).drawn,
    )
    expect(frames).toBeGreaterThan(10)
  })
  test('at 320 px nothing is cut, with a result in view', async () => {
    await page.setViewportSize({ width: 320, height: 640 })
    await check(await pack({ complete: false }))
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
    expect(await violationsInBothThemes(page)).toEqual([])
  })
  test('its policy had nothing to refuse', () => {
    expect(complaints).toEqual([])
  })
})
