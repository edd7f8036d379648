// Words for people and teams as what the directory holds of them, and whoever acts as somebody of the directory.
import { randomUUID } from 'node:crypto'
import type { Actor } from '@/core/permissions'
import { isEmail } from '@/core/owner-words'
import { isUuid } from '@/inventory/queries/sql'
import type { Tx } from '@/prisma/client'
import { invalid } from '../command'
import { MEMBERS } from '../directory/note-member'
import type { Part, Parts } from './parts'

type Client = Pick<Tx, 'person' | 'team' | 'personSource'>
export type Who = { id: string; name: string; standing?: string }

/** The person of the directory who is signed in, or whose token acts. */
export async function personOf(tx: Pick<Tx, 'personSource'>, actor: Actor): Promise<Who | undefined> {
  if (actor.kind !== 'user' && actor.kind !== 'token') return undefined
  const said = await tx.personSource.findUnique({
    where: { source_externalId: { source: MEMBERS, externalId: actor.id } },
    select: { person: { select: { id: true, name: true } } },
  })
  return said?.person
}

async function findPerson(tx: Client, actor: Actor, word: string): Promise<Who | undefined> {
  if (word === 'me') return personOf(tx, actor)
  const email = word.toLowerCase()
  const found = await tx.person.findFirst({
    where: isUuid(word) ? { id: word } : { email },
    select: { id: true, name: true, standing: true },
  })
  return found ?? undefined
}

/** @throws RollcallError `invalid` where the directory knows nobody of that word, or says that they left */
export async function personFor(tx: Client, actor: Actor, word: string, path: string): Promise<Who> {
  const found = await findPerson(tx, actor, word)
  if (!found) throw invalid([{ path, message: `Nobody in the directory is ${word}.` }])
  if (found.standing === 'left')
    throw invalid([{ path, message: `${found.name} has left, as the directory says.` }])
  return found
}

/** @throws RollcallError `invalid` where there is no such team */
export async function teamFor(tx: Client, word: string, path: string): Promise<Who> {
  const found = await tx.team.findFirst({
    where: isUuid(word) ? { id: word } : { name: { equals: word, mode: 'insensitive' } },
    select: { id: true, name: true },
  })
  if (found) return found
  throw invalid([{ path, message: `There is no team ${word} in the directory.` }])
}

export type Resolved = Partial<Record<Part, Who | null>>

export async function resolveParts(tx: Client, actor: Actor, set: Parts): Promise<Resolved> {
  const of = async (part: Part) => {
    const word = set[part]
    if (word === undefined || word === null) return word
    return part === 'team' ? teamFor(tx, word, 'set.team') : personFor(tx, actor, word, `set.${part}`)
  }
  const found: Resolved = {}
  for (const part of ['person', 'team', 'backup', 'contact'] as const) {
    const who = await of(part)
    if (who !== undefined) found[part] = who
  }
  if (found.person && found.backup?.id === found.person.id)
    throw invalid([
      { path: 'set.backup', message: 'is the accountable person: nobody stands in for themselves.' },
    ])
  return found
}

/**
 * Somebody whom a source names and the directory does not know: they are noted, and whether they are there is not known
 * until a source of the directory says so.
 */
export async function notePerson(tx: Pick<Tx, 'person'>, name: string, now: Date): Promise<Who> {
  const at = { createdAt: now, changedAt: now }
  const email = isEmail(name) ? name.toLowerCase() : null
  if (email === null)
    return tx.person.create({ data: { id: randomUUID(), name, ...at }, select: { id: true, name: true } })
  return tx.person.upsert({
    where: { email },
    create: { id: randomUUID(), name, email, ...at },
    update: {},
    select: { id: true, name: true },
  })
}

export async function noteTeam(tx: Pick<Tx, 'team'>, name: string, now: Date): Promise<Who> {
  const held = await tx.team.findFirst({ where: { name: { equals: name, mode: 'insensitive' } } })
  if (held) return held
  return tx.team.create({
    data: { id: randomUUID(), name, source: 'named', createdAt: now, changedAt: now },
  })
}
