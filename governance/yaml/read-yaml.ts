// Reads YAML that somebody has written, with the place of everything in it: as plain values, and never deeper than anybody means.
import { CST, isMap, isScalar, Lexer, LineCounter, parseDocument, visit, type Document } from 'yaml'

/** So many mistakes are told; whoever mends these sees the others. */
export const TOLD_MAX = 50
/** Far deeper than anything goes that is read here. The reader needs memory for each step down, and its time grows with their square. */
const DEPTH_MAX = 100

/** Where in it, from the outermost name inwards, and what is wrong there. */
type Meant = { at: readonly (string | number)[]; message: string }
/** A mistake, or a warning, with where it stands. Lines and columns begin with 1. */
export type YamlIssue = { line: number; column: number; path: string; message: string }
export type ReadYaml =
  | { issues: YamlIssue[] }
  | {
      issues?: undefined
      /** Null where nothing stands in it. */
      raw: unknown
      placed: (issue: Meant) => YamlIssue
    }

const TOO_DEEP = 'It is nested too deeply to be read.'
const atBeginning = (message: string): YamlIssue => ({ line: 1, column: 1, path: '', message })

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
function offsetOf(document: Document, at: Meant['at']): number {
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
export function readYaml(text: string): ReadYaml {
  if (isTooDeep(text)) return { issues: [atBeginning(TOO_DEEP)] }
  try {
    const found = read(text)
    const issues = textIssues(found)
    if (issues.length) return { issues }
    const raw: unknown = found.document.toJS({ maxAliasCount: 0 }) ?? null
    const { document, placeOf } = found
    const placed = ({ at, message }: Meant): YamlIssue => ({
      ...placeOf(offsetOf(document, at)),
      path: at.join('.'),
      message,
    })
    return { raw, placed }
  } catch (error) {
    // The reader goes into what it reads: whoever nests for the sake of it exhausts the stack.
    if (error instanceof RangeError) return { issues: [atBeginning(TOO_DEEP)] }
    throw error
  }
}
