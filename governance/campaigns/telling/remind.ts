// What only time brings about in campaigns that run: reminders, and the steps of their escalation. Each is taken once for a
// due date, whoever does it and however often somebody is killed at it.
import { db, type Tx } from '@/prisma/client'
import type { Campaign } from '@/prisma/generated/client'
import { notifyEach } from '../../notices/notify'
import { peopleOfDirectory } from '../../notices/recipients'
import { remindersOf } from '../campaign-input'
import type { Extension } from '../extend-campaign'
import { escalate } from './escalate'
import { dueStages, type Stage } from './stages'
import { aboutCampaign, askedIn, commonOf } from './tell-begin'

/** Campaigns read at a time. */
const PAGE = 500
const TX_MS = 120_000

const HELD = {
  id: true,
  dueAt: true,
  policy: true,
  publishedAt: true,
  extensions: true,
  stages: { select: { stage: true, dueAt: true } },
} as const
type Held = Pick<Campaign, 'id' | 'dueAt' | 'policy' | 'publishedAt' | 'extensions'> & {
  stages: { stage: string; dueAt: Date }[]
}

function stagesNow({ dueAt, policy, publishedAt, extensions, stages }: Held, now: Date) {
  const moved = (extensions as Extension[]).map(({ at }) => Date.parse(at))
  const since = new Date(Math.max(publishedAt?.getTime() ?? 0, ...moved))
  const done = new Set(
    stages.filter((one) => one.dueAt.getTime() === dueAt.getTime()).map(({ stage }) => stage),
  )
  return dueStages({ dueAt, reminders: remindersOf(policy), since, done }, now)
}

/** @returns how many steps were taken */
export async function remindDue(now: Date): Promise<number> {
  const errors: unknown[] = []
  let taken = 0
  let after: string | undefined
  for (;;) {
    const held = await db.campaign.findMany({
      where: { state: 'running', ...(after && { id: { gt: after } }) },
      orderBy: { id: 'asc' },
      take: PAGE,
      select: HELD,
    })
    for (const one of held) {
      const { say, passed } = stagesNow(one, now)
      if (!say.length && !passed.length) continue
      try {
        taken += await take(one.id, now)
      } catch (error) {
        errors.push(error)
      }
    }
    after = held.at(-1)?.id
    if (held.length < PAGE) break
  }
  if (errors.length) throw new AggregateError(errors, 'some campaigns could not be reminded of')
  return taken
}

const take = (id: string, now: Date): Promise<number> =>
  db.$transaction(
    async (tx) => {
      // Whoever decides or closes meanwhile waits, and another worker finds it done.
      await tx.$queryRaw`SELECT 1 FROM campaign WHERE id = ${id}::uuid FOR UPDATE`
      const campaign = await tx.campaign.findUnique({ where: { id }, include: { stages: true } })
      if (campaign?.state !== 'running') return 0
      const { say, passed } = stagesNow(campaign, now)
      await note(tx, campaign, passed, now)
      let taken = 0
      for (const stage of say) {
        const isDone =
          stage.kind === 'reminder'
            ? await remind(tx, campaign, stage, now)
            : await escalate(tx, campaign, stage.id, now)
        if (!isDone) continue
        await note(tx, campaign, [stage], now)
        taken++
      }
      return taken
    },
    { timeout: TX_MS, maxWait: TX_MS },
  )

const note = (tx: Tx, { id, dueAt }: Campaign, stages: readonly Stage[], now: Date) =>
  tx.campaignStage.createMany({
    data: stages.map((stage) => ({ campaignId: id, stage: stage.id, dueAt, at: now })),
    skipDuplicates: true,
  })

/** Each person once, with what is theirs: those who have finished are not among them. */
async function remind(
  tx: Tx,
  campaign: Campaign,
  { id, days }: Extract<Stage, { kind: 'reminder' }>,
  now: Date,
): Promise<true> {
  const asked = await askedIn(tx, campaign.id)
  const people = await peopleOfDirectory(
    tx,
    asked.map(({ personId }) => personId),
  )
  const each = asked.flatMap(({ personId, open, decided, second, riskiest }) => {
    const to = people.get(personId)
    const once = `${campaign.id} ${id} ${campaign.dueAt.toISOString()}`
    return to ? [{ to, once, data: { ...commonOf(campaign), open, decided, second, riskiest, days } }] : []
  })
  await notifyEach(tx, { kind: 'review.reminder', about: aboutCampaign(campaign.id), each }, now)
  return true
}
