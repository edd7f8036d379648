// What was said and decided about an item, in the order in which it was.
import { isScoped, may, type Actor } from '@/core/permissions'
import { compact, iso } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import type { AuditComment, Prisma } from '@/prisma/generated/client'
import { packsOf } from '../packs/asking/whose'
import type { ThreadEntry } from './list-items'
import type { ItemStatus } from './status'

type Comment = Extract<ThreadEntry, { what: 'comment' }>
type Sees = (comment: AuditComment) => boolean

/** What a link leads to is told to whoever may see it: of who is limited to some scopes, only what lies in these. */
async function seesOf(actor: Actor, comments: readonly AuditComment[]): Promise<Sees> {
  if (!isScoped(actor)) return () => true
  const packs = comments.flatMap(({ linkKind, linkId }) => (linkKind === 'pack' && linkId ? [linkId] : []))
  const seen = await db.pack.findMany({
    where: { AND: [{ id: { in: packs } }, packsOf(actor)] },
    select: { id: true },
  })
  return ({ linkKind, linkId, linkScope }) => {
    if (linkKind === 'pack') return seen.some(({ id }) => id === linkId)
    if (linkKind === 'campaign') return may(actor, 'campaign:read')
    return linkScope !== null && (actor.within?.includes(linkScope) ?? false)
  }
}

function linkOf(comment: AuditComment, sees: Sees): Comment['link'] {
  const { linkKind, linkId, linkName } = comment
  if (linkKind === null || linkId === null) return undefined
  const kind = linkKind as NonNullable<Comment['link']>['kind']
  return sees(comment)
    ? { kind, id: linkId, name: linkName ?? linkId }
    : { kind, name: 'something you do not see' }
}

/** @param shown which comments whoever asks may read */
export async function threadOf(
  actor: Actor,
  itemId: string,
  shown: Prisma.AuditCommentWhereInput,
): Promise<ThreadEntry[]> {
  const [comments, changes] = await Promise.all([
    db.auditComment.findMany({ where: { AND: [{ itemId }, shown] } }),
    db.auditChange.findMany({ where: { itemId } }),
  ])
  const sees = await seesOf(actor, comments)
  const said = comments.map((one) =>
    compact({
      what: 'comment' as const,
      id: one.id,
      at: iso(one.at),
      by: one.actorName,
      fromAuditor: one.fromAuditor,
      text: one.text,
      internal: one.internal,
      link: linkOf(one, sees),
    }),
  )
  const decided = changes.map((one) =>
    compact({
      what: 'status' as const,
      id: one.id,
      at: iso(one.at),
      by: one.actorName,
      before: one.before as ItemStatus,
      after: one.after as ItemStatus,
      reason: one.reason ?? undefined,
    }),
  )
  return [...said, ...decided].sort((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1))
}
