// Tells whoever decided what later looks say of it: that it is gone, or that it is still there although somebody said that it
// was done. What is still there is asked about again.
import { db, type Tx } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { notifyEach } from '../../notices/notify'
import { peopleOfDirectory } from '../../notices/recipients'
import { eventPolicy } from '../events/event-policy'
import { remediationState, type RemediationState } from '../remediation-state'

/** Looked at in one go, those first that nobody has looked at for longest. */
const AT_ONCE = 500
const TX_MS = 60_000

type Watched = {
  id: string
  campaignId: string
  identityId: string
  name: string
  kind: 'remove' | 'reduce'
  decidedAt: Date
  appliedAt: Date | null
  byId: string | null
  told: string | null
  state: RemediationState
}
const TOLD: readonly RemediationState[] = ['verified-gone', 'still-there']

export const tellRemediations = (now: Date): Promise<number> =>
  db.$transaction(
    async (tx) => {
      const watched = await tx.$queryRaw<Watched[]>(Prisma.sql`
        WITH next AS (
          SELECT r.id FROM remediation r WHERE r.signed_at IS NOT NULL AND r.dropped_at IS NULL
          ORDER BY r.watched_at NULLS FIRST, r.id LIMIT ${AT_ONCE}::int FOR UPDATE SKIP LOCKED
        )
        SELECT r.id, r.campaign_id AS "campaignId", r.identity_id AS "identityId", i.name, r.kind, r.decided_at AS "decidedAt",
          r.applied_at AS "appliedAt", d.by_id AS "byId", r.told_state AS told, ${remediationState(now)} AS state
        FROM next JOIN remediation r ON r.id = next.id JOIN campaign_item i ON i.id = r.item_id JOIN decision d ON d.id = r.decision_id`)
      const ids = watched.map(({ id }) => id)
      await tx.remediation.updateMany({ where: { id: { in: ids } }, data: { watchedAt: now } })
      const moved = watched.filter(({ state, told }) => told !== toldOf(state))
      for (const { id, state } of moved)
        await tx.remediation.update({ where: { id }, data: { toldState: toldOf(state) } })
      for (const state of TOLD)
        await tell(
          tx,
          state,
          moved.filter((one) => one.state === state),
          now,
        )
      await askAgain(
        tx,
        moved.filter(({ state }) => state === 'still-there'),
        now,
      )
      return moved.filter(({ state }) => TOLD.includes(state)).length
    },
    { timeout: TX_MS, maxWait: TX_MS },
  )

/** What is neither is forgotten, so that it is told when it comes to be so again. */
const toldOf = (state: RemediationState): string | null => (TOLD.includes(state) ? state : null)

async function tell(tx: Tx, state: RemediationState, rows: readonly Watched[], now: Date): Promise<void> {
  const people = await peopleOfDirectory(
    tx,
    rows.flatMap(({ byId }) => byId ?? []),
  )
  const kind = state === 'still-there' ? 'remediation.still-there' : 'remediation.verified'
  for (const row of rows) {
    const to = people.get(row.byId ?? '')
    if (!to) continue
    const once = `${row.id} ${row.appliedAt?.toISOString() ?? 'not applied'}`
    const data = {
      campaignId: row.campaignId,
      identity: row.name,
      kind: row.kind,
      decidedAt: row.decidedAt.toISOString(),
    }
    await notifyEach(tx, { kind, about: `remediation:${row.id}`, each: [{ to, once, data }] }, now)
  }
}

async function askAgain(tx: Tx, rows: readonly Watched[], now: Date): Promise<void> {
  const policy = await eventPolicy(tx)
  if (!rows.length || !policy?.causes.includes('still-there')) return
  await tx.reviewEvent.createMany({
    data: rows.map(({ id, identityId, kind, appliedAt }) => ({
      cause: 'still-there',
      key: `still-there ${id} ${appliedAt?.toISOString() ?? ''}`,
      identityId,
      words: `It was to be ${kind === 'remove' ? 'removed' : 'reduced'}, and was still there after somebody said that it was done.`,
      remediationId: id,
      at: now,
      noticedAt: now,
    })),
    skipDuplicates: true,
  })
}
