// What an exported file holds, sorted by what it answers. Of each record only what is needed is kept.
import { hash } from 'node:crypto'
import type { ImportReport } from '@/core/connector'
import type { Issue } from '@/core/errors'
import type { z } from 'zod'
import { projectOf } from './accounts'
import { Account, AccountKey, FoundPolicy } from './shapes'
import {
  ApiKey,
  API_KEY,
  Running,
  RUNNING,
  SECRET,
  SECRET_VERSION,
  SecretVersion,
  StoredSecret,
} from './shapes-assets'

type Json = Record<string, unknown>
export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const textIn = (record: Json, ...fields: string[]): string =>
  fields.map((field) => record[field]).find((value): value is string => typeof value === 'string') ?? ''

const ISSUES_MAX = 20
const SECRET_FIELD = /secret|password|private|token|credential|keystring|^env/i
const SHAPES: Readonly<Record<string, z.ZodType>> = {
  ...Object.fromEntries(RUNNING.map((type) => [type, Running])),
  [API_KEY]: ApiKey,
  [SECRET]: StoredSecret,
  [SECRET_VERSION]: SecretVersion,
}
const PROJECT = 'cloudresourcemanager.googleapis.com/Project'
const ACCOUNT = 'iam.googleapis.com/ServiceAccount'
const KEY = 'iam.googleapis.com/ServiceAccountKey'

export type FileProject = {
  name: string
  projectId: string
  displayName: string
  state: string
  labels: Json
}

export class ExportStore {
  readonly projects = new Map<string, FileProject>()
  readonly accounts = new Map<string, z.infer<typeof Account>>()
  /** By what stands in the name: the email or the unique id of the account. */
  readonly keys = new Map<string, z.infer<typeof AccountKey>[]>()
  readonly policies = new Map<string, unknown>()
  readonly assets = new Map<string, Map<string, unknown>>()
  readonly organisations = new Set<string>()
  readonly issues: Issue[] = []
  private readonly ignored = new Map<string, number>()
  private readonly dropped = new Map<string, number>()
  /** Ids seen, with a digest of what they came with. */
  private readonly seen = new Map<string, string>()

  get isFull(): boolean {
    return this.issues.length >= ISSUES_MAX
  }

  add(record: unknown, at: string): void {
    if (!isRecord(record)) return this.issue(at, 'is no record')
    const type = textIn(record, 'assetType', 'asset_type')
    const name = textIn(record, 'name')
    if (typeof record['resource'] === 'string') return this.policy(record, at)
    if (name.startsWith('//')) return this.asset(record, type, name, at)
    if (typeof record['uniqueId'] === 'string') return this.account(record, at)
    if (/\/serviceAccounts\/[^/]+\/keys\/[^/]+$/.test(name)) return this.key(record, at)
    this.count(this.ignored, 'a record of another sort')
  }

  private issue(path: string, message: string): void {
    if (!this.isFull) this.issues.push({ path, message })
  }
  private count(counts: Map<string, number>, key: string): void {
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }

  /** The record in the shape of what is needed, or undefined with the issue noted. */
  private parsed<T>(shape: z.ZodType<T>, value: unknown, at: string, id: string): T | undefined {
    const read = shape.safeParse(value)
    for (const { path, message } of read.error?.issues ?? [])
      this.issue([at, ...path].map(String).join('.'), message)
    const text = hash('sha1', JSON.stringify(value), 'base64')
    const before = this.seen.get(id)
    if (before !== undefined && before !== text)
      this.issue(at, 'is there twice, and says something else the second time: make the file anew')
    this.seen.set(id, text)
    return read.data
  }
  private look(record: unknown, what: string): void {
    if (!isRecord(record)) return
    for (const field of Object.keys(record))
      if (SECRET_FIELD.test(field)) this.count(this.dropped, `${what}.${field}`)
  }

  private account(value: Json, at: string): void {
    this.look(value, 'service account')
    const account = this.parsed(Account, value, at, `account ${textIn(value, 'uniqueId')}`)
    if (!account) return
    this.accounts.set(account.uniqueId, account)
    const project = /^projects\/([^/]+)\//.exec(account.name)?.[1] ?? projectOf(account.email)
    if (project !== undefined && project !== '-') this.project({ projectId: project })
  }
  private key(value: Json, at: string): void {
    this.look(value, 'key')
    const key = this.parsed(AccountKey, value, at, `key ${textIn(value, 'name')}`)
    const owner = key && /\/serviceAccounts\/([^/]+)\/keys\//.exec(key.name)?.[1]
    if (key && owner !== undefined) this.keys.set(owner, [...(this.keys.get(owner) ?? []), key])
  }
  private policy(value: Json, at: string): void {
    const organisation = textIn(value, 'organization')
    if (organisation !== '') this.organisations.add(organisation)
    const resource = textIn(value, 'resource')
    const policy = this.parsed(FoundPolicy, value, at, `policy ${resource}`)
    if (policy) this.policies.set(resource, policy)
  }
  private project({
    projectId,
    number = projectId,
    name = projectId,
    labels = {},
  }: Partial<Record<'number' | 'name', string>> & { projectId: string; labels?: Json }): void {
    const before = this.projects.get(projectId)
    // What is only named by others has no number yet.
    if (before && number === projectId) return
    this.projects.set(projectId, {
      name: `projects/${number}`,
      projectId,
      displayName: name,
      labels,
      state: 'ACTIVE',
    })
  }

  private asset(record: Json, type: string, name: string, at: string): void {
    const above = Array.isArray(record['ancestors']) ? record['ancestors'] : []
    const top: unknown = above.at(-1)
    if (typeof top === 'string') this.organisations.add(top)
    const policy = record['iamPolicy'] ?? record['iam_policy']
    if (policy !== undefined) this.policy({ resource: name, assetType: type, policy }, at)
    const data = isRecord(record['resource']) ? record['resource']['data'] : undefined
    if (!isRecord(data))
      return policy === undefined
        ? this.issue(at, 'holds no resource: use --content-type=resource')
        : undefined
    if (type === PROJECT)
      return this.project({
        projectId: textIn(data, 'projectId'),
        number: String(data['projectNumber'] ?? textIn(data, 'projectId')),
        name: textIn(data, 'name', 'displayName'),
        ...(isRecord(data['labels']) && { labels: data['labels'] }),
      })
    if (type === ACCOUNT) return this.account(data, at)
    if (type === KEY) return this.key(data, at)
    const shape = SHAPES[type]
    if (!shape) return this.count(this.ignored, type || 'an asset without a type')
    this.look(data, type)
    const asset = this.parsed(shape, { name, assetType: type, resource: { data } }, at, `asset ${name}`)
    if (asset === undefined) return
    const held = this.assets.get(type) ?? new Map<string, unknown>()
    this.assets.set(type, held.set(name, asset))
  }

  report(): ImportReport {
    const keys = [...this.keys.values()].reduce((sum, list) => sum + list.length, 0)
    const understood = [
      { what: 'projects', count: this.projects.size },
      { what: 'service accounts', count: this.accounts.size },
      { what: 'keys', count: keys },
      { what: 'policies', count: this.policies.size },
      ...[...this.assets].map(([what, { size }]) => ({ what, count: size })),
    ]
    return {
      understood: understood.filter(({ count }) => count),
      ignored: [...this.ignored].map(([what, count]) => ({ what, why: 'not needed', count })),
      dropped: [...this.dropped].map(([path, count]) => ({ path, count })),
    }
  }
}
