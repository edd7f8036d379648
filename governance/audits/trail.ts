// What is known of a drawn row: as it was at the moment of its sample, what changed up to then, and what people decided about it.
import { RollcallError } from '@/core/errors'
import type { FindingRow } from '@/core/list'
import { may, type Actor } from '@/core/permissions'
import { atMoment } from '@/inventory/moment/at-moment'
import { getCredential } from '@/inventory/queries/get-credential'
import { getFinding } from '@/inventory/queries/get-finding'
import { getIdentity } from '@/inventory/queries/get-identity'
import { iso } from '@/inventory/queries/sql'
import type { Bounded, Timeline } from '@/inventory/queries/types'
import { db } from '@/prisma/client'
import { authorise } from '../authorise'
import { personOf } from '../campaigns/reviewer'
import type { ItemView } from './list-items'

export type TrailDecision = {
  id: string
  campaign: { id: string; name: string }
  decision: string
  reason?: string
  by: string
  at: string
  signed: boolean
}
export type Trail = {
  /** Unset where it cannot be read any more as it was: its source was removed, or its past is not kept. */
  record?: { findings: Bounded<FindingRow>; timeline?: Timeline; firstSeenAt?: string }
  /** Unset where whoever asks may not read campaigns, or is yet to give a second look. */
  decisions?: Bounded<TrailDecision>
}
const SHOWN_MAX = 50

async function recordOf(actor: Actor, { subject, sample }: ItemView): Promise<Trail['record']> {
  if (!subject || !sample) return undefined
  const { kind, id } = subject
  const read = async (): Promise<Trail['record']> => {
    if (kind === 'finding') {
      const { finding } = await getFinding(actor, id)
      return { findings: { rows: [finding], more: false } }
    }
    if (kind === 'identity') {
      const { identity, findings, timeline } = await getIdentity(actor, id)
      return { findings, timeline, firstSeenAt: identity.firstSeenAt }
    }
    const { credential, findings, timeline } = await getCredential(actor, id)
    return { findings, timeline, firstSeenAt: credential.firstSeenAt }
  }
  try {
    return await atMoment({ valid: sample.asOf, known: sample.known }, read)
  } catch (error) {
    if (error instanceof RollcallError && ['not-found', 'forbidden', 'invalid'].includes(error.code))
      return undefined
    throw error
  }
}

/** Whoever has yet to give a second look is not told what the first decided. */
async function isToldDecisions(actor: Actor): Promise<boolean> {
  if (!may(actor, 'campaign:read')) return false
  const person = await personOf(actor, db)
  if (!person) return true
  const open = await db.secondLook.findFirst({
    where: { reviewerId: person.id, answer: null, campaign: { state: 'running' } },
    select: { itemId: true },
  })
  return open === null
}

async function decisionsOf(actor: Actor, identityId: string | undefined): Promise<Trail['decisions']> {
  if (identityId === undefined || !(await isToldDecisions(actor))) return undefined
  const found = await db.decision.findMany({
    where: { item: { identityId, control: false }, decision: { not: 'undone' } },
    include: {
      item: { select: { signOffId: true, decisionId: true, campaign: { select: { id: true, name: true } } } },
    },
    orderBy: { at: 'desc' },
    take: SHOWN_MAX + 1,
  })
  const rows = found.slice(0, SHOWN_MAX).map(({ id, item, decision, reason, byName, at }) => ({
    id,
    campaign: item.campaign,
    decision,
    ...(reason !== null && { reason }),
    by: byName,
    at: iso(at),
    signed: item.signOffId !== null && item.decisionId === id,
  }))
  return { rows, more: found.length > SHOWN_MAX }
}

/** @param item as the actor may see it */
export async function trailOf(actor: Actor | null, item: ItemView): Promise<Trail> {
  authorise(actor, 'audit:read')
  const [record, decisions] = await Promise.all([recordOf(actor, item), decisionsOf(actor, item.identityId)])
  return { ...(record && { record }), ...(decisions && { decisions }) }
}
