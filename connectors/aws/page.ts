// One page of an IAM listing: the items and what fetches the next page.
import { z } from 'zod'

export type Page<T> = { items: T[]; next: { Marker: string } | undefined }

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

export const following = <T>(page: Page<T>): { Marker: string } | undefined => page.next
