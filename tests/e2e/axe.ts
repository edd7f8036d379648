// What an accessibility checker finds on the page that is open.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOnly, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const ALL: RunOnly = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
}
/** Those of them that look at colours. */
const COLOURS: RunOnly = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }

async function ask(page: Page, runOnly: RunOnly): Promise<string[]> {
  // Evaluated by the driver, so the page's own policy does not apply to it.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE)
  const found = await page.evaluate(
    async (options) => {
      const { axe } = window as unknown as { axe: { run: (o: unknown) => Promise<AxeResults> } }
      const { violations, passes } = await axe.run(options)
      return {
        asked: violations.length + passes.length,
        lines: violations.map(({ id, nodes }) => {
          const places = nodes.slice(0, 3).map(({ target }) => target.join(' '))
          return `${id}: ${places.join(' | ')}`
        }),
      }
    },
    { runOnly, resultTypes: ['violations'] } satisfies RunOptions,
  )
  const { colorScheme, width } = await page.evaluate(() => ({
    colorScheme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
    width: window.innerWidth,
  }))
  if (!found.asked) throw new Error(`${page.url()}: no rule was asked`)
  return found.lines.map((line) => `${page.url()} (${colorScheme}, ${width} px) ${line}`)
}

/** Of a page that is there: its title comes a moment after what is in it. */
export async function violations(page: Page): Promise<string[]> {
  await page.waitForFunction(() => document.title !== '', undefined, { timeout: 5000 }).catch(() => {})
  return ask(page, ALL)
}

/** Which elements there are to see. */
const seen = (page: Page): Promise<string> =>
  page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .map((element) =>
        element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) ? 1 : 0,
      )
      .join(''),
  )

/** A colour that is still changing is neither the one nor the other. */
const endTransitions = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish()
  })

/**
 * In the light theme by every rule. The dark one has other colours, so it is asked about colours; where it shows other
 * elements than the light one, about everything.
 */
export async function violationsInBothThemes(page: Page): Promise<string[]> {
  const found = await violations(page)
  const inLight = await seen(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await endTransitions(page)
  found.push(...(await ask(page, (await seen(page)) === inLight ? COLOURS : ALL)))
  await page.emulateMedia({ colorScheme: 'light' })
  await endTransitions(page)
  return found
}
