// Which scopes a count speaks of: the sample organisation counts only while there is nothing else.
import type { Actor } from '@/core/permissions'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'

/** Whether there is a scope that is not a sample. */
export async function hasRealScope(): Promise<boolean> {
  return (await reader.scope.findFirst({ where: { sample: false }, select: { id: true } })) !== null
}

/** Condition over `scope s`. */
export const countedScopes = (real: boolean): Prisma.Sql =>
  real ? Prisma.sql`NOT s.sample` : Prisma.sql`TRUE`

/** The same, as far as the actor may see scopes. @param chosen those that were asked for, by id; unset: all that count */
export async function scopesFor(actor: Actor, chosen?: readonly string[]): Promise<Prisma.Sql> {
  const counted = chosen
    ? Prisma.sql`s.id = ANY(${[...chosen]}::uuid[])`
    : countedScopes(await hasRealScope())
  return actor.within ? Prisma.sql`${counted} AND s.id = ANY(${[...actor.within]}::uuid[])` : counted
}

/**
 * Scopes of the sample organisation that a list leaves out: all of them once there is anything real, unless the filter
 * names scopes itself (`any` brings them back).
 */
export async function hiddenSamples(words: readonly string[] | undefined): Promise<string[]> {
  if (words) return []
  const rows = await reader.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT id FROM scope WHERE sample AND EXISTS (SELECT 1 FROM scope WHERE NOT sample)`)
  return rows.map(({ id }) => id)
}
