// One page of a listing: the items and what fetches the next page.
import { z } from 'zod'

export type Page<T> = { items: T[]; next: Record<string, string> | undefined }

/** The list must be there, if only empty: an answer without it was cut short, and "none" would retire everything. */
export const pageOf = <T>(list: string, item: z.ZodType<T>): z.ZodType<Page<T>> =>
  z
    .object({
      IsTruncated: z.boolean().nullish(),
      Marker: z.string().min(1).nullish(),
      [list]: z.array(item),
    })
    .transform((answer, context): Page<T> => {
      const { IsTruncated, Marker } = answer as { IsTruncated?: boolean | null; Marker?: string | null }
      const items = answer[list] as T[]
      if (IsTruncated !== true) return { items, next: undefined }
      if (Marker != null) return { items, next: { Marker } }
      context.addIssue({ code: 'custom', path: ['Marker'], message: 'missing although there is more' })
      return z.NEVER
    })

/** The same of services that say only by their token whether there is more. */
export const tokenPageOf = <T>(
  list: string,
  token: 'nextToken' | 'NextToken',
  item: z.ZodType<T>,
): z.ZodType<Page<T>> =>
  z.object({ [token]: z.string().nullish(), [list]: z.array(item) }).transform((answer): Page<T> => {
    const more = answer[token] as string | null | undefined
    return { items: answer[list] as T[], next: more ? { [token]: more } : undefined }
  })

/** The same of Lambda, which calls the token by two names. */
export const markerPageOf = <T>(list: string, item: z.ZodType<T>): z.ZodType<Page<T>> =>
  z.object({ NextMarker: z.string().nullish(), [list]: z.array(item) }).transform((answer): Page<T> => {
    const more = answer.NextMarker as string | null | undefined
    return { items: answer[list] as T[], next: more ? { Marker: more } : undefined }
  })

export const following = <T>(page: Page<T>): Record<string, string> | undefined => page.next
