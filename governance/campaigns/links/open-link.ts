// Opens a link: once, by whoever holds it, and never by looking at it. Why one does not open is told to nobody.
import type { Actor } from '@/core/permissions'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { recordActivity } from '../../activity/record-activity'
import { mayTry } from './attempts'
import { hashOf, isSigned, newSecret } from './token'

const SESSION_MS = 30 * 60_000

export type Opened = { session: string; until: Date; campaignId: string }
export type Trying = {
  /** Where the request comes from, as the proxy tells. */
  address: string
  now?: Date
}

type Row = { id: string; campaignId: string; personId: string; name: string; email: string | null }
const actorOf = ({ id, campaignId, personId, name, email }: Row): Actor => ({
  kind: 'link',
  id,
  name: `${name} (by link)`,
  role: 'owner',
  only: 'review:decide',
  link: { campaignId, personId },
  ...(email !== null && { email }),
})

/** Over `l` (link): it was not withdrawn, its campaign runs, and whose it is is there, and was not a member whose access has ended. */
const STANDS = Prisma.sql`l.revoked_at IS NULL
  AND EXISTS (SELECT 1 FROM campaign c WHERE c.id = l.campaign_id AND c.state = 'running')
  AND EXISTS (SELECT 1 FROM person p WHERE p.id = l.person_id AND p.standing = 'here'
    AND NOT EXISTS (SELECT 1 FROM "user" u WHERE lower(u.email) = p.email AND u.access_until <= now()))`
const ROW = Prisma.sql`l.id, l.campaign_id AS "campaignId", l.person_id AS "personId"`

/** @returns null whatever the reason: it is none of ours, was used, is over, was withdrawn, or too much is tried */
export async function openLink(token: string, { address, now = new Date() }: Trying): Promise<Opened | null> {
  if (!(await mayTry('open', address, now)) || !isSigned(token)) return null
  const session = newSecret()
  const until = new Date(now.getTime() + SESSION_MS)
  return db.$transaction(async (tx) => {
    const [used] = await tx.$queryRaw<Omit<Row, 'name' | 'email'>[]>(Prisma.sql`
      UPDATE review_link l SET used_at = ${now}, session_hash = ${hashOf(session)}, session_until = ${until}
      WHERE l.token_hash = ${hashOf(token)} AND l.used_at IS NULL AND l.expires_at > ${now} AND ${STANDS} RETURNING ${ROW}`)
    if (!used) return null
    const { name, email } = await tx.person.findUniqueOrThrow({ where: { id: used.personId } })
    const act = {
      action: 'review.open-link',
      object: `campaign:${used.campaignId}`,
      detail: { person: name },
    }
    await recordActivity(tx, actorOf({ ...used, name, email }), act, now)
    return { session, until, campaignId: used.campaignId }
  })
}

/** Who has opened a link, while that counts. */
export async function linkActor(session: string | undefined, now = new Date()): Promise<Actor | null> {
  if (!session) return null
  const [row] = await db.$queryRaw<Row[]>(Prisma.sql`
    SELECT ${ROW}, w.name, w.email FROM review_link l JOIN person w ON w.id = l.person_id
    WHERE l.session_hash = ${hashOf(session)} AND l.session_until > ${now} AND ${STANDS}`)
  return row ? actorOf(row) : null
}
