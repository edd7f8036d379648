// The answers that a file holds, sorted by the command that printed them. Of each only what is read is kept.
import type { ImportReport } from '@/core/connector'
import type { Issue } from '@/core/errors'
import { isDeepStrictEqual } from 'node:util'
import * as calls from './calls'
import { notHeld } from './explain'
import { Agent, Entry, Federated } from './shapes'
import { DOWNSTREAM } from './whole'

const PAGE = 1000
const ISSUES_MAX = 20
const LISTS = {
  entries: { permission: calls.ENTRIES, shape: Entry, what: 'entries' },
  agents: { permission: calls.AGENTS, shape: Agent, what: 'agents' },
  bundles: { permission: calls.BUNDLES, shape: Federated, what: 'federated trust domains' },
  federation_relationships: {
    permission: calls.FEDERATION,
    shape: Federated,
    what: 'federation relationships',
  },
} as const
type ListName = keyof typeof LISTS
type Held = { items: Map<string, unknown>; token: string }
/** Fields that hold keys: never read, and counted for the person who imports. */
const LEFT_OUT: Readonly<Record<ListName, readonly string[]>> = {
  entries: [],
  agents: [],
  bundles: ['x509_authorities', 'jwt_authorities'],
  federation_relationships: ['trust_domain_bundle'],
}

export class OutputStore {
  readonly issues: Issue[] = []
  /** Where reading has come to, for the person who reads what is wrong with the file. */
  last = 'before the first answer'
  private readonly lists = new Map<ListName, Held>()
  private readonly own = new Set<string>()
  private readonly dropped = new Map<string, number>()
  private issuers = new Set<string>()
  /** Counts that no list has followed yet. */
  private waiting: number[] = []
  /** What was counted before each list of a kind; undefined where that was told in two ways. */
  private readonly counted = new Map<ListName, number[] | undefined>()
  private open: ListName | undefined
  private others = 0
  private repeated = 0

  get isFull(): boolean {
    return this.issues.length >= ISSUES_MAX
  }

  addElement(list: string, index: number, value: unknown): void {
    if (!isList(list)) return
    this.last = `after ${list}[${index}]`
    this.begin(list)
    this.addItem(list, `${list}[${index}]`, value)
  }

  /** A value at the top of an answer. */
  addTop(field: string, value: unknown): void {
    if (field === 'trust_domain' && typeof value === 'string') this.own.add(value)
    else if (field === 'issuer' && typeof value === 'string') this.issuers.add(value)
    else if (field === 'count') this.count(value)
    else if (field === 'next_page_token') this.end(value)
    else if (isList(field) && Array.isArray(value)) {
      this.begin(field)
      value.forEach((one, index) => this.addItem(field, `${field}[${index}]`, one))
    }
    this.last = `after ${field}`
  }

  private count(value: unknown): void {
    const count = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN
    if (Number.isSafeInteger(count) && count >= 0) this.waiting.push(count)
    else this.issue('count', 'is no number')
  }

  private begin(list: ListName): void {
    if (this.open === list) return
    this.open = list
    if (!this.lists.has(list)) this.lists.set(list, { items: new Map(), token: '' })
    const before = this.counted.get(list)
    const isFirst = !this.counted.has(list)
    const same = isFirst || !this.waiting.length || isDeepStrictEqual(before, this.waiting)
    if (isFirst || !same) this.counted.set(list, same ? this.waiting : undefined)
    this.waiting = []
  }

  /** Every list ends with a token. One without elements does not say what of: the counts before it do. */
  private end(token: unknown): void {
    const [first, second, ...more] = this.waiting
    if (!this.open && first === 0 && !more.length && (second === undefined || second === 0))
      this.begin(second === undefined ? 'agents' : 'entries')
    const held = this.open && this.lists.get(this.open)
    if (held) held.token = typeof token === 'string' ? token : ''
    else this.others++
    this.open = undefined
  }

  private addItem(list: ListName, at: string, value: unknown): void {
    const read = LISTS[list].shape.safeParse(value)
    for (const { path, message } of read.error?.issues ?? [])
      this.issue([at, ...path].map(String).join('.'), message)
    if (!read.success) return
    for (const field of LEFT_OUT[list])
      if (Object.hasOwn(value as object, field))
        this.dropped.set(`${list}.${field}`, (this.dropped.get(`${list}.${field}`) ?? 0) + 1)
    const items = this.lists.get(list)?.items
    const id = idOf(read.data)
    const before = items?.get(id)
    if (before === undefined) items?.set(id, read.data)
    else if (isDeepStrictEqual(before, read.data)) this.repeated++
    else this.issue(at, 'is there twice, and says something else the second time: make the file anew')
  }

  private issue(path: string, message: string): void {
    if (!this.isFull) this.issues.push({ path, message })
  }

  private items<T>(list: ListName): T[] {
    return [...(this.lists.get(list)?.items.values() ?? [])] as T[]
  }

  /** Trust domains that it is of: by the bundle, and by whatever belongs to one. */
  domains(): string[] {
    const entries = this.items<Entry>('entries').map(({ spiffe_id }) => spiffe_id.trust_domain)
    const agents = this.items<Agent>('agents').map(({ id }) => id.trust_domain)
    return [...new Set([...this.own, ...entries, ...agents])].sort()
  }

  /** @throws Refused where the file does not hold the answer */
  answer(permission: string, params: Readonly<Record<string, unknown>>): unknown {
    const [domain] = this.domains()
    if (permission === calls.BUNDLE) return { trust_domain: domain }
    if (permission === calls.DISCOVERY && this.issuers.size === 1) return { issuer: [...this.issuers][0] }
    if (permission === calls.ENTRY_COUNT)
      return this.counts('entries', 2, params['of'] === DOWNSTREAM.of ? 1 : 0, permission)
    if (permission === calls.AGENT_COUNT) return this.counts('agents', 1, 0, permission)
    const name = LIST_NAMES.find((one) => LISTS[one].permission === permission)
    const held = name && this.lists.get(name)
    if (!name || !held) throw notHeld(permission)
    const from = Number(params['page'] ?? 0)
    // The list went on at the server, and the file ends before that.
    if (from >= held.items.size && from > 0) throw notHeld(`all of ${permission}`)
    const more = from + PAGE < held.items.size
    const items = this.items(name).slice(from, from + PAGE)
    const beyond = held.token === '' ? '' : String(Math.max(held.items.size, 1))
    return { [name]: items, next_page_token: more ? String(from + PAGE) : beyond }
  }

  private counts(list: ListName, needed: number, nth: number, permission: string): { count: number } {
    const counted = this.counted.get(list)
    const count = counted?.length === needed ? counted[nth] : undefined
    if (count === undefined) throw notHeld(permission)
    return { count }
  }

  report(): ImportReport {
    return {
      understood: LIST_NAMES.flatMap((name) => {
        const count = this.lists.get(name)?.items.size ?? 0
        return count ? [{ what: LISTS[name].what, count }] : []
      }),
      ignored: [
        { what: 'repeated elements', why: 'an earlier one says the same', count: this.repeated },
        { what: 'empty lists', why: 'nothing tells what they are of', count: this.others },
      ].filter(({ count }) => count > 0),
      dropped: [...this.dropped].map(([path, count]) => ({ path, count })),
    }
  }
}

const LIST_NAMES = Object.keys(LISTS) as ListName[]
const isList = (name: string): name is ListName => Object.hasOwn(LISTS, name)
function idOf(one: Entry | Agent | Federated): string {
  if ('trust_domain' in one) return one.trust_domain
  if (typeof one.id === 'string') return one.id
  return `${one.id.trust_domain}${one.id.path}`
}
