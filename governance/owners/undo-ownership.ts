// Takes an act on who answers back: all of it is as it was before, or nothing is.
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import { may, type Actor } from '@/core/permissions'
import type { Tx } from '@/prisma/client'
import { command } from '../command'
import { evaluateScopesOf } from './write-act'

async function actToUndo(tx: Tx, actor: Actor, actId: string) {
  const act = await tx.ownershipAct.findUnique({ where: { id: actId } })
  // An owner takes back what they did themselves, and knows of nothing else.
  const isHidden = !may(actor, 'owner:assign') && act?.actorId !== actor.id
  if (!act || act.undoes || isHidden) throw new RollcallError('not-found', 'There is nothing to undo.')
  if (await tx.ownershipAct.findUnique({ where: { undoes: actId } }))
    throw new RollcallError('conflict', 'It was undone already.')
  const [{ since }] = (await tx.$queryRaw`
    SELECT count(*)::int AS since FROM ownership_change c LEFT JOIN ownership o ON o.identity_id = c.identity_id
    WHERE c.act_id = ${actId}::uuid AND CASE WHEN c.after IS NULL THEN o.identity_id IS NOT NULL
      ELSE o.act_id IS DISTINCT FROM c.act_id END`) as [{ since: number }]
  if (since)
    throw new RollcallError(
      'conflict',
      `Nothing was undone: the owner of ${since.toLocaleString('en')} of the identities was changed since.`,
    )
  return act
}

/** @throws RollcallError `conflict` where it was undone already, or where any of the identities was changed since */
export const undoOwnership = command({
  name: 'owner.undo',
  permission: 'owner:answer',
  input: z.strictObject({ actId: z.guid() }),
  timeoutMs: 60_000,
  async run({ actor, input: { actId }, tx, now }) {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(7306, 6)`
    const { identities } = await actToUndo(tx, actor, actId)
    const id = randomUUID()
    const by = { actorKind: actor.kind, actorId: actor.id, actorName: actor.name }
    await tx.ownershipAct.create({ data: { id, at: now, ...by, kind: 'undo', identities, undoes: actId } })
    await tx.$executeRaw`
      INSERT INTO ownership_change (act_id, identity_id, before, after)
      SELECT ${id}::uuid, identity_id, after, before FROM ownership_change WHERE act_id = ${actId}::uuid`
    await tx.$executeRaw`
      DELETE FROM ownership o USING ownership_change c WHERE c.act_id = ${actId}::uuid AND o.identity_id = c.identity_id`
    await tx.$executeRaw`
      INSERT INTO ownership SELECT (jsonb_populate_record(NULL::ownership, c.before)).* FROM ownership_change c
      WHERE c.act_id = ${actId}::uuid AND c.before IS NOT NULL`
    const scopes = await tx.$queryRaw<{ id: string }[]>`
      SELECT DISTINCT i.scope_id AS id FROM ownership_change c JOIN identity i ON i.id = c.identity_id
      WHERE c.act_id = ${actId}::uuid`
    await evaluateScopesOf(
      tx,
      scopes.map((one) => one.id),
    )
    return { actId: id, identities }
  },
  activity: ({ actId }, { identities }) => ({ object: `ownership:${actId}`, detail: { identities } }),
})
