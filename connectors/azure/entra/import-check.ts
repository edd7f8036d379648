// First pass over a file of applications and service principals: everything is checked before anything is taken over, so a
// broken file changes nothing.
import { hash } from 'node:crypto'
import type { ImportReport } from '@/core/connector'
import { RollcallError, type Issue } from '@/core/errors'
import { looksSecret } from '@/core/secret-like'
import { brokenFile, invalid, type TextFile } from '@/connectors/text-file'
import { drain, elementsOf, positionOf, type Element, type Top } from '../json-elements'
import { Application, ServicePrincipal } from './shapes'

export const LISTS = {
  applications: { what: 'applications', shape: Application },
  servicePrincipals: { what: 'service principals', shape: ServicePrincipal },
} as const
export type ListName = keyof typeof LISTS
const isList = (name: string): name is ListName => Object.hasOwn(LISTS, name)

const ISSUES_MAX = 20
const TENANT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** Where the Azure CLI stops unless it is told to list all. */
const STOPS_AT = 100

export type Checked = {
  tenant: string
  /** Elements by list, repeated ones included. A list that has none cannot be told from one that is not there. */
  counts: ReadonlyMap<ListName, number>
  /** Indexes to leave out, by list: an element before each says the same. */
  repeated: ReadonlyMap<ListName, ReadonlySet<number>>
  report: ImportReport
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const recordsIn = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter(isRecord) : []

/** `$.applications[3]`, ['tags', 0] → `$.applications[3].tags[0]` */
const pathOf = (at: string, path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (whole, part) => (typeof part === 'number' ? `${whole}[${part}]` : `${whole}.${String(part)}`),
    at,
  )

type Seen = { index: number; digest: string }

/** Gathers what the first pass sees. Never throws: it is called from within a stream. */
class Check {
  readonly issues: Issue[] = []
  readonly counts = new Map<ListName, number>()
  readonly repeated = new Map<ListName, Set<number>>()
  tenant: string | undefined
  /** The path of the last element read, for errors that have no position. */
  last = '$'
  private readonly seen = new Map<string, Seen>()
  private readonly ignored = new Map<string, number>()
  private readonly dropped = new Map<string, number>()
  private agents = 0

  see(element: Element | Top): void {
    if ('top' in element) {
      if (typeof element.value === 'string') this.tenant = element.value.toLowerCase()
      return
    }
    const { list, index, value } = element
    const at = typeof index === 'number' ? `$.${list}[${index}]` : `$.${list}.${index}`
    this.last = at
    if (!isList(list)) return count(this.ignored, `$.${list}`)
    this.counts.set(list, (this.counts.get(list) ?? 0) + 1)
    if (typeof index !== 'number') return this.issue(`$.${list}`, 'must be a list')
    if (isRecord(value) && 'objectId' in value && !('id' in value))
      return this.issue(
        at,
        'is as Azure CLI before 2.37 wrote it: update the Azure CLI and run the command again',
      )
    const parsed = LISTS[list].shape.safeParse(value)
    for (const { path, message } of parsed.error?.issues ?? []) this.issue(pathOf(at, path), message)
    if (!parsed.success || !isRecord(value)) return
    this.checkRepeat(list, parsed.data.id, index, value)
    this.countDropped(list, value)
    if (value['servicePrincipalType'] === 'ServiceIdentity') this.agents++
  }

  private issue(path: string, message: string): void {
    if (this.issues.length < ISSUES_MAX) this.issues.push({ path, message })
  }

  private checkRepeat(list: ListName, id: string, index: number, value: unknown): void {
    const digest = hash('sha1', JSON.stringify(value), 'base64')
    const before = this.seen.get(`${list} ${id}`)
    if (!before) this.seen.set(`${list} ${id}`, { index, digest })
    else if (before.digest === digest)
      this.repeated.set(list, (this.repeated.get(list) ?? new Set<number>()).add(index))
    else
      this.issue(
        `$.${list}[${index}]`,
        `has the same id as $.${list}[${before.index}] but says something else`,
      )
  }

  /** What may be a secret and is left out: always by its field, and in free text by its form. */
  private countDropped(list: ListName, value: Record<string, unknown>): void {
    const fields = { passwordCredentials: ['hint', 'secretText'], keyCredentials: ['key'] }
    for (const [credentials, names] of Object.entries(fields))
      for (const one of recordsIn(value[credentials]))
        for (const name of names)
          if (one[name] != null) count(this.dropped, `$.${list}[].${credentials}[].${name}`)
    for (const name of ['description', 'notes']) {
      const text = value[name]
      if (typeof text === 'string' && looksSecret(text)) count(this.dropped, `$.${list}[].${name}`)
    }
  }

  report(): ImportReport {
    const repeats = [...this.repeated.values()].reduce((sum, { size }) => sum + size, 0)
    return {
      understood: [...this.counts].map(([list, all]) => ({
        what: LISTS[list].what,
        count: all - (this.repeated.get(list)?.size ?? 0),
      })),
      ignored: [
        ...some('repeated elements', 'an earlier one says the same', repeats),
        ...some('agent identities', 'a file does not tell all of them: connect the tenant', this.agents),
        ...[...this.ignored].map(([what, all]) => ({ what, why: 'not a list that is needed', count: all })),
      ],
      dropped: [...this.dropped].map(([path, all]) => ({ path, count: all })),
    }
  }
}

const count = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
const some = (what: string, why: string, all: number): ImportReport['ignored'] =>
  all ? [{ what, why, count: all }] : []

/** What stopped the parser, as a sentence that says where. */
async function failureOf(
  file: TextFile,
  failure: Error & { code?: string },
  last: string,
): Promise<RollcallError> {
  const where = last === '$' ? 'before the first element' : `after ${last}`
  const position = /absolute position "(\d+)"/.exec(failure.message)?.[1]
  if (position === undefined) return brokenFile(file, failure, where)
  const { line, column } = await positionOf(file, Number(position))
  return invalid(`line ${line}, column ${column}: this is not JSON (${where}). Run the command again.`)
}

/** @throws RollcallError that names the line or the path of what is wrong */
export async function checkDirectory(file: TextFile, command: string): Promise<Checked> {
  const check = new Check()
  const parser = elementsOf(file, ['tenantId'])
  const failure = await drain(parser, (element) => {
    check.see(element)
    if (check.issues.length >= ISSUES_MAX) parser.destroy()
  })
  if (failure) throw await failureOf(file, failure, check.last)
  const [issue] = check.issues
  if (issue) throw new RollcallError('invalid', `${issue.path}: ${issue.message}`, check.issues)
  if (check.tenant === undefined || !TENANT.test(check.tenant))
    throw invalid(`$.tenantId: must be the id of the tenant. Run: ${command}`)
  if (check.counts.size === 0)
    throw invalid(`$: holds no applications and no servicePrincipals. Run: ${command}`)
  for (const [list, all] of check.counts)
    if (all === STOPS_AT)
      throw invalid(
        `$.${list}: has exactly ${STOPS_AT} elements, where the Azure CLI stops unless it is given --all. Run: ${command}`,
      )
  return { tenant: check.tenant, counts: check.counts, repeated: check.repeated, report: check.report() }
}
