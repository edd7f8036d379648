// An exported account as if it were the account itself: the file answers the same calls, page by page, and no others.
import type { OpenedFile } from '@/core/connector'
import type { Transport } from '@/core/upstream'
import { checkDetails, LISTS, type Checked } from './import-check'
import { listOf } from '@/connectors/json-elements'
import { awsManifest } from './manifest'
import { openTextFile, type TextFile } from '@/connectors/text-file'
import { expectJson } from './expect-file'

export const MAX_BYTES = 512 * 1024 * 1024
/** Elements held at a time. A role with all its policies can have tens of kilobytes. */
const PAGE = 100
const LIST_OF_FILTER: Readonly<Record<string, string>> = {
  User: 'UserDetailList',
  Group: 'GroupDetailList',
  Role: 'RoleDetailList',
  LocalManagedPolicy: 'Policies',
}

/** The file has no answer to this call. */
export class NotInFile extends Error {
  override readonly name = 'NotInFile'
}

/** Explains the errors of a file that was checked before: whatever else happens now, the file is not what it was. */
export const explainFile: Transport['explain'] = (error) =>
  error instanceof NotInFile
    ? { why: 'not-offered', detail: error.message }
    : { why: 'malformed', detail: 'The file changed or went away while it was read. Import it again.' }

/** The caller of a file is nobody: only the account is known. */
export const callerOf = (account: string) => ({ Account: account, Arn: `arn:aws:iam::${account}:root` })

type Cursor = { list: string; index: number; items: AsyncGenerator<unknown> }

/** Reads one list forward, a page at a time; a page out of turn starts the list again. */
class Lists {
  private cursor: Cursor | undefined

  constructor(
    private readonly file: TextFile,
    private readonly checked: Checked,
  ) {}

  async page(list: string, from: number): Promise<Record<string, unknown>> {
    const total = this.checked.counts.get(list) ?? 0
    const items: unknown[] = []
    const cursor = await this.at(list, from)
    while (cursor.index < total && items.length < PAGE) {
      const { value, done } = await cursor.items.next()
      if (done) break
      if (!this.checked.repeated.get(list)?.has(cursor.index)) items.push(value)
      cursor.index++
    }
    const more = cursor.index < total
    // The rest of the file is not needed: stop reading it.
    if (!more) await this.close()
    return { [list]: items, IsTruncated: more, ...(more && { Marker: String(cursor.index) }) }
  }

  private async at(list: string, from: number): Promise<Cursor> {
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

function listFor(params: Readonly<Record<string, unknown>>, checked: Checked): string {
  const filter = Array.isArray(params['Filter']) ? String(params['Filter'][0]) : ''
  const list = LIST_OF_FILTER[filter]
  if (list === undefined) throw new NotInFile('not in the imported file')
  // An export can leave kinds out, and then looks like an account that has none. Only groups may be missing for good:
  // a user names its groups, so a missing one shows.
  if (list !== 'GroupDetailList' && !checked.counts.get(list))
    throw new NotInFile(
      `The file holds no ${LISTS[list]?.what ?? list}; it may have been made with a filter.`,
    )
  return list
}

/** @throws RollcallError naming line or path when the file cannot be read whole */
export async function openDetails(path: string, maxBytes = MAX_BYTES): Promise<OpenedFile> {
  const command =
    awsManifest.imports.find((format) => format.id === 'aws-authorization-details')?.command ?? ''
  const file = await openTextFile(path, { maxBytes, instead: 'account' })
  expectJson(file, command)
  const checked = await checkDetails(file, command)
  const lists = new Lists(file, checked)
  return {
    report: () => checked.report,
    transport: {
      async send(permission, params) {
        if (permission === 'sts:GetCallerIdentity') return callerOf(checked.account)
        if (permission !== 'iam:GetAccountAuthorizationDetails')
          throw new NotInFile('not in the imported file')
        return await lists.page(listFor(params, checked), Number(params['Marker'] ?? 0))
      },
      explain: explainFile,
      close: () => lists.close(),
    },
  }
}
