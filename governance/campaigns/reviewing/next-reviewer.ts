// Whom somebody means who says that an item is not theirs: a person of the directory, or whoever leads a team of it.
import type { Actor } from '@/core/permissions'
import { db } from '@/prisma/client'
import { authorise } from '../../authorise'
import { invalid } from '../../command'
import { directoryOf } from '../directory'

/**
 * @param word an address, or what a team is called. Nothing is told of others who are called alike.
 * @throws RollcallError `invalid` at `path`
 */
export async function nextReviewer(
  actor: Actor | null,
  word: string,
  path: string,
): Promise<{ id: string; name: string }> {
  authorise(actor, 'review:decide')
  const wrong = (message: string) => invalid([{ path, message }])
  const known = await directoryOf([word], [], db)
  const person = known.byEmail(word)
  if (person) {
    if (!person.here) throw wrong(`${person.name} has left, as the directory says. Name somebody else.`)
    return { id: person.id, name: person.name }
  }
  const team = known.teamOf(word)
  if (!team) throw wrong(`The directory has neither an address nor a team ${word}.`)
  const lead = known.person(team.leadId)
  if (!lead?.here) throw wrong(`${team.name} has nobody who leads it and is there: name a person of it.`)
  return { id: lead.id, name: lead.name }
}
