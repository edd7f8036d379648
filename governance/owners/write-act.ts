// Writes one act about who answers for identities: what it changes, what was before, and who is judged again.
import { randomUUID } from 'node:crypto'
import type { Actor } from '@/core/permissions'
import { send } from '@/jobs/queue'
import type { Tx } from '@/prisma/client'
import type { Acting, Chosen } from './chosen-identities'
import { COLUMN, PARTS, type Known, type KnownPart } from './parts'
import type { Resolved } from './who'

export type ActKind = 'assign' | 'confirm' | 'transfer' | 'dispute' | 'settle' | 'import'
type Row = {
  identityId: string
  personId: string | null
  teamId: string | null
  backupId: string | null
  contactId: string | null
  known: Known
  disputedAt: Date | null
  disputedBy: string | null
  disputedWhy: string | null
}
/** What an act makes of one identity. Parts that are not named stay. */
export type Change = {
  set?: Resolved
  /** How the parts that are set are known. */
  evidence?: string
  /** Null takes a dispute away. */
  dispute?: { why: string } | null
}
type Doing = {
  actor: Actor
  now: Date
  kind: ActKind
  why?: string | undefined
}

const HOW: Partial<Record<ActKind, KnownPart['how']>> = {
  confirm: 'confirmed',
  transfer: 'transferred',
  import: 'imported',
}
export const byWords = (actor: Actor, place: Acting['for']): string =>
  place ? `${actor.name} for ${place.name}` : actor.name

function applied(held: Row, { set = {}, evidence, dispute }: Change, { kind, now }: Doing, by: string): Row {
  const next = { ...held, known: { ...held.known } }
  for (const part of PARTS) {
    const who = set[part]
    if (who === undefined) continue
    next[COLUMN[part]] = who?.id ?? null
    if (who === null) delete next.known[part]
    else
      next.known[part] = {
        by,
        at: now.toISOString(),
        how: HOW[kind] ?? 'assigned',
        ...(evidence !== undefined && { evidence }),
      }
  }
  if (dispute) Object.assign(next, { disputedAt: now, disputedBy: by, disputedWhy: dispute.why })
  // Who names the owner anew has settled what was disputed about the one before.
  const isSettled = dispute === null || (!dispute && (set.person !== undefined || set.team !== undefined))
  if (isSettled) Object.assign(next, { disputedAt: null, disputedBy: null, disputedWhy: null })
  return next
}

const isEmpty = (row: Row) => PARTS.every((part) => row[COLUMN[part]] === null) && row.disputedAt === null
const emptyRow = (identityId: string): Row => ({
  ...{ identityId, personId: null, teamId: null, backupId: null, contactId: null },
  ...{ known: {}, disputedAt: null, disputedBy: null, disputedWhy: null },
})

async function heldRows(tx: Tx, ids: readonly string[]): Promise<Map<string, Row>> {
  const rows = await tx.ownership.findMany({ where: { identityId: { in: [...ids] } } })
  return new Map(
    rows.map(({ actId: _, changedAt: __, ...row }) => [
      row.identityId,
      { ...row, known: row.known as Known },
    ]),
  )
}

const noteBefore = (tx: Tx, actId: string, ids: readonly string[]) => tx.$executeRaw`
  INSERT INTO ownership_change (act_id, identity_id, before)
  SELECT ${actId}::uuid, x.id, to_jsonb(o) FROM unnest(${[...ids]}::uuid[]) AS x (id) LEFT JOIN ownership o ON o.identity_id = x.id`
const noteAfter = (tx: Tx, actId: string) => tx.$executeRaw`
  UPDATE ownership_change c SET after = to_jsonb(o) FROM ownership o
  WHERE c.act_id = ${actId}::uuid AND o.identity_id = c.identity_id`

async function writeRows(tx: Tx, rows: readonly Row[], { actId, now }: { actId: string; now: Date }) {
  const kept = rows.filter((row) => !isEmpty(row))
  const ids = rows.map(({ identityId }) => identityId)
  await tx.$executeRaw`DELETE FROM ownership WHERE identity_id = ANY(${ids}::uuid[])`
  await tx.$executeRaw`
    INSERT INTO ownership (identity_id, person_id, team_id, backup_id, contact_id, known, disputed_at, disputed_by,
      disputed_why, act_id, changed_at)
    SELECT t."identityId", t."personId", t."teamId", t."backupId", t."contactId", t.known, t."disputedAt", t."disputedBy",
      t."disputedWhy", ${actId}::uuid, ${now}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) AS t ("identityId" uuid, "personId" uuid, "teamId" uuid,
      "backupId" uuid, "contactId" uuid, known jsonb, "disputedAt" timestamptz, "disputedBy" text, "disputedWhy" text)`
}

/** Has the scopes of these judged again, in the transaction that changes who answers. */
export async function evaluateScopesOf(tx: Tx, scopeIds: Iterable<string>): Promise<void> {
  for (const scopeId of new Set(scopeIds)) await send('evaluate-scope', { scopeId, runId: null }, tx)
}

/** @param change what is made of each; undefined leaves it as it is */
export async function writeAct(
  tx: Tx,
  { rows, for: place }: Acting,
  doing: Doing,
  change: (row: Chosen) => Change | undefined,
): Promise<{ actId: string; changed: number }> {
  const { actor, now, kind, why } = doing
  const actId = randomUUID()
  const by = byWords(actor, place)
  const held = await heldRows(
    tx,
    rows.map(({ id }) => id),
  )
  const next = rows.flatMap((row) => {
    const made = change(row)
    return made ? [applied(held.get(row.id) ?? emptyRow(row.id), made, doing, by)] : []
  })
  const whose = { actorKind: actor.kind, actorId: actor.id, actorName: actor.name }
  await tx.ownershipAct.create({
    data: {
      ...{ id: actId, at: now, ...whose, kind, identities: next.length },
      ...(place && { forId: place.id, forName: place.name }),
      ...(why !== undefined && { why }),
    },
  })
  await noteBefore(
    tx,
    actId,
    next.map(({ identityId }) => identityId),
  )
  await writeRows(tx, next, { actId, now })
  await noteAfter(tx, actId)
  await evaluateScopesOf(
    tx,
    rows.map(({ scopeId }) => scopeId),
  )
  return { actId, changed: next.length }
}
