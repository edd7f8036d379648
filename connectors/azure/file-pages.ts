// Answers from a checked file, page by page, in the form the services answer in.
import type { Transport } from '@/core/upstream'
import type { Checked } from './file-check'
import { listOf } from '@/connectors/json-elements'

/** Elements held at a time. */
const PAGE = 200

/** The file has no answer to this call. */
export class NotInFile extends Error {
  override readonly name = 'NotInFile'
}

/** Explains the errors of a file that was checked before: whatever else happens now, the file is not what it was. */
export const explainFile: Transport['explain'] = (error) =>
  error instanceof NotInFile
    ? { why: 'not-offered', detail: error.message }
    : { why: 'malformed', detail: 'The file changed or went away while it was read. Import it again.' }

type Cursor = { list: string; index: number; items: AsyncGenerator<unknown> }

/** Reads lists forward, a page at a time; a page out of turn starts the list again. */
export class FilePages {
  private cursor: Cursor | undefined

  constructor(private readonly checked: Checked) {}

  /** @param link as an earlier page gave it: where to go on */
  async page(list: string, link: unknown): Promise<{ value: unknown[]; nextLink?: string }> {
    const total = this.checked.counts.get(list) ?? 0
    const value: unknown[] = []
    const cursor = await this.at(list, Number(link ?? 0))
    while (cursor.index < total && value.length < PAGE) {
      const { value: item, done } = await cursor.items.next()
      if (done) break
      value.push(item)
      cursor.index++
    }
    const more = cursor.index < total
    // The rest of the file is not needed: stop reading it.
    if (!more) await this.close()
    return { value, ...(more && { nextLink: String(cursor.index) }) }
  }

  async close(): Promise<void> {
    await this.cursor?.items.return(undefined)
    this.cursor = undefined
  }

  private async at(list: string, from: number): Promise<Cursor> {
    if (this.cursor?.list === list && this.cursor.index === from) return this.cursor
    await this.close()
    const cursor: Cursor = { list, index: 0, items: listOf(this.checked.file, list) }
    this.cursor = cursor
    for (; cursor.index < from; cursor.index++) await cursor.items.next()
    return cursor
  }
}
