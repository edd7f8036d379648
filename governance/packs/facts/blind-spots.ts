// What a rule cannot see, as its own document says it.
import { readFile } from 'node:fs/promises'
import path from 'node:path'

const HEADING = '## What it cannot see'
const read = new Map<string, Promise<string | undefined>>()

/** The first paragraphs under the heading, without markup. */
function sectionOf(text: string): string | undefined {
  const [, after] = text.split(`${HEADING}\n`)
  const section = after?.split('\n## ')[0]?.trim()
  return section
    ? section
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .replace(/^- /gm, '')
        .replace(/[`*]/g, '')
        .replace(/\s+/g, ' ')
    : undefined
}

/** @param ruleId of the registry: it becomes part of a path */
export function blindSpotOf(ruleId: string): Promise<string | undefined> {
  const held = read.get(ruleId)
  if (held) return held
  const found = readFile(path.join(process.cwd(), 'rules', ruleId, 'rule.md'), 'utf8').then(
    sectionOf,
    () => undefined,
  )
  read.set(ruleId, found)
  return found
}
