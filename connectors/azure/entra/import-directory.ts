// A file of applications and service principals as if it were the tenant: it answers the same lists, page by page, no others.
import type { OpenedFile } from '@/core/connector'
import type { Transport } from '@/core/upstream'
import { invalid, openTextFile, type TextFile } from '@/connectors/text-file'
import type { Connection } from '../connection'
import { DIRECTORY, IMPORTS } from '../imports'
import { listOf } from '../json-elements'
import { SIGN_IN } from '../sign-in'
import { APPLICATIONS, PRINCIPALS } from './calls'
import { checkDirectory, LISTS, type Checked, type ListName } from './import-check'

const MAX_BYTES = 512 * 1024 * 1024
/** Elements held at a time. An application with all its fields can have tens of kilobytes. */
const PAGE = 100
const LIST_OF: Readonly<Record<string, ListName>> = {
  [APPLICATIONS]: 'applications',
  [PRINCIPALS]: 'servicePrincipals',
}

/** The file has no answer to this call. */
class NotInFile extends Error {
  override readonly name = 'NotInFile'
}

/** The file was checked before: whatever else happens now, it is not what it was. */
const explain: Transport['explain'] = (error) =>
  error instanceof NotInFile
    ? { why: 'not-offered', detail: error.message }
    : { why: 'malformed', detail: 'The file changed or went away while it was read. Import it again.' }

const connectionOf = (tenantId: string): Connection => ({
  tenantId,
  cloud: 'public',
  subscriptions: [],
  keyVaultObjects: false,
  previewApis: true,
  limits: { vaultItemsMax: 1 },
  file: 'directory',
})

type Cursor = { list: ListName; index: number; items: AsyncGenerator<unknown> }

/** Reads one list forward, a page at a time; a page out of turn starts the list again. */
class Reader {
  private cursor: Cursor | undefined

  constructor(
    private readonly file: TextFile,
    private readonly checked: Checked,
  ) {}

  async page(list: ListName, from: number): Promise<Record<string, unknown>> {
    const total = this.checked.counts.get(list) ?? 0
    // Nothing in the file tells a list without elements from one that was left out.
    if (!total) throw new NotInFile(`The file holds no ${LISTS[list].what}.`)
    const value: unknown[] = []
    const cursor = await this.at(list, from)
    while (cursor.index < total && value.length < PAGE) {
      const next = await cursor.items.next()
      if (next.done) break
      if (!this.checked.repeated.get(list)?.has(cursor.index)) value.push(next.value)
      cursor.index++
    }
    const more = cursor.index < total
    // The rest of the file is not needed: stop reading it.
    if (!more) await this.close()
    return { value, ...(more && { '@odata.nextLink': String(cursor.index) }) }
  }

  private async at(list: ListName, from: number): Promise<Cursor> {
    if (this.cursor?.list === list && this.cursor.index === from) return this.cursor
    await this.close()
    const cursor: Cursor = { list, index: 0, items: listOf(this.file, list) }
    this.cursor = cursor
    for (; cursor.index < from; cursor.index++) await cursor.items.next()
    return cursor
  }

  async close(): Promise<void> {
    await this.cursor?.items.return(undefined)
    this.cursor = undefined
  }
}

/** Refuses what is plainly another kind of file, and says which. */
function expectWrapper({ head }: TextFile, command: string): void {
  if (head.startsWith('{')) return
  if (head.startsWith('['))
    throw invalid(`$: is a list, which does not say of which tenant. Import the output of: ${command}`)
  if (head.startsWith('<'))
    throw invalid('This is a web page (HTML), not JSON. Run the command again: a sign-in page was saved.')
  throw invalid(`This is not JSON. Run: ${command}`)
}

/** @throws RollcallError naming line or path when the file cannot be read whole */
export async function openDirectory(path: string, maxBytes = MAX_BYTES): Promise<OpenedFile> {
  const command = IMPORTS.find(({ id }) => id === DIRECTORY)?.command ?? ''
  const file = await openTextFile(path, { maxBytes, instead: 'tenant' })
  expectWrapper(file, command)
  const checked = await checkDirectory(file, command)
  const reader = new Reader(file, checked)
  return {
    report: () => checked.report,
    transport: {
      async send(permission, params) {
        if (permission === SIGN_IN) return connectionOf(checked.tenant)
        const list = LIST_OF[permission]
        if (list === undefined) throw new NotInFile('not in the imported file')
        return await reader.page(list, Number(params['link'] ?? 0))
      },
      explain,
      close: () => reader.close(),
    },
  }
}
