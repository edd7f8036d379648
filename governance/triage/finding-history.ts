// What people did to one finding, newest first.
import { Prisma } from '@/prisma/generated/client'
import type { Actor } from '@/core/permissions'
import { iso } from '@/inventory/queries/sql'
import { getFinding } from '@/inventory/queries/get-finding'
import { db } from '@/prisma/client'
import { authorise } from '../authorise'

const SHOWN_MAX = 100

export type TriageEntry = {
  actId: string
  at: string
  by: string
  /** What was set, by name. */
  what: Record<string, string | null>
  /** How many findings it was done to at once. */
  findings: number
  undoes: boolean
  undone: boolean
}

/** @throws RollcallError `not-found` for one that the actor does not see */
export async function findingHistory(actor: Actor | null, id: string): Promise<TriageEntry[]> {
  authorise(actor, 'finding:read')
  const { finding } = await getFinding(actor, id)
  const rows = await db.$queryRaw<(Omit<TriageEntry, 'at'> & { at: Date })[]>(Prisma.sql`
    SELECT a.id AS "actId", a.at, a.actor_name AS by, a.what, a.findings, a.undoes IS NOT NULL AS undoes,
      EXISTS (SELECT 1 FROM triage_act u WHERE u.undoes = a.id) AS undone
    FROM triage_change c JOIN triage_act a ON a.id = c.act_id WHERE c.finding_id = ${finding.id}::uuid
    ORDER BY a.at DESC, a.undoes NULLS LAST, a.id LIMIT ${SHOWN_MAX}::int`)
  return rows.map((row) => ({ ...row, at: iso(row.at) }))
}
