// Opens an imported text file in whatever encoding the shell wrote it, as a stream of text. For every connector that reads one.
import { createReadStream, statSync } from 'node:fs'
import { Readable } from 'node:stream'
import { RollcallError } from '@/core/errors'

export type TextFile = {
  path: string
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be'
  bytes: number
  modifiedAt: Date
  head: string
}

const HEAD_BYTES = 4096
const MEGABYTE = 1024 * 1024
export const invalid = (message: string): RollcallError => new RollcallError('invalid', message)

/** By byte order mark, else by the zero bytes that ASCII text has in UTF-16. PowerShell redirects write UTF-16. */
function encodingOf(head: Buffer): TextFile['encoding'] {
  const [first = 0, second = 0] = head
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (head.length > 1 && second === 0 && first !== 0) return 'utf-16le'
  if (head.length > 1 && first === 0 && second !== 0) return 'utf-16be'
  return 'utf-8'
}

async function headOf(path: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of createReadStream(path, { end: HEAD_BYTES - 1 })) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/**
 * @param limit the largest file, and what to connect where one is larger
 * @throws RollcallError when there is no such file, it is empty, or larger than the limit
 */
export async function openTextFile(
  path: string,
  { maxBytes, instead }: { maxBytes: number; instead: string },
): Promise<TextFile> {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats?.isFile()) throw new RollcallError('not-found', 'There is no such file. Choose the file again.')
  if (stats.size > maxBytes)
    throw new RollcallError(
      'limited',
      `The file has ${Math.ceil(stats.size / MEGABYTE)} MB; at most ${maxBytes / MEGABYTE} MB can be imported. Connect the ${instead} instead: a sync has no such limit.`,
    )
  const bytes = await headOf(path)
  const encoding = encodingOf(bytes)
  const head = new TextDecoder(encoding).decode(bytes).trimStart()
  if (head === '') throw invalid('The file is empty. The command failed, or was not finished: run it again.')
  return { path, encoding, bytes: stats.size, modifiedAt: stats.mtime, head }
}

/** The text in chunks, without its byte order mark. Ends in an error at bytes that are no text in its encoding. */
export function textOf({ path, encoding }: TextFile): Readable {
  async function* decode(): AsyncGenerator<string> {
    const decoder = new TextDecoder(encoding, { fatal: true })
    for await (const chunk of createReadStream(path, { highWaterMark: MEGABYTE / 4 }))
      yield decoder.decode(chunk as Buffer, { stream: true })
    yield decoder.decode()
  }
  return Readable.from(withoutEmpty(decode()), { highWaterMark: 1 })
}

/** A stream of objects may not hold empty text: it would be taken for nothing. */
async function* withoutEmpty(chunks: AsyncGenerator<string>): AsyncGenerator<string> {
  for await (const chunk of chunks) if (chunk !== '') yield chunk
}

/** What broke the reading of a file, in words that quote nothing of it. */
export function brokenFile(
  { encoding }: TextFile,
  error: Error & { code?: string },
  where: string,
): RollcallError {
  if (error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
    return invalid(`The file is not ${encoding.toUpperCase()} text (${where}). Save it as UTF-8.`)
  if (error.code !== undefined && /^E[A-Z]+$/.test(error.code))
    return invalid(`The file cannot be read (${error.code}).`)
  if (/\bended\b/.test(error.message))
    return invalid(
      `The file ends in the middle, ${where}: it was cut short. Run the command again until it finishes.`,
    )
  return invalid(`The file is not JSON ${where}. Run the command again.`)
}
