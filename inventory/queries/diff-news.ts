// Where anything new became known between two moments: asked once, so that what is the same need not be compared at all.
import type { DiffKind, DiffWord } from '@/core/diff'
import type { Instant } from '@/core/fact'
import { Prisma } from '@/prisma/generated/client'
import type { Between } from './diff-between'
import { DIFF_SOURCES } from './diff-kinds'
import { literal, tookAway } from './diff-where'
import { together } from './together'

export type News = {
  /** No version that differs became known earlier. */
  floor: Instant
  /** Whether versions that still stand, and versions that held at the later moment and ended since, became known. */
  current: boolean
  ended: boolean
  /** Whether rows were taken away, where that is asked about. */
  taken: boolean
}

function newsOf(table: string, { from, to }: Between): Prisma.Sql {
  const ahead = (schema: string) => `(SELECT min(a.known_from + interval '0') FROM ${schema}.${table} a
    WHERE a.valid_from > a.known_from AND a.valid_from > ${literal(from.valid)})`
  const began = (
    alias: string,
  ) => `${alias}.known_from >= f.floor AND ${alias}.known_from <= ${literal(to.known)}
    AND ${alias}.valid_from <= ${literal(to.valid)}
    AND (${alias}.known_from > ${literal(from.known)} OR ${alias}.valid_from > ${literal(from.valid)})`
  // The first of these two conditions follows from the second, and has an index.
  const held = (
    alias: string,
  ) => `greatest(${alias}.known_to, ${alias}.valid_to) > least(${literal(to.known)}, ${literal(to.valid)})
    AND (${alias}.known_to > ${literal(to.known)} OR ${alias}.valid_to > ${literal(to.valid)})`
  // A version that is true later than it is known is found by the time it became known, however early that was.
  return Prisma.raw(`SELECT f.floor, EXISTS (SELECT 1 FROM public.${table} n WHERE ${began('n')}) AS current,
      EXISTS (SELECT 1 FROM past.${table} n WHERE ${began('n')} AND ${held('n')}) AS ended,
      EXISTS (SELECT 1 FROM past.${table} d WHERE d.known_to >= f.floor AND ${tookAway('d', to)}) AS taken
    FROM (SELECT least(${literal(from.valid)}, ${ahead('public')}, ${ahead('past')}) AS floor OFFSET 0) f`)
}

/**
 * Kinds of which nothing is new are left out.
 * @param what the words asked for; none are all
 */
export async function diffNews(
  kinds: readonly DiffKind[],
  between: Between,
  what: readonly DiffWord[],
): Promise<ReadonlyMap<DiffKind, News>> {
  const tables = [...new Set(kinds.map((kind) => DIFF_SOURCES[kind].table))]
  if (!tables.length) return new Map()
  const named = (table: string) => table.replaceAll('"', '')
  const told = await together<Record<string, News[]>>(
    Object.fromEntries(tables.map((table) => [named(table), newsOf(table, between)])),
  )
  const gone = !what.length || what.includes('gone')
  return new Map(
    kinds.flatMap((kind) => {
      const [news] = told[named(DIFF_SOURCES[kind].table)] ?? []
      if (!news) return []
      const taken = news.taken && gone
      const floor = new Date(news.floor).toISOString()
      return news.current || news.ended || taken ? [[kind, { ...news, taken, floor }] as const] : []
    }),
  )
}
