// Reads a list page by page. A list that the cluster forgot while it was read is begun again once, and then gone on with
// as it is now; both are said.
import type { StreamAt } from '@/core/connector'
import { known, type Fact } from '@/core/fact'
import type { Kind } from '@/core/observation'
import { UpstreamError } from '@/core/upstream'
import { z } from 'zod'
import { EXPIRED, NOT_SERVED } from './explain'
import { askedOf } from './permissions'

export type Params = Readonly<Record<string, string>>
type Page<T> = { items: T[]; next: string | undefined }
type WithUid = { metadata: { uid: string } }
export type Listing<T> = {
  permission: string
  params: Params
  item: z.ZodType<T>
  /** What is not known in full where the list went on inconsistently. */
  kinds: readonly Kind[]
}
/** Asked with the place that was forgotten: go on from there with things as they are now. */
export const GO_ON = { expired: 'go-on' } as const

const METADATA_ONLY = 'PartialObjectMetadataList'

/** Objects that went through the allow-list of their list already, and are only handed on. */
const decoded = new WeakSet<object>()
export const markDecoded = (object: object): void => void decoded.add(object)
const once = <T>(item: z.ZodType<T>): z.ZodType<T> =>
  z.unknown().transform((value, context) => {
    if (typeof value === 'object' && value !== null && decoded.has(value)) return value as T
    const { success, data, error } = item.safeParse(value)
    if (success) return data
    for (const { path, message } of error.issues)
      context.addIssue({ code: 'custom', path: [...path], message })
    return z.NEVER
  })

/** `items` must be there, if only as null: an answer without it was cut short, and "none" would retire everything. */
const pageOf = <T>(item: z.ZodType<T>, metadataOnly: boolean): z.ZodType<Page<T>> =>
  z
    .object({
      // A server that gave whole objects where metadata was asked for must not be read at all.
      kind: metadataOnly ? z.literal(METADATA_ONLY) : z.string(),
      metadata: z.object({ continue: z.string().nullish() }),
      items: z.array(once(item)).nullable(),
    })
    .transform(({ metadata, items }) => ({ items: items ?? [], next: metadata.continue || undefined }))
/** Made once for each list: building a schema costs more than using it. */
const pages = new Map<string, { item: z.ZodType; page: z.ZodType }>()
function shapeFor<T>({ permission, item }: Listing<T>): z.ZodType<Page<T>> {
  const held = pages.get(permission)
  if (held?.item === item) return held.page as z.ZodType<Page<T>>
  const page = pageOf(item, askedOf(permission)?.list?.metadataOnly ?? false)
  pages.set(permission, { item, page })
  return page
}

/** Absent: the cluster has no such kind of object. Unknown: the first page was refused; a later one is an error. */
export async function tryList<T extends WithUid>(
  at: StreamAt,
  listing: Listing<T>,
): Promise<Fact<AsyncGenerator<T>>> {
  const { permission, params } = listing
  // Only of a group that is installed does "no such kind" mean none: elsewhere the address may be wrong.
  const absentOn = params['version'] === undefined ? [] : [NOT_SERVED]
  const first = await at.session.ask(permission, params, shapeFor(listing), { absentOn })
  return first.state === 'known' ? known(follow(at, listing, first.value), permission) : first
}

/** Every object at once, in the order of their ids: for lists that others are read by. */
export async function gather<T extends WithUid>(at: StreamAt, listing: Listing<T>): Promise<Fact<T[]>> {
  const listed = await tryList(at, listing)
  if (listed.state !== 'known') return listed
  const all: T[] = []
  for await (const one of listed.value) all.push(one)
  return known(
    all.sort((a, b) => (a.metadata.uid < b.metadata.uid ? -1 : 1)),
    listing.permission,
  )
}

async function* follow<T extends WithUid>(
  at: StreamAt,
  listing: Listing<T>,
  first: Page<T>,
): AsyncGenerator<T> {
  const seen = new Set<string>()
  const read = new Pages(at, listing)
  for (let page: Page<T> | undefined = first; page; page = await read.after(page))
    for (const one of page.items) {
      // Of a list that was begun again, what came before.
      if (seen.has(one.metadata.uid)) continue
      seen.add(one.metadata.uid)
      yield one
    }
}

/** What follows a page: within the bounds of the session, and round no circle. */
class Pages<T> {
  private readonly tokens = new Set<string>()
  private count = 1
  private begunAgain = false

  constructor(
    private readonly at: StreamAt,
    private readonly listing: Listing<T>,
  ) {}

  async after({ next }: Page<T>): Promise<Page<T> | undefined> {
    if (next === undefined) return undefined
    const { session, lacking } = this.at
    const { permission, params, kinds } = this.listing
    const { pagesMax } = session.limits
    if (this.count++ >= pagesMax)
      throw new UpstreamError('limited', permission, `more than ${pagesMax} pages`)
    if (this.tokens.has(next))
      throw new UpstreamError(
        'malformed',
        permission,
        `the same page came twice, after page ${this.count - 1}`,
      )
    this.tokens.add(next)
    const shape = shapeFor(this.listing)
    const page = await session.ask(permission, { ...params, continue: next }, shape)
    if (page.state === 'known') return page.value
    if (page.state === 'absent')
      throw new UpstreamError('malformed', permission, 'a page that was there is gone')
    if (page.detail !== EXPIRED) throw new UpstreamError(page.why, permission, page.detail ?? 'no answer')
    if (!this.begunAgain) {
      this.begunAgain = true
      this.tokens.clear()
      return session.call(permission, params, shape)
    }
    // What was made, changed or deleted meanwhile may be missing or there twice.
    lacking(kinds, page)
    return session.call(permission, { ...params, continue: next, ...GO_ON }, shape)
  }
}
