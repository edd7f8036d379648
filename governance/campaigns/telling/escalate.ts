// What follows where a review is overdue: managers are told how many, whoever manages the campaign is told, and in the end
// silence becomes an exception that somebody answers for by name. Nothing is ever kept or removed by silence.
import type { Tx } from '@/prisma/client'
import type { Campaign, Person } from '@/prisma/generated/client'
import { Prisma } from '@/prisma/generated/client'
import { recordActivity } from '../../activity/record-activity'
import { notify, notifyEach } from '../../notices/notify'
import { membersWho, peopleOfDirectory, type Person as Recipient } from '../../notices/recipients'
import { remindersOf } from '../campaign-input'
import { CAMPAIGNS } from '../population'
import { daysFrom } from './stages'
import { OPEN } from './still-asked'
import { aboutCampaign, askedIn, commonOf, type Asked } from './tell-begin'

/** Items settled in one transaction: more of them wait for the next minute. */
const ITEMS_MAX = 20_000

/** @returns whether it is done; false where it has to be gone on with, or nobody is there who could answer */
export function escalate(
  tx: Tx,
  campaign: Campaign,
  step: 'manager' | 'campaign' | 'exception',
  now: Date,
): Promise<boolean> {
  if (step === 'manager') return tellManagers(tx, campaign, now)
  return step === 'campaign' ? tellCampaign(tx, campaign, now) : except(tx, campaign, now)
}

const sum = (asked: readonly Asked[], of: (one: Asked) => number) =>
  asked.reduce((total, one) => total + of(one), 0)
const onceOf = ({ id, dueAt }: Campaign) => `${id} ${dueAt.toISOString()}`

/** Counts only: what an identity is called is for whoever decides about it. */
async function tellManagers(tx: Tx, campaign: Campaign, now: Date): Promise<true> {
  const asked = await askedIn(tx, campaign.id)
  const reports = await tx.person.findMany({
    where: { id: { in: asked.map(({ personId }) => personId) }, managerId: { not: null } },
    select: { id: true, managerId: true },
  })
  const managerOf = new Map(reports.map(({ id, managerId }) => [id, managerId]))
  const under = new Map<string, Asked[]>()
  for (const one of asked) {
    const managerId = managerOf.get(one.personId)
    if (managerId) under.set(managerId, [...(under.get(managerId) ?? []), one])
  }
  const people = await peopleOfDirectory(tx, [...under.keys()])
  const each = [...under].flatMap(([id, late]) => {
    const to = people.get(id)
    const counts = {
      reviewers: late.length,
      open: sum(late, ({ open, second }) => open + second),
      high: sum(late, ({ high }) => high),
    }
    return to ? [{ to, once: onceOf(campaign), data: { ...commonOf(campaign), ...counts } }] : []
  })
  await notifyEach(tx, { kind: 'campaign.reviewers-overdue', about: aboutCampaign(campaign.id), each }, now)
  return true
}

/** Whoever manages it; where they have left, those who may. */
async function managersOf(tx: Tx, { managerId }: Campaign): Promise<Recipient[]> {
  const manager = (await peopleOfDirectory(tx, [managerId])).get(managerId)
  return manager ? [manager] : membersWho(tx, 'campaign:manage')
}

/** Who answers for what nobody decides: as the policy says, else whoever manages it. */
async function accountableFor(tx: Tx, { policy, managerId }: Campaign): Promise<Person | null> {
  const { accountable } = remindersOf(policy)
  for (const id of [accountable, managerId]) {
    const person = id ? await tx.person.findUnique({ where: { id } }) : null
    if (person?.standing === 'here') return person
  }
  return null
}

async function tellCampaign(tx: Tx, campaign: Campaign, now: Date): Promise<true> {
  const asked = await askedIn(tx, campaign.id)
  if (!asked.length) return true
  const { exceptionAfter, zone } = remindersOf(campaign.policy)
  const accountable = await accountableFor(tx, campaign)
  const data = {
    ...commonOf(campaign),
    reviewers: asked.length,
    open: sum(asked, ({ open, second }) => open + second),
    high: sum(asked, ({ high }) => high),
    exceptionAt: daysFrom(campaign.dueAt, exceptionAfter, zone).toISOString(),
    accountable: accountable?.name ?? 'somebody who has yet to be named',
  }
  const to = await managersOf(tx, campaign)
  const about = aboutCampaign(campaign.id)
  await notify(tx, { kind: 'campaign.overdue', about, once: onceOf(campaign), data, to }, now)
  return true
}

/** Over `i`: what this escalation has settled. */
const settledBy = ({ id }: Campaign, reason: string): Prisma.Sql =>
  Prisma.sql`i.campaign_id = ${id}::uuid AND i.state = 'excepted' AND i.exception_reason = ${reason}`

async function except(tx: Tx, campaign: Campaign, now: Date): Promise<boolean> {
  const person = await accountableFor(tx, campaign)
  if (!person) return false
  const days = remindersOf(campaign.policy).exceptionAfter
  const reason = `Not decided and signed off within ${days} days after it was due on ${campaign.dueAt.toISOString().slice(0, 10)}.`
  const settled = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    UPDATE campaign_item SET state = 'excepted', exception_person_id = ${person.id}::uuid, exception_reason = ${reason}, version = version + 1
    WHERE id IN (SELECT i.id FROM campaign_item i WHERE i.campaign_id = ${campaign.id}::uuid AND ${OPEN} ORDER BY i.id LIMIT ${ITEMS_MAX}::int FOR UPDATE)
    RETURNING id`)
  const ids = settled.map(({ id }) => id)
  // What was decided and never signed is not carried out in somebody else's name.
  await tx.$executeRaw`
    UPDATE remediation SET dropped_at = ${now} WHERE item_id = ANY(${ids}::uuid[]) AND signed_at IS NULL AND dropped_at IS NULL`
  if (ids.length) {
    const detail = { items: ids.length, person: person.name, reason }
    const act = { action: 'campaign.escalate', object: aboutCampaign(campaign.id), detail }
    await recordActivity(tx, CAMPAIGNS, act, now)
  }
  if (ids.length === ITEMS_MAX) return false
  const [counts] = await tx.$queryRaw<{ items: number; high: number }[]>(Prisma.sql`
    SELECT count(*)::int AS items, count(*) FILTER (WHERE i.tier = 0)::int AS high FROM campaign_item i
    WHERE ${settledBy(campaign, reason)} AND NOT i.control`)
  if (!counts?.items) return true
  const data = { ...commonOf(campaign), ...counts, accountable: person.name }
  const to = [...(await peopleOfDirectory(tx, [person.id, campaign.managerId])).values()]
  const about = aboutCampaign(campaign.id)
  await notify(tx, { kind: 'campaign.excepted', about, once: onceOf(campaign), data, to }, now)
  return true
}
