// Turns the scopes of a filter (own ids or ids of the source) into ids.
import { Prisma } from '@/prisma/generated/client'
import { reader } from '@/inventory/moment/at-moment'

/** Undefined where the filter does not speak of scopes. A word that names no scope matches nothing. */
export async function scopeIds(words: readonly string[] | undefined): Promise<string[] | undefined> {
  if (!words || words.includes('any')) return undefined
  const rows = await reader.$queryRaw<{ id: string }[]>(
    Prisma.sql`SELECT id FROM scope WHERE id::text = ANY(${[...words]}::text[]) OR native_id = ANY(${[...words]}::text[])`,
  )
  return rows.map((row) => row.id)
}
