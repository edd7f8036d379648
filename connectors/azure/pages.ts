// Lists of Microsoft Graph, Azure Resource Manager and Azure Resource Graph, page by page, whatever they call the next one.
import { known, unknown, type Fact, type Known, type Unknown } from '@/core/fact'
import type { Session } from '@/core/session'
import { z } from 'zod'
import type { CallParams } from './call'
import { GONE } from './explain'

type Page<T> = { items: T[]; link: string | undefined }

/** The list must be there: an answer without it was cut short, and "none" would retire everything. */
const pageOf = <T>(item: z.ZodType<T>): z.ZodType<Page<T>> =>
  z
    .object({
      value: z.array(item),
      '@odata.nextLink': z.string().nullish(),
      nextLink: z.string().nullish(),
    })
    .transform((page) => ({
      items: page.value,
      link: page['@odata.nextLink'] || page.nextLink || undefined,
    }))

/** Built once for each shape: building a schema costs more than using it. */
const built = new WeakMap<z.ZodType, z.ZodType>()
function shapeOf<T>(item: z.ZodType<T>): z.ZodType<Page<T>> {
  const held = built.get(item)
  if (held) return held as z.ZodType<Page<T>>
  const shape = pageOf(item)
  built.set(item, shape)
  return shape
}
const next = ({ link }: Page<unknown>): CallParams | undefined => (link === undefined ? undefined : { link })

async function* itemsOf<T>(listed: AsyncIterable<Page<T>>): AsyncGenerator<T> {
  for await (const { items } of listed) yield* items
}

/** Every object of a list. A refusal ends it as an error. */
export const pages = <T>(
  session: Session,
  permission: string,
  params: CallParams,
  item: z.ZodType<T>,
): AsyncGenerator<T> => itemsOf(session.pages(permission, { ...params }, shapeOf(item), { next }))

/** What a list gives after its first page. */
async function* goneOn<T>(
  session: Session,
  permission: string,
  params: CallParams,
  { item, first }: { item: z.ZodType<T>; first: Page<T> },
): AsyncGenerator<T> {
  yield* first.items
  const more = next(first)
  if (more) yield* pages(session, permission, { ...params, ...more }, item)
}

/**
 * Unknown where the first page is refused; a later one is an error.
 * @param absentOn codes by which the service says that there can be none
 */
export async function tryPages<T>(
  session: Session,
  permission: string,
  params: CallParams,
  item: z.ZodType<T>,
  absentOn: readonly string[] = [],
): Promise<Fact<AsyncGenerator<T>>> {
  const first = await session.ask(permission, { ...params }, shapeOf(item), { absentOn })
  if (first.state !== 'known') return first
  return known(goneOn(session, permission, params, { item, first: first.value }), permission)
}

type Listing<T> = [session: Session, permission: string, params: CallParams, item: z.ZodType<T>]

async function gatherUnless<T>(
  absentOn: readonly string[],
  [session, permission, params, item]: Listing<T>,
): Promise<Fact<T[]>> {
  const shape = shapeOf(item)
  const first = await session.ask(permission, { ...params }, shape, { absentOn })
  if (first.state !== 'known') return first
  const more = next(first.value)
  if (!more) return known(first.value.items, permission)
  const rest = await session.gather(permission, { ...params, ...more }, shape, { next })
  if (rest.state !== 'known') return rest
  return known(
    [first.value, ...rest.value].flatMap(({ items }) => items),
    permission,
  )
}

/** All at once, or unknown where any page is refused: for lists that only enrich. That the list is not there is no "none". */
export async function gather<T>(...listing: Listing<T>): Promise<Known<T[]> | Unknown> {
  const all = await gatherUnless([], listing)
  return all.state === 'absent' ? unknown('malformed', all.source, 'a page was missing') : all
}

/** The same of one thing that was listed before: absent where that is gone since. */
export const gatherOf = <T>(...listing: Listing<T>): Promise<Fact<T[]>> => gatherUnless([GONE], listing)
