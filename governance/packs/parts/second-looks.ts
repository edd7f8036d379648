// Whoever has yet to give a second look is not told what the first decided, by a pack as little as by a page.
import { RollcallError } from '@/core/errors'
import { personOf } from '../../campaigns/reviewer'
import type { PackAt } from '../part'

/** A pack without these rows would be another pack: it is not made by them. @throws RollcallError `conflict` */
export async function ensureNotAsked({ actor, snapshot }: PackAt): Promise<void> {
  const person = await personOf(actor, snapshot)
  if (!person) return
  const open = await snapshot.secondLook.findFirst({
    where: { reviewerId: person.id, answer: null, campaign: { state: 'running' } },
    select: { campaign: { select: { name: true } } },
  })
  if (!open) return
  throw new RollcallError(
    'conflict',
    `You have yet to give a second look in ${open.campaign.name}, and are not told before what the first decided: give it, or have somebody else build this pack.`,
  )
}
