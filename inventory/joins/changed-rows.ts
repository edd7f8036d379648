// The rows of every kind as one table, for what is derived from their documents: keys and links.
import { KINDS } from '@/core/observation'
import { Prisma } from '@/prisma/generated/client'
import { PROJECTIONS } from '../projections'

/** Which identity a row of the kind is about. */
const identityOf = (kind: (typeof KINDS)[number]): string =>
  kind === 'identity' ? 'id' : PROJECTIONS[kind].identityRef ? 'identity_id' : 'NULL::uuid'

/**
 * Rows of a scope that one transaction wrote: `id, kind, identity_id, doc, retired_at, valid_from`. The instant is given
 * as a value, so that each table is asked through its index.
 */
export const changedRows = (scopeId: string, at: Date): Prisma.Sql =>
  Prisma.join(
    KINDS.map(
      (kind) => Prisma.sql`
        SELECT id, ${kind}::text AS kind, ${Prisma.raw(identityOf(kind))} AS identity_id, doc, retired_at, valid_from
        FROM ${Prisma.raw(PROJECTIONS[kind].table)} WHERE known_from = ${at}::timestamptz AND scope_id = ${scopeId}::uuid`,
    ),
    ' UNION ALL ',
  )
