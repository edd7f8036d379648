// Opens an exported text file in whatever encoding the shell wrote it, and tells what it is when it is not what was asked for.
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
const invalid = (message: string): RollcallError => new RollcallError('invalid', message)

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

/** @throws RollcallError when there is no such file, it is empty, or larger than the limit */
export async function openTextFile(path: string, maxBytes: number): Promise<TextFile> {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats?.isFile()) throw new RollcallError('not-found', 'There is no such file. Choose the file again.')
  if (stats.size > maxBytes)
    throw new RollcallError(
      'limited',
      `The file has ${Math.ceil(stats.size / MEGABYTE)} MB; at most ${maxBytes / MEGABYTE} MB can be imported. Connect the account instead: a sync has no such limit.`,
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

/** Refuses what is plainly another kind of file, and says which. */
export function expectJson({ head }: TextFile, command: string): void {
  if (head.startsWith('{')) return
  if (head.startsWith('<'))
    throw invalid('This is a web page (HTML), not JSON. Download or run it again: a sign-in page was saved.')
  if (head.startsWith('user,arn,'))
    throw invalid('This is a credential report (CSV). Import it as a credential report.')
  if (head.startsWith('['))
    throw invalid(`$: is a list, not the whole output. Import the output of: ${command}`)
  throw invalid(`This is not JSON. Run the command with --output json: ${command}`)
}

export function expectCsv({ head }: TextFile, command: string): void {
  if (head.startsWith('user,') || head.startsWith('"user"')) return
  if (head.startsWith('<')) throw invalid('This is a web page (HTML), not CSV. Download or run it again.')
  if (head.startsWith('{')) throw invalid(`This is JSON, not the decoded report. Decode it as in: ${command}`)
  if (/^[A-Za-z0-9+/=\s]+$/.test(head)) throw invalid(`This is still base64. Decode it as in: ${command}`)
  throw invalid(`line 1: this is not a credential report. Run: ${command}`)
}
