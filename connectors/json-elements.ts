// Streams the elements of the lists at the top of a large JSON file: flat memory, whatever the size of the file. For every
// connector that reads one.
import { pipeline } from 'node:stream'
import { JSONParser } from '@streamparser/json-node'
import { textOf, type TextFile } from './text-file'

export type Element = { list: string; index: number | string; value: unknown }
/** A value at the top of the file that is no list, among those asked for. */
export type Top = { top: string; value: unknown }
type Emitted = { value?: unknown; key?: string | number; stack: { key?: string | number }[] }

const toElement = ({ value, key, stack }: Emitted): Element | Top =>
  stack.length < 2 ? { top: String(key), value } : { list: String(stack[1]?.key), index: key ?? 0, value }

/** Reads `$.<list>[*]` and the named tops. Iterate it, or listen to it: it is a stream of objects. */
export function elementsOf(file: TextFile, tops: readonly string[] = [], lists = '*'): JSONParser {
  const paths = [`$.${lists}.*`, ...tops.map((top) => `$.${top}`)]
  const parser = new JSONParser({ paths, keepStack: false })
  // The parser carries the error on to whoever reads it; the callback only keeps it from being thrown here.
  pipeline(textOf(file), parser, () => {})
  return parser
}

/** Calls back for each element and resolves with what ended the stream early, or undefined at its proper end. */
export const drain = (
  parser: JSONParser,
  onElement: (element: Element | Top) => void,
): Promise<Error | undefined> =>
  new Promise((resolve) => {
    parser.on('data', (emitted: Emitted) => onElement(toElement(emitted)))
    parser.on('error', resolve)
    parser.on('end', () => resolve(undefined))
    // Destroyed by the reader, who has seen enough.
    parser.on('close', () => resolve(undefined))
  })

/** The elements of one list, one by one. */
export async function* listOf(file: TextFile, list: string): AsyncGenerator<unknown> {
  for await (const { value } of elementsOf(file, [], list) as AsyncIterable<Emitted>) yield value
}

/** Line and column of a byte of the text, both from 1. */
export async function positionOf(file: TextFile, byte: number): Promise<{ line: number; column: number }> {
  let line = 1
  let lineStart = 0
  let read = 0
  for await (const chunk of textOf(file)) {
    const bytes = Buffer.from(chunk as string)
    for (let at = bytes.indexOf(10); at >= 0 && read + at < byte; at = bytes.indexOf(10, at + 1)) {
      line++
      lineStart = read + at + 1
    }
    read += bytes.length
    if (read > byte) break
  }
  return { line, column: byte - lineStart + 1 }
}
