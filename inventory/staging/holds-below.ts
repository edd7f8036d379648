// Whether a scope holds anything of a part that a look could not look at.
import type { Kind } from '@/core/observation'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { PROJECTIONS } from '../projections'

type Part = { scopeId: string; stream: string; kind: Kind; beginnings: readonly string[] }

/** @param beginnings how native ids of the part begin */
export async function holdsBelow({ scopeId, stream, kind, beginnings }: Part): Promise<boolean> {
  const [{ any = false } = {}] = await db.$queryRaw<{ any: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM ${Prisma.raw(PROJECTIONS[kind].table)}
      WHERE scope_id = ${scopeId}::uuid AND stream = ${stream} AND retired_at IS NULL
        AND native_id ^@ ANY(${[...beginnings]}::text[])) AS any`
  return any
}
