// Takes an act on findings back: all of it is as it was before, or nothing is.
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import { command } from '../command'
import { oneActAtATime } from './one-act'

/** @throws RollcallError `conflict` where it was undone already, or where any of the findings was changed since */
export const undoTriage = command({
  name: 'finding.undo-triage',
  permission: 'finding:triage',
  input: z.strictObject({ actId: z.guid() }),
  timeoutMs: 60_000,
  async run({ actor, input: { actId }, tx, now }) {
    await oneActAtATime(tx)
    const act = await tx.triageAct.findUnique({ where: { id: actId } })
    if (!act || act.undoes) throw new RollcallError('not-found', 'There is nothing to undo.')
    if (await tx.triageAct.findUnique({ where: { undoes: actId } }))
      throw new RollcallError('conflict', 'It was undone already.')
    const [{ since }] = (await tx.$queryRaw`
      SELECT count(*)::int AS since FROM triage_change c LEFT JOIN triage t ON t.finding_id = c.finding_id
      WHERE c.act_id = ${actId}::uuid AND t.act_id IS DISTINCT FROM c.act_id`) as [{ since: number }]
    if (since)
      throw new RollcallError(
        'conflict',
        `Nothing was undone: ${since.toLocaleString('en')} of the findings ${since === 1 ? 'was' : 'were'} changed since.`,
      )
    const id = randomUUID()
    const by = { actorKind: actor.kind, actorId: actor.id, actorName: actor.name }
    const { findings } = act
    await tx.triageAct.create({ data: { id, at: now, ...by, what: {}, findings, undoes: actId } })
    await tx.$executeRaw`
      INSERT INTO triage_change (act_id, finding_id, before, after)
      SELECT ${id}::uuid, finding_id, after, before FROM triage_change WHERE act_id = ${actId}::uuid`
    await tx.$executeRaw`
      DELETE FROM triage t USING triage_change c WHERE c.act_id = ${actId}::uuid AND t.finding_id = c.finding_id`
    await tx.$executeRaw`
      INSERT INTO triage SELECT (jsonb_populate_record(NULL::triage, c.before)).* FROM triage_change c
      WHERE c.act_id = ${actId}::uuid AND c.before IS NOT NULL`
    return { actId: id, findings }
  },
  activity: ({ actId }, { findings }) => ({ object: `triage:${actId}`, detail: { findings } }),
})
