// Asks Azure Resource Graph about resources of many subscriptions at once, and counts what comes.
import type { Session } from '@/core/session'
import { UpstreamError } from '@/core/upstream'
import { z } from 'zod'
import type { CallParams } from './call'

/** So many subscriptions are named in one question. */
const SUBSCRIPTIONS_MAX = 500
const ROWS_MAX = 1000

type Page<T> = { totalRecords: number; data: T[]; $skipToken?: string | null | undefined }
const pageOf = <T>(item: z.ZodType<T>): z.ZodType<Page<T>> =>
  z.object({
    totalRecords: z.number().int().nonnegative(),
    data: z.array(item),
    $skipToken: z.string().min(1).nullish(),
  })
/** Built once for each shape: building a schema costs more than using it. */
const built = new WeakMap<z.ZodType, z.ZodType>()
function shapeOf<T>(item: z.ZodType<T>): z.ZodType<Page<T>> {
  const held = built.get(item)
  if (held) return held as z.ZodType<Page<T>>
  const shape = pageOf(item)
  built.set(item, shape)
  return shape
}

/**
 * Every row, each once. Pages are cut from an index that changes: rows that come twice or not at all show in the count, and
 * then the look is no whole one.
 */
export async function* rows<T extends { id: string }>(
  session: Session,
  permission: string,
  { subscriptions, query }: { subscriptions: readonly string[]; query: string },
  item: z.ZodType<T>,
): AsyncGenerator<T> {
  const shape = shapeOf(item)
  for (let at = 0; at < subscriptions.length; at += SUBSCRIPTIONS_MAX) {
    const body = {
      subscriptions: subscriptions.slice(at, at + SUBSCRIPTIONS_MAX),
      query: `${query} | order by id asc`,
      options: { resultFormat: 'objectArray', $top: ROWS_MAX },
    }
    const seen = new Set<string>()
    let total = 0
    const pages = session.pages(permission, { body } satisfies CallParams, shape, {
      next: ({ $skipToken }) => ($skipToken ? { skipToken: $skipToken } : undefined),
    })
    for await (const page of pages) {
      total = page.totalRecords
      for (const row of page.data) {
        if (seen.has(row.id)) continue
        seen.add(row.id)
        yield row
      }
    }
    if (seen.size < total)
      throw new UpstreamError(
        'malformed',
        permission,
        `${seen.size} of ${total} rows came: the index changed while it was read, or does not give more`,
      )
  }
}
