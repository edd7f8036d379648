// Pictures of whole pages, for people to look at: a journey leaves them under .data/pictures, which is in no repository.
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'

/** @returns takes a picture of the whole page, numbered in the order in which they are taken */
export function pictures(journey: string): (page: Page, name: string) => Promise<void> {
  const folder = path.join('.data', 'pictures', journey)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  let taken = 0
  return async (page, name) => {
    const file = path.join(folder, `${String(++taken).padStart(2, '0')}-${name}.png`)
    // What sticks to the edges of the window would stand in the middle of the picture otherwise.
    await page.evaluate(() => window.scrollTo(0, 0))
    await page.screenshot({ path: file, fullPage: true, animations: 'disabled' })
  }
}
