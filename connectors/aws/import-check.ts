// First pass over an imported account: everything is checked before anything is taken over, so a broken file changes nothing.
import type { ImportReport } from '@/core/connector'
import { RollcallError, type Issue } from '@/core/errors'
import type { z } from 'zod'
import { drain, elementsOf, positionOf, type Element, type Top } from '@/connectors/json-elements'
import { isRecord } from './policy-document'
import { hasSecretForm, looksSecret } from '@/core/secret-like'
import { SeenElements } from './seen-elements'
import { GroupDetail, PolicyDetail, RoleDetail, UserDetail } from './shapes'
import type { TextFile } from '@/connectors/text-file'

type ListShape = { what: string; id: string; shape: z.ZodObject; unused: readonly string[] }
/** The lists of the file: what they hold, what identifies an element, and known fields that are not needed. */
export const LISTS: Readonly<Record<string, ListShape>> = {
  UserDetailList: { what: 'users', id: 'UserId', shape: UserDetail, unused: [] },
  GroupDetailList: { what: 'groups', id: 'GroupId', shape: GroupDetail, unused: ['Path', 'CreateDate'] },
  RoleDetailList: { what: 'roles', id: 'RoleId', shape: RoleDetail, unused: ['InstanceProfileList'] },
  Policies: {
    what: 'managed policies',
    id: 'Arn',
    shape: PolicyDetail,
    unused: [
      'PolicyName',
      'PolicyId',
      'Path',
      'AttachmentCount',
      'PermissionsBoundaryUsageCount',
      'IsAttachable',
      'Description',
      'CreateDate',
      'UpdateDate',
      'Tags',
    ],
  },
}
const MORE = ['NextToken', 'Marker', 'IsTruncated']
const ISSUES_MAX = 20
const SECRET_FIELD = /secret|password|private|token|credential/i

export type Checked = {
  account: string
  /** Elements by list, repeated ones included. */
  counts: ReadonlyMap<string, number>
  /** Indexes to leave out, by list: an element before each says the same. */
  repeated: ReadonlyMap<string, ReadonlySet<number>>
  report: ImportReport
}

function entryOf<V>(map: Map<string, V>, key: string, make: () => V): V {
  const held = map.get(key)
  if (held !== undefined) return held
  const made = make()
  map.set(key, made)
  return made
}
const plural = (n: number): string => (n === 1 ? '' : 's')

/** Gathers what the first pass sees. Never throws: it is called from within a stream. */
class Check {
  readonly issues: Issue[] = []
  readonly counts = new Map<string, number>()
  readonly repeated = new Map<string, Set<number>>()
  private readonly unknownFields = new Map<string, number>()
  private readonly dropped = new Map<string, number>()
  private readonly seen = new Map<string, SeenElements>()
  private oldVersions = 0
  private first: { account: string; at: string } | undefined
  truncated = false
  /** The path of the last element read, for errors that have no position. */
  last = '$'

  get account(): string | undefined {
    return this.first?.account
  }

  see(element: Element | Top): void {
    if ('top' in element) {
      if (element.value !== null && element.value !== false && element.value !== '') this.truncated = true
      return
    }
    const { list, index, value } = element
    const at = typeof index === 'number' ? `$.${list}[${index}]` : `$.${list}.${index}`
    this.last = at
    const known = Object.hasOwn(LISTS, list) ? LISTS[list] : undefined
    if (!known) return this.count(this.unknownFields, `$.${list}`)
    this.counts.set(list, (this.counts.get(list) ?? 0) + 1)
    if (typeof index !== 'number') return this.issue(`$.${list}`, 'must be a list')
    const parsed = known.shape.safeParse(value)
    for (const issue of parsed.error?.issues ?? []) this.issue(pathOf(at, issue.path), issue.message)
    if (!parsed.success || !isRecord(value)) return
    this.checkAccount(value, at, list)
    this.checkRepeat(value, known.id, list, index, at)
    this.checkFields(value, known, list)
  }

  private issue(path: string, message: string): void {
    if (this.issues.length < ISSUES_MAX) this.issues.push({ path, message })
  }
  private count(counts: Map<string, number>, key: string): void {
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }

  private checkAccount(value: Record<string, unknown>, at: string, list: string): void {
    const account = /^arn:aws[a-z-]*:iam::(\d{12}|aws):/.exec(String(value['Arn']))?.[1]
    if (account === undefined) return this.issue(`${at}.Arn`, 'is not an ARN of IAM')
    if (account === 'aws' && list === 'Policies') return
    this.first ??= { account, at }
    if (this.first.account !== account)
      this.issue(
        `${at}.Arn`,
        `belongs to account ${account}, while ${this.first.at} belongs to ${this.first.account}: import one account at a time`,
      )
  }

  private checkRepeat(
    value: Record<string, unknown>,
    id: string,
    list: string,
    index: number,
    at: string,
  ): void {
    const text = JSON.stringify(value)
    const before = entryOf(this.seen, list, () => new SeenElements()).add(String(value[id]), index, text)
    if (before?.same) entryOf(this.repeated, list, () => new Set()).add(index)
    else if (before)
      this.issue(at, `has the same ${id} as $.${list}[${before.index}] but says something else`)
    if (hasSecretForm(text)) this.walk(value, `$.${list}[]`)
  }

  /** Counts values of a secret's form by path, tags and descriptions aside: those are counted by stricter rules. */
  private walk(value: unknown, path: string): void {
    if (typeof value === 'string' && hasSecretForm(value)) this.count(this.dropped, path)
    if (Array.isArray(value))
      for (const item of value) this.walk(item, path.endsWith('[]') ? path : `${path}[]`)
    if (!isRecord(value)) return
    for (const [key, inner] of Object.entries(value))
      if (key !== 'Tags' && key !== 'Description') this.walk(inner, `${path}.${key}`)
  }

  private checkFields(value: Record<string, unknown>, known: ListShape, list: string): void {
    for (const field of Object.keys(value)) {
      if (field in known.shape.shape || known.unused.includes(field)) continue
      this.count(SECRET_FIELD.test(field) ? this.dropped : this.unknownFields, `$.${list}[].${field}`)
    }
    const { Description, Tags, PolicyVersionList } = value
    if (list !== 'Policies' && typeof Description === 'string' && looksSecret(Description))
      this.count(this.dropped, `$.${list}[].Description`)
    if (list !== 'Policies' && Array.isArray(Tags))
      for (const tag of Tags)
        if (isRecord(tag) && typeof tag['Value'] === 'string' && looksSecret(tag['Value']))
          this.count(this.dropped, `$.${list}[].Tags[].Value`)
    if (Array.isArray(PolicyVersionList)) this.oldVersions += Math.max(0, PolicyVersionList.length - 1)
  }

  report(): ImportReport {
    const repeats = [...this.repeated.values()].reduce((sum, { size }) => sum + size, 0)
    return {
      understood: Object.entries(LISTS).flatMap(([list, { what }]) => {
        const count = (this.counts.get(list) ?? 0) - (this.repeated.get(list)?.size ?? 0)
        return count ? [{ what, count }] : []
      }),
      ignored: [
        ...(repeats
          ? [
              {
                what: `repeated element${plural(repeats)}`,
                why: 'an earlier one says the same',
                count: repeats,
              },
            ]
          : []),
        ...(this.oldVersions
          ? [
              {
                what: 'older policy versions',
                why: 'only the version in effect counts',
                count: this.oldVersions,
              },
            ]
          : []),
        ...[...this.unknownFields].map(([path, count]) => ({
          what: path,
          why: 'not a field that is needed',
          count,
        })),
      ],
      dropped: [...this.dropped].map(([path, count]) => ({ path, count })),
    }
  }
}

/** `$.Roles[3]`, ['Tags', 0, 'Key'] → `$.Roles[3].Tags[0].Key` */
const pathOf = (at: string, path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (whole, part) => (typeof part === 'number' ? `${whole}[${part}]` : `${whole}.${String(part)}`),
    at,
  )

/** What stopped the parser, as a sentence that says where. */
async function brokenFile(
  file: TextFile,
  error: Error & { code?: string },
  last: string,
): Promise<RollcallError> {
  const invalid = (message: string): RollcallError => new RollcallError('invalid', message)
  const where = last === '$' ? 'before the first element' : `after ${last}`
  if (error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
    return invalid(`The file is not ${file.encoding.toUpperCase()} text (${where}). Save it as UTF-8.`)
  if (error.code !== undefined && /^E[A-Z]+$/.test(error.code))
    return invalid(`The file cannot be read (${error.code}).`)
  if (/\bended\b/.test(error.message))
    return invalid(
      `The file ends in the middle, ${where}: it was cut short. Run the command again until it finishes.`,
    )
  const position = /absolute position "(\d+)"/.exec(error.message)?.[1]
  if (position === undefined) return invalid(`The file is not JSON ${where}. Run the command again.`)
  const { line, column } = await positionOf(file, Number(position))
  return invalid(`line ${line}, column ${column}: this is not JSON (${where}). Run the command again.`)
}

/** @throws RollcallError that names the line or the path of what is wrong */
export async function checkDetails(file: TextFile, command: string): Promise<Checked> {
  const check = new Check()
  const parser = elementsOf(file, MORE)
  const failure = await drain(parser, (element) => {
    check.see(element)
    if (check.issues.length >= ISSUES_MAX) parser.destroy()
  })
  if (failure) throw await brokenFile(file, failure, check.last)
  const [issue] = check.issues
  if (issue) throw new RollcallError('invalid', `${issue.path}: ${issue.message}`, check.issues)
  if (check.truncated)
    throw new RollcallError(
      'invalid',
      `The file holds only the first part of the account (NextToken or IsTruncated). Run it without --max-items and --no-paginate: ${command}`,
    )
  if (check.account === undefined)
    throw new RollcallError(
      'invalid',
      `$: holds no users, groups, roles or policies of an account. Import the whole output of: ${command}`,
    )
  return { account: check.account, counts: check.counts, repeated: check.repeated, report: check.report() }
}
