// Writes what a provider of identities says of somebody into the directory, beside what other sources say.
import { randomUUID } from 'node:crypto'
import { v7 as newId } from 'uuid'
import type { Tx } from '@/prisma/client'
import { evaluateOwnedBy, settleStanding } from '../standing'
import { SCIM } from './schema-names'
import { ScimError } from './scim-error'
import { addressesOf, addressOf, titleOf, type Said } from './user-said'

/** Everything of this source is written one after the other: two requests at once would each be planned without the other. */
export const lockDirectory = (tx: Tx) => tx.$executeRaw`SELECT pg_advisory_xact_lock(7306, 5)`

const TAKEN = 'belongs to somebody else whom this source tells of'

type Person = { id: string; name: string; email: string | null; isOwn: boolean }

/** The person of an address, and whether no other source of the directory speaks of them. */
async function personBy(tx: Tx, where: { id: string } | { email: string }): Promise<Person | undefined> {
  const found = await tx.person.findUnique({
    where,
    select: { id: true, name: true, email: true, sources: { select: { source: true } } },
  })
  return found
    ? {
        ...{ id: found.id, name: found.name, email: found.email },
        isOwn: found.sources.every(({ source }) => source === SCIM),
      }
    : undefined
}

async function ensureFreeName(tx: Tx, { userName }: Said, id?: string): Promise<void> {
  const other = await tx.provisionedPerson.findUnique({ where: { userName: userName.toLowerCase() } })
  if (other && other.id !== id) throw new ScimError('uniqueness', `userName ${userName} ${TAKEN}.`)
}

/** Who it is: whoever has the address already, else somebody new. */
async function whoIs(tx: Tx, said: Said, now: Date): Promise<Person & { isNew: boolean }> {
  const email = addressOf(said)
  for (const address of addressesOf(said)) {
    const held = await personBy(tx, { email: address })
    if (!held) continue
    if (await tx.provisionedPerson.findUnique({ where: { personId: held.id } }))
      throw new ScimError('uniqueness', `The address ${address} ${TAKEN}.`)
    return { ...held, isNew: false }
  }
  const id = randomUUID()
  const at = { createdAt: now, changedAt: now }
  await tx.person.create({ data: { id, name: titleOf(said), email: email ?? null, ...at } })
  return { id, name: titleOf(said), email: email ?? null, isOwn: true, isNew: true }
}

/** Names and addresses are another source's where one speaks of them as well: then only what is missing is filled in. */
async function writePerson(tx: Tx, person: Person, said: Said, now: Date): Promise<boolean> {
  const email = addressOf(said) ?? null
  const next = person.isOwn
    ? { name: titleOf(said), email: email ?? person.email }
    : { name: person.name, email: person.email ?? email }
  if (next.name === person.name && next.email === person.email) return false
  if (next.email !== null && next.email !== person.email) {
    const other = await personBy(tx, { email: next.email })
    if (other)
      throw new ScimError(
        'uniqueness',
        `The address ${next.email} belongs to somebody else of the directory.`,
      )
  }
  await tx.person.update({ where: { id: person.id }, data: { ...next, changedAt: now } })
  return true
}

/** A manager whom this source has not told of is kept as it was sent, and stands nowhere else. */
async function writeManager(tx: Tx, person: Person, { manager }: Said): Promise<void> {
  if (!person.isOwn) return
  await tx.$executeRaw`
    UPDATE person SET manager_id = m.person_id
    FROM (SELECT (SELECT person_id FROM provisioned_person WHERE id::text = ${manager?.toLowerCase() ?? ''}) AS person_id) m
    WHERE id = ${person.id}::uuid AND manager_id IS DISTINCT FROM m.person_id AND m.person_id IS DISTINCT FROM id`
}

const keptOf = ({ isActive: _, ...said }: Said) => said
const rowOf = (said: Said, now: Date) => ({
  userName: said.userName.toLowerCase(),
  externalId: said.externalId ?? null,
  isActive: said.isActive,
  name: titleOf(said),
  email: addressOf(said) ?? null,
  said: keptOf(said),
  changedAt: now,
})

async function settle(
  tx: Tx,
  personId: string,
  hasMoved: boolean,
  now: Date,
): Promise<'here' | 'left' | null> {
  const [settled] = await settleStanding(tx, [personId], now)
  if (settled !== undefined || hasMoved) await evaluateOwnedBy(tx, [personId])
  if (settled === undefined) return null
  const { standing } = await tx.person.findUniqueOrThrow({
    where: { id: personId },
    select: { standing: true },
  })
  return standing === 'left' ? 'left' : 'here'
}

const speak = (tx: Tx, id: string, personId: string, isActive: boolean, now: Date) =>
  tx.personSource.upsert({
    where: { source_externalId: { source: SCIM, externalId: id } },
    create: { source: SCIM, externalId: id, personId, isActive, at: now },
    update: { isActive, at: now },
  })

export type Written = { id: string; personId: string; isActive: boolean; became: 'here' | 'left' | null }

export async function addUser(tx: Tx, said: Said, now: Date): Promise<Written & { isNew: boolean }> {
  await lockDirectory(tx)
  await ensureFreeName(tx, said)
  const person = await whoIs(tx, said, now)
  const id = newId()
  // What was said of somebody who was taken out before is over.
  await tx.personSource.deleteMany({ where: { source: SCIM, personId: person.id } })
  await tx.provisionedPerson.create({
    data: { id, personId: person.id, ...rowOf(said, now), createdAt: now },
  })
  await speak(tx, id, person.id, said.isActive, now)
  if (!person.isNew) await writePerson(tx, person, said, now)
  await writeManager(tx, person, said)
  const became = await settle(tx, person.id, true, now)
  return { id, personId: person.id, isActive: said.isActive, became, isNew: person.isNew }
}

export type Held = { id: string; personId: string; said: Said }

export async function heldUser(tx: Tx, id: string): Promise<Held | undefined> {
  const row = await tx.provisionedPerson.findUnique({ where: { id } })
  return row
    ? {
        id,
        personId: row.personId,
        said: { ...(row.said as Omit<Said, 'isActive'>), isActive: row.isActive },
      }
    : undefined
}

/** @param saysActive whether the request says that they are there or not: only then the source has said so now */
export async function changeHeld(
  tx: Tx,
  held: Held,
  { said, saysActive }: { said: Said; saysActive: boolean },
  now: Date,
): Promise<Written> {
  const { id, personId } = held
  await ensureFreeName(tx, said, id)
  await tx.provisionedPerson.update({ where: { id }, data: rowOf(said, now) })
  const person = await personBy(tx, { id: personId })
  if (!person) throw new Error('a person told by SCIM is not in the directory')
  const hasMoved = await writePerson(tx, person, said, now)
  await writeManager(tx, person, said)
  if (saysActive) await speak(tx, id, personId, said.isActive, now)
  return { id, personId, isActive: said.isActive, became: await settle(tx, personId, hasMoved, now) }
}

/** Who is taken out of the provider has left, as far as it says. */
export async function dropUser(tx: Tx, { id, personId }: Held, now: Date): Promise<Written> {
  await speak(tx, id, personId, false, now)
  await tx.teamMember.deleteMany({ where: { source: SCIM, personId } })
  await tx.provisionedPerson.delete({ where: { id } })
  return { id, personId, isActive: false, became: await settle(tx, personId, false, now) }
}
