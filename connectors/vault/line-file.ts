// Reads a file of lines, packed or not, however long it is. Never throws: it calls back from within a stream.
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'

/** A line with the whole list of a million names is no line worth reading. */
const LINE_LENGTH_MAX = 16 * 1024 * 1024

/**
 * Calls back with each line and its number, from 1, until it says that it has seen enough. Resolves with what ended the
 * file early, or undefined at its proper end.
 */
export const drainLines = (
  path: string,
  onLine: (line: string, number: number) => 'more' | 'enough',
): Promise<Error | undefined> =>
  new Promise((resolve) => {
    const file = createReadStream(path)
    // The stream that is read carries the error on; the callback only keeps it from being thrown here.
    const input = path.endsWith('.gz') ? pipeline(file, createGunzip(), () => {}) : file
    const decoder = new TextDecoder()
    let rest = ''
    let number = 0
    const take = (line: string): void => {
      if (onLine(line, ++number) === 'enough') input.destroy()
    }
    input.on('data', (chunk: Buffer) => {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (!input.destroyed) take(line)
      if (rest.length > LINE_LENGTH_MAX) input.destroy(new RangeError('a line is too long'))
    })
    input.on('error', resolve)
    input.on('end', () => {
      if (rest !== '') take(rest)
      resolve(undefined)
    })
    // Destroyed by the reader, who has seen enough.
    input.on('close', () => resolve(undefined))
  })
