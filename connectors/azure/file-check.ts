// First pass over an imported file of the Azure CLI: everything is checked before anything is taken over, so a broken file
// changes nothing.
import { brokenFile, invalid, openTextFile, type TextFile } from '@/connectors/text-file'
import type { ImportReport } from '@/core/connector'
import { RollcallError, type Issue } from '@/core/errors'
import { hasSecretForm } from '@/core/secret-like'
import type { z } from 'zod'
import { drain, elementsOf, positionOf, type Element, type Top } from '@/connectors/json-elements'

export type FileList = {
  what: string
  /** The field that tells one element from another. */
  id: string
  shape: z.ZodType
  /** Names of fields that are needed, or known and not needed; others are told in the report. */
  fields: readonly string[]
}
export type Checked = {
  file: TextFile
  tenantId: string
  counts: ReadonlyMap<string, number>
  /** What else the check was asked to remember of each element. */
  notes: ReadonlySet<string>
  report: ImportReport
}
type Wanted = {
  command: string
  lists: Readonly<Record<string, FileList>>
  /** Something to remember of an element, such as its subscription. */
  note?: (element: Record<string, unknown>) => string | undefined
}

export const MAX_BYTES = 512 * 1024 * 1024
const ISSUES_MAX = 20
const TENANT = 'tenantId'
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** Fields that hold a secret, or may: told as left out, wherever they stand. */
const SECRET_FIELD = /^(hint|secretText|key|clientSecret|password|encodedPemCertificate)$/i

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
/** `$.applications[3]`, ['owners', 0] → `$.applications[3].owners[0]` */
const pathOf = (at: string, path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (whole, part) => (typeof part === 'number' ? `${whole}[${part}]` : `${whole}.${String(part)}`),
    at,
  )

/** Gathers what the first pass sees. Never throws: it is called from within a stream. */
class Check {
  readonly issues: Issue[] = []
  readonly counts = new Map<string, number>()
  readonly notes = new Set<string>()
  tenantId: string | undefined
  /** The path of the last element read, for errors that have no position. */
  last = '$'
  private readonly ids = new Map<string, number>()
  private readonly ignored = new Map<string, number>()
  private readonly dropped = new Map<string, number>()

  constructor(private readonly wanted: Wanted) {}

  see(element: Element | Top): void {
    if ('top' in element) {
      if (typeof element.value === 'string') this.tenantId = element.value.trim().toLowerCase()
      return
    }
    const { list, index, value } = element
    const at = typeof index === 'number' ? `$.${list}[${index}]` : `$.${list}.${index}`
    this.last = at
    const known = Object.hasOwn(this.wanted.lists, list) ? this.wanted.lists[list] : undefined
    if (!known) return this.count(this.ignored, `$.${list}`)
    this.counts.set(list, (this.counts.get(list) ?? 0) + 1)
    if (typeof index !== 'number') return this.issue(`$.${list}`, 'must be a list')
    const parsed = known.shape.safeParse(value)
    for (const issue of parsed.error?.issues ?? []) this.issue(pathOf(at, issue.path), issue.message)
    if (!isRecord(value)) return
    this.checkId(String(value[known.id]).toLowerCase(), list, index, at)
    for (const field of Object.keys(value))
      if (!known.fields.includes(field)) this.count(this.ignored, `$.${list}[].${field}`)
    this.walk(value, `$.${list}[]`)
    const note = this.wanted.note?.(value)
    if (note !== undefined) this.notes.add(note)
  }

  report(): ImportReport {
    return {
      understood: Object.entries(this.wanted.lists).flatMap(([list, { what }]) => {
        const count = this.counts.get(list) ?? 0
        return count ? [{ what, count }] : []
      }),
      ignored: [...this.ignored].map(([what, count]) => ({ what, why: 'not a field that is needed', count })),
      dropped: [...this.dropped].map(([path, count]) => ({ path, count })),
    }
  }

  private checkId(id: string, list: string, index: number, at: string): void {
    const before = this.ids.get(`${list} ${id}`)
    if (before !== undefined) this.issue(at, `has the same id as $.${list}[${before}]`)
    else this.ids.set(`${list} ${id}`, index)
  }

  /** Counts by path what holds a secret or has the form of one: it is left out unread. */
  private walk(value: unknown, path: string, field = ''): void {
    if (typeof value === 'string' && value !== '' && (SECRET_FIELD.test(field) || hasSecretForm(value)))
      this.count(this.dropped, path)
    if (Array.isArray(value)) for (const item of value) this.walk(item, `${path}[]`, field)
    if (!isRecord(value)) return
    for (const [key, inner] of Object.entries(value)) this.walk(inner, `${path}.${key}`, key)
  }

  private issue(path: string, message: string): void {
    if (this.issues.length < ISSUES_MAX) this.issues.push({ path, message })
  }

  private count(counts: Map<string, number>, key: string): void {
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
}

async function broken(
  file: TextFile,
  error: Error & { code?: string },
  last: string,
): Promise<RollcallError> {
  const where = last === '$' ? 'before the first element' : `after ${last}`
  const position = /absolute position "(\d+)"/.exec(error.message)?.[1]
  if (position === undefined || /\bended\b/.test(error.message)) return brokenFile(file, error, where)
  const { line, column } = await positionOf(file, Number(position))
  return invalid(`line ${line}, column ${column}: this is not JSON (${where}). Run the command again.`)
}

function expectWrapper({ head }: TextFile, command: string): void {
  if (head.startsWith('{')) return
  if (head.startsWith('['))
    throw invalid(
      `$: is a bare list, which does not say of which tenant it is. Make the file with: ${command}`,
    )
  if (head.startsWith('<')) throw invalid('This is a web page (HTML), not JSON: a sign-in page was saved.')
  throw invalid(`This is not JSON. Make the file with: ${command}`)
}

/** @throws RollcallError that names the line or the path of what is wrong */
export async function checkFile(path: string, wanted: Wanted, maxBytes = MAX_BYTES): Promise<Checked> {
  const file = await openTextFile(path, { maxBytes, instead: 'tenant' })
  expectWrapper(file, wanted.command)
  const check = new Check(wanted)
  const parser = elementsOf(file, [TENANT])
  const failure = await drain(parser, (element) => {
    check.see(element)
    if (check.issues.length >= ISSUES_MAX) parser.destroy()
  })
  if (failure) throw await broken(file, failure, check.last)
  const [issue] = check.issues
  if (issue) throw new RollcallError('invalid', `${issue.path}: ${issue.message}`, check.issues)
  if (check.tenantId === undefined || !UUID.test(check.tenantId))
    throw invalid(`$.${TENANT}: does not name the tenant. Make the file with: ${wanted.command}`)
  const { tenantId, counts, notes } = check
  return { file, tenantId, counts, notes, report: check.report() }
}
