// Whoever may sign in is somebody of the directory: the one with the same address, or a new one.
import { randomUUID } from 'node:crypto'
import type { Tx } from '@/prisma/client'
import { evaluateOwnedBy, settleStanding } from './standing'

export const MEMBERS = 'members'

type Member = { id: string; name: string; email: string }

async function personFor(tx: Tx, { name, email }: Member, now: Date): Promise<string> {
  const at = { createdAt: now, changedAt: now }
  const { id } = await tx.person.upsert({
    where: { email: email.toLowerCase() },
    create: { id: randomUUID(), name, email: email.toLowerCase(), ...at },
    update: {},
    select: { id: true },
  })
  return id
}

/** To be called in the transaction that makes, shuts out or lets back in. */
export async function noteMember(tx: Tx, member: Member, isActive: boolean, now: Date): Promise<void> {
  const key = { source: MEMBERS, externalId: member.id }
  const held = await tx.personSource.findUnique({ where: { source_externalId: key } })
  const personId = held?.personId ?? (await personFor(tx, member, now))
  await tx.personSource.upsert({
    where: { source_externalId: key },
    create: { ...key, personId, isActive, at: now },
    update: { isActive, at: now },
  })
  await settleStanding(tx, [personId], now)
  await evaluateOwnedBy(tx, [personId])
}
