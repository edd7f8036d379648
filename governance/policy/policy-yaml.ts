// A policy as YAML, for keeping in a repository: written from what counts, and read with the place of every mistake.
import {
  CST,
  isMap,
  isScalar,
  Lexer,
  LineCounter,
  parseDocument,
  stringify,
  visit,
  type Document,
} from 'yaml'
import type { Instant } from '@/core/fact'
import type { Policy } from '@/core/policy'
import { checkPolicy } from './check-policy'
import type { PolicyIssue } from './issue-words'

/** Longer ones are not read: the longest policy there can be is shorter. */
export const YAML_BYTES_MAX = 1024 * 1024
/** So many mistakes are told; whoever mends these sees the others. */
const TOLD_MAX = 50
/** Far deeper than any policy goes. The reader needs memory for each step down, and its time grows with their square. */
const DEPTH_MAX = 100

/** A mistake, or a warning, with where it stands. Lines and columns begin with 1. */
export type YamlIssue = { line: number; column: number; path: string; message: string }
export type YamlChecked =
  | { policy: Policy; issues: []; warnings: YamlIssue[] }
  | { policy?: undefined; issues: YamlIssue[]; warnings: [] }

/** @param version 0 where nobody has decided anything */
export function policyYaml(policy: Policy, version: number): string {
  const from = version ? `version ${version}` : 'as built in'
  return `# Policy of Rollcall, ${from}. What is left out takes its default.\n${stringify(policy, { lineWidth: 0 })}`
}

const TOO_DEEP = 'It is nested too deeply to be read.'
const refused = (message: string): YamlChecked => ({
  issues: [{ line: 1, column: 1, path: '', message }],
  warnings: [],
})

const OPENS: ReadonlySet<string | null> = new Set(['flow-seq-start', 'flow-map-start'])
const CLOSES: ReadonlySet<string | null> = new Set(['flow-seq-end', 'flow-map-end'])
const GOES_DOWN: ReadonlySet<string | null> = new Set(['seq-item-ind', 'explicit-key-ind', 'map-value-ind'])

/** Whether it goes down further than anybody means, by brackets or within one line. */
function isTooDeep(text: string): boolean {
  let [brackets, line] = [0, 0]
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token)
    if (type === 'newline') line = 0
    else if (OPENS.has(type)) brackets++
    else if (CLOSES.has(type)) brackets--
    else if (brackets === 0 && GOES_DOWN.has(type)) line++
    if (brackets > DEPTH_MAX || line > DEPTH_MAX) return true
  }
  return false
}

type Read = { document: Document; placeOf: (offset: number) => { line: number; column: number } }

function read(text: string): Read {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' })
  const placeOf = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  return { document, placeOf }
}

/** What the text itself does wrong. */
function textIssues({ document, placeOf }: Read): YamlIssue[] {
  const found = [...document.errors, ...document.warnings].map(({ pos, message }) => ({
    ...placeOf(pos[0]),
    path: '',
    message: message.replace(/\s*\n[^]*$/, ''),
  }))
  visit(document, {
    Alias: (_, { range }) => {
      const message = 'References to other parts are not understood here. Write it out.'
      found.push({ ...placeOf(range?.[0] ?? 0), path: '', message })
      return found.length < TOLD_MAX ? undefined : visit.BREAK
    },
  })
  return found.slice(0, TOLD_MAX)
}

/** Where a field begins: its name, or the nearest thing around it that is there. */
function offsetOf(document: Document, at: PolicyIssue['at']): number {
  let node: unknown = document.contents
  let offset = 0
  for (const key of at) {
    if (isMap(node)) {
      const pair = node.items.find((one) => isScalar(one.key) && String(one.key.value) === String(key))
      if (!pair) break
      offset = (isScalar(pair.key) ? pair.key.range?.[0] : undefined) ?? offset
      node = pair.value
    } else {
      const items = (node as { items?: { range?: [number, number, number] | null }[] } | null)?.items
      const item = typeof key === 'number' ? items?.[key] : undefined
      if (!item) break
      offset = item.range?.[0] ?? offset
      node = item
    }
  }
  return offset
}

/** @param text of any content, from anywhere */
export function checkYaml(text: string, now: Instant): YamlChecked {
  if (Buffer.byteLength(text) > YAML_BYTES_MAX)
    return refused('It is larger than 1 MB: no policy is so long.')
  if (isTooDeep(text)) return refused(TOO_DEEP)
  let found: Read
  let raw: unknown
  try {
    found = read(text)
    const issues = textIssues(found)
    if (issues.length) return { issues, warnings: [] }
    raw = found.document.toJS({ maxAliasCount: 0 })
  } catch (error) {
    // The reader goes into what it reads: whoever nests for the sake of it exhausts the stack.
    if (error instanceof RangeError) return refused(TOO_DEEP)
    throw error
  }
  if (raw === null || raw === undefined)
    return refused('It is empty. `rollcall policy show --yaml` writes one to begin with.')
  const { document, placeOf } = found
  const placed = ({ at, message }: PolicyIssue): YamlIssue => ({
    ...placeOf(offsetOf(document, at)),
    path: at.join('.'),
    message,
  })
  const { policy, issues, warnings } = checkPolicy(raw, now)
  if (!policy) return { issues: issues.slice(0, TOLD_MAX).map(placed), warnings: [] }
  return { policy, issues: [], warnings: warnings.map(placed) }
}
