// Small pieces of SQL that every read is put together from.
import type { Instant } from '@/core/fact'
import { Prisma } from '@/prisma/generated/client'
import { z } from 'zod'

/** Rows counted before a total becomes "more than". */
export const COUNT_MAX = 10_000

export const isUuid = (text: string): boolean => z.guid().safeParse(text).success

/** All of the conditions that are there; true when there is none. */
export function allOf(conditions: readonly (Prisma.Sql | undefined)[]): Prisma.Sql {
  const given = conditions.filter((c) => c !== undefined)
  return given.length ? Prisma.join(given, ' AND ') : Prisma.sql`TRUE`
}

/** `%text%` with the wildcards of the text itself taken literally. */
export const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

export const iso = (date: Date): Instant => date.toISOString()
export const isoOr = (date: Date | null | undefined): Instant | undefined => date?.toISOString()

/** The object without its undefined fields, so that JSON and tests see only what is there. */
export function compact<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T
}
