// How a removal or reduction can be done: commands of the platform, and the smaller policy where one can be proposed. It is made
// from what is known now, for people to run: Rollcall runs none of it.
import { RollcallError } from '@/core/errors'
import { may, type Actor } from '@/core/permissions'
import type { Plan } from '@/evaluators/removal'
import { planFor } from '@/evaluators/removers'
import type { Confirmed } from '@/governance/access/unused/confirm'
import { unused } from '@/governance/access/unused/unused'
import { isUuid } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import { authorise } from '../../authorise'
import { CAMPAIGNS } from '../population'
import { inPlaceOf, personOf } from '../reviewer'
import { removableOf, type Known } from './removable'

export const USE_DAYS = 90

export type RemediationPlan = {
  id: string
  item: string
  campaign: { id: string; name: string }
  identity: { id: string; name: string }
  kind: 'remove' | 'reduce'
  steps: string[]
  /** Unset where nobody here knows the platform, or it is no longer in the inventory. */
  plan?: Plan
  /** Why there is none, or what was left out. */
  notes: string[]
  /** Of a reduction: a policy that allows what was seen in use, where one could be made and was asked again. */
  smaller?: Confirmed
}

const MORE: Readonly<Record<Known['more'][number], string>> = {
  credentials: 'It has more credentials than commands are written for.',
  grants: 'It holds more than commands are written for.',
  trust: 'More statements let somebody become it than commands are written for.',
}
const GONE =
  'It is no longer in the inventory: its source is not read any more, and no commands can be written.'
const NO_PLATFORM =
  'No commands are known for identities of this type: do it by the words above, with the tools of its system.'

async function smallerFor(identityId: string): Promise<Confirmed | undefined> {
  try {
    const asked = { identity: identityId, days: USE_DAYS, propose: true }
    return (await unused(CAMPAIGNS, asked)).proposal
  } catch (error) {
    // What cannot be asked about is told nothing of: the commands stand without it.
    if (error instanceof RollcallError) return undefined
    throw error
  }
}

async function mustBeTheirs(actor: Actor, reviewerId: string | null, now: Date): Promise<void> {
  if (may(actor, 'campaign:read')) return
  const person = await personOf(actor)
  const places = person ? await inPlaceOf(db, person.id, now) : []
  if (reviewerId === null || !places.includes(reviewerId))
    throw new RollcallError('not-found', 'There is no such remediation, or it is not yours.')
}

/** @throws RollcallError `not-found` where it is neither theirs nor do they read campaigns */
export async function remediationPlan(
  actor: Actor | null,
  id: string,
  now = new Date(),
): Promise<RemediationPlan> {
  authorise(actor, actor && may(actor, 'campaign:read') ? 'campaign:read' : 'review:decide')
  const held = isUuid(id)
    ? await db.remediation.findUnique({
        where: { id },
        include: {
          item: { select: { id: true, name: true, reviewerId: true } },
          campaign: { select: { id: true, name: true } },
        },
      })
    : null
  if (!held) throw new RollcallError('not-found', 'There is no such remediation, or it is not yours.')
  await mustBeTheirs(actor, held.item.reviewerId, now)
  const kind = held.kind === 'remove' ? 'remove' : 'reduce'
  const known = await removableOf(held.identityId, held.drops)
  const [plan, smaller] = [
    known && planFor(kind, known.removable),
    known && kind === 'reduce' ? await smallerFor(held.identityId) : undefined,
  ]
  return {
    id,
    item: held.item.id,
    campaign: held.campaign,
    identity: { id: held.identityId, name: held.item.name },
    kind,
    steps: held.steps,
    ...(plan && { plan }),
    notes: [
      ...(known ? (plan ? [] : [NO_PLATFORM]) : [GONE]),
      ...(known?.more.map((what) => MORE[what]) ?? []),
    ],
    ...(smaller && { smaller }),
  }
}
