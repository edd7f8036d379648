// What is wrong in one theme only is found, although not every rule is asked twice.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { launch } from './app'
import { violationsInBothThemes } from './axe'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser?.close())

async function found(style: string): Promise<string[]> {
  const page = await browser.newPage({ colorScheme: 'light' })
  await page.setContent(`<html lang="en"><title>Test</title><style>
    body { background: white; color: black; transition: color 60s; }
    button { display: none; }
    @media (prefers-color-scheme: dark) { body { background: black; color: white; } }
    ${style}</style><main><h1>Title</h1><p>Text</p><button></button></main></html>`)
  const lines = await violationsInBothThemes(page)
  await page.close()
  return lines.map((line) => line.replace(/^\S+ /, ''))
}
const inDark = (rule: string) => `@media (prefers-color-scheme: dark) { ${rule} }`

test.each([
  ['nothing', '', []],
  ['text that is hard to read in the light', 'p { color: #ddd; }', [/^\(light, \d+ px\) color-contrast: p/]],
  [
    'text that is hard to read in the dark',
    inDark('p { color: #222; }'),
    [/^\(dark, \d+ px\) color-contrast: p/],
  ],
  [
    'a button without a name that only the dark shows',
    inDark('button { display: block; }'),
    [/^\(dark, \d+ px\) button-name: button/],
  ],
])('%s', async (_, style, expected) => {
  const lines = await found(style)
  expect(lines).toHaveLength(expected.length)
  for (const [n, pattern] of expected.entries()) expect(lines[n]).toMatch(pattern)
})
