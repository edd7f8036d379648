// Reads a multipart form piece by piece, so that a large file is never held in memory. RFC 7578, no nesting.
import { RollcallError } from '@/core/errors'

export type Part = { name: string; fileName?: string }
/** A stretch of one part. Every part gives at least one piece. */
export type Piece = { part: Part; chunk: Buffer }

const HEAD_BYTES_MAX = 16 * 1024
const broken = (why: string) => new RollcallError('invalid', `The form cannot be read: ${why}.`)

/** @returns the boundary, or undefined when the body is not a multipart form */
export function boundaryOf(contentType: string): string | undefined {
  if (!/^multipart\/form-data\b/i.test(contentType)) return undefined
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType) ?? []
  const boundary = quoted ?? bare
  if (!boundary) throw broken('its content-type names no boundary')
  return boundary
}

function partOf(head: string): Part {
  const disposition = /^content-disposition:\s*form-data\b(.*)$/im.exec(head)?.[1] ?? ''
  const value = (name: string) => new RegExp(`[;\\s]${name}="([^"]*)"`, 'i').exec(disposition)?.[1]
  const name = value('name')
  if (name === undefined) throw broken('a part has no name')
  const fileName = value('filename')
  return fileName === undefined ? { name } : { name, fileName }
}

/** Takes bytes from a stream up to a mark. */
class Reader {
  private held: Buffer = Buffer.alloc(0)
  private readonly chunks: AsyncIterator<Uint8Array>

  constructor(stream: AsyncIterable<Uint8Array>, first: string) {
    this.chunks = stream[Symbol.asyncIterator]()
    this.held = Buffer.from(first, 'latin1')
  }

  private async more(): Promise<void> {
    const { done, value } = await this.chunks.next()
    if (done) throw broken('it ends in the middle')
    this.held = Buffer.concat([this.held, value])
  }

  /** What comes before the mark, as it comes in. The mark itself is taken and left out. */
  async *until(mark: Buffer): AsyncGenerator<Buffer> {
    for (;;) {
      const at = this.held.indexOf(mark)
      if (at >= 0) {
        yield this.held.subarray(0, at)
        this.held = this.held.subarray(at + mark.length)
        return
      }
      // The end may be the beginning of the mark.
      const sure = Math.max(0, this.held.length - mark.length + 1)
      if (sure) yield this.held.subarray(0, sure)
      this.held = this.held.subarray(sure)
      await this.more()
    }
  }

  async text(mark: string): Promise<string> {
    const pieces: Buffer[] = []
    let size = 0
    for await (const piece of this.until(Buffer.from(mark))) {
      size += piece.length
      if (size > HEAD_BYTES_MAX) throw broken('a part has too long a head')
      pieces.push(piece)
    }
    return Buffer.concat(pieces).toString('utf8')
  }

  async take(count: number): Promise<string> {
    while (this.held.length < count) await this.more()
    const taken = this.held.subarray(0, count).toString('latin1')
    this.held = this.held.subarray(count)
    return taken
  }
}

/** @throws RollcallError `invalid` when it is not a whole form */
export async function* multipart(stream: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<Piece> {
  const mark = Buffer.from(`\r\n--${boundary}`, 'latin1')
  // The first mark has no line before it.
  const reader = new Reader(stream, '\r\n')
  for await (const _ of reader.until(mark));
  for (;;) {
    if ((await reader.take(2)) === '--') return
    const part = partOf(await reader.text('\r\n\r\n'))
    for await (const chunk of reader.until(mark)) yield { part, chunk }
  }
}
