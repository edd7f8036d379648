// Who is told about an exception: those who may decide, whoever asked, and, when it is nearly over, whoever approved it too.
import type { Exception } from '@/prisma/generated/client'
import type { Tx } from '@/prisma/client'
import { dropNotices } from '../notices/drop-notices'
import { notify } from '../notices/notify'
import { membersNamed, membersWho } from '../notices/recipients'

const aboutOf = (id: string) => `exception:${id}`
type Said = Pick<Exception, 'id' | 'about' | 'expiresAt'>
const common = ({ id, about, expiresAt }: Said) => ({ id, about, until: expiresAt.toISOString() })

/** Everybody who may decide, apart from whoever asked. */
export async function tellAsked(tx: Tx, asked: Exception, now: Date): Promise<void> {
  const { id, requesterId, requesterName, reason, covered } = asked
  const to = await membersWho(tx, 'exception:decide', [requesterId])
  const data = { ...common(asked), by: requesterName, reason, covered }
  await notify(tx, { kind: 'exception.asked', about: aboutOf(id), once: id, data, to }, now)
}

type Decision = { kind: 'exception.approved' | 'exception.refused'; by: string; note: string | null }

/** Whoever asked. The others need not look at it any more. */
export async function tellDecided(tx: Tx, held: Exception, decision: Decision, now: Date): Promise<void> {
  const { kind, by, note } = decision
  await tellOver(tx, held.id, now)
  const to = await membersNamed(tx, [held.requesterId])
  const data = { ...common(held), by, note }
  await notify(tx, { kind, about: aboutOf(held.id), once: held.id, data, to }, now)
}

/** Nobody has to decide about it any more. */
export const tellOver = (tx: Tx, id: string, now: Date): Promise<number> =>
  dropNotices(
    tx,
    { about: aboutOf(id), kind: 'exception.asked', why: 'There is nothing to decide any more.' },
    now,
  )

export async function tellEnds(tx: Tx, held: Exception, now: Date): Promise<void> {
  const { id, covered, requesterId, deciderId } = held
  const to = await membersNamed(tx, [requesterId, deciderId])
  const data = { ...common(held), covered }
  await notify(tx, { kind: 'exception.ending', about: aboutOf(id), once: id, data, to }, now)
}
