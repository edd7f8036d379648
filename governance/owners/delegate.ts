// Has somebody stand in for a person who is away, through a last day. Everything they do then says in whose place.
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import { may, type Actor } from '@/core/permissions'
import type { Tx } from '@/prisma/client'
import { command, invalid } from '../command'
import { endOfDay, lastDay } from '../exceptions/last-day'
import { personFor, personOf } from './who'

const Day = z.iso.date('must be a day, such as 2026-03-31')
const Word = z.string().trim().min(1, 'Say who').max(300)
export const DelegateInput = z.strictObject({
  /** Who is away: the id or address of a person; left out, whoever asks. */
  from: Word.default('me'),
  to: Word,
  /** The first day, in UTC; left out, from now on. */
  starts: Day.optional(),
  /** The last day, in UTC. */
  until: Day,
  why: z.string().trim().max(2000, 'must be at most 2000 letters').optional(),
})

async function awayFor(tx: Tx, actor: Actor, word: string) {
  const me = await personOf(tx, actor)
  const away = await personFor(tx, actor, word, 'from')
  if (away.id !== me?.id && !may(actor, 'owner:assign'))
    throw new RollcallError('forbidden', 'You can have somebody stand in for yourself, and for nobody else.')
  return away
}

async function ensureFree(tx: Tx, fromId: string, startsAt: Date, endsAt: Date): Promise<void> {
  const other = await tx.delegation.findFirst({
    where: { fromId, endedAt: null, startsAt: { lt: endsAt }, endsAt: { gt: startsAt } },
  })
  if (other)
    throw new RollcallError('conflict', 'Somebody stands in for them at that time already. End that first.')
}

export const delegateOwner = command({
  name: 'owner.delegate',
  permission: 'owner:answer',
  input: DelegateInput,
  async run({ actor, input: { from, to, starts, until, why }, tx, now }) {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(7306, 6)`
    const [away, there] = [await awayFor(tx, actor, from), await personFor(tx, actor, to, 'to')]
    if (away.id === there.id) throw invalid([{ path: 'to', message: 'Nobody stands in for themselves.' }])
    const wrong = lastDay(until, now)
    if (wrong) throw invalid([{ path: 'until', message: wrong }])
    const startsAt =
      starts === undefined ? now : new Date(Math.max(now.getTime(), Date.parse(`${starts}T00:00:00.000Z`)))
    const endsAt = endOfDay(until)
    if (startsAt >= endsAt) throw invalid([{ path: 'starts', message: 'is after the last day' }])
    await ensureFree(tx, away.id, startsAt, endsAt)
    const made = { madeBy: actor.name, madeAt: now, ...(why && { why }) }
    const { id } = await tx.delegation.create({
      data: { fromId: away.id, toId: there.id, startsAt, endsAt, ...made },
    })
    return {
      id,
      from: away.name,
      to: there.name,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
    }
  },
  activity: (_, { id, from, to, endsAt }) => ({
    object: `delegation:${id}`,
    detail: { from, to, until: endsAt },
  }),
})

/** Of one's own, or of anybody's for those who assign owners. @throws RollcallError `not-found` */
async function mustHold(tx: Tx, actor: Actor, id: string) {
  const held = await tx.delegation.findUnique({ where: { id } })
  const me = await personOf(tx, actor)
  const isTheirs = held && me && (held.fromId === me.id || held.toId === me.id)
  if (!held || (!isTheirs && !may(actor, 'owner:assign')))
    throw new RollcallError('not-found', 'There is no such delegation.')
  return held
}

export const endDelegation = command({
  name: 'owner.end-delegation',
  permission: 'owner:answer',
  input: z.strictObject({ id: z.guid() }),
  async run({ actor, input: { id }, tx, now }) {
    const held = await mustHold(tx, actor, id)
    if (held.endedAt || held.endsAt <= now) throw new RollcallError('conflict', 'It is over already.')
    await tx.delegation.update({ where: { id }, data: { endedAt: now, endedBy: actor.name } })
    return { id }
  },
  activity: (_, { id }) => ({ object: `delegation:${id}` }),
})

/** Takes back that it was ended before its last day. */
export const resumeDelegation = command({
  name: 'owner.resume-delegation',
  permission: 'owner:answer',
  input: z.strictObject({ id: z.guid() }),
  async run({ actor, input: { id }, tx, now }) {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(7306, 6)`
    const held = await mustHold(tx, actor, id)
    if (!held.endedAt) throw new RollcallError('conflict', 'It was not ended.')
    if (held.endsAt <= now) throw new RollcallError('conflict', 'Its last day is over. Make another one.')
    await ensureFree(tx, held.fromId, held.startsAt > now ? held.startsAt : now, held.endsAt)
    await tx.delegation.update({ where: { id }, data: { endedAt: null, endedBy: null } })
    return { id }
  },
  activity: (_, { id }) => ({ object: `delegation:${id}` }),
})
