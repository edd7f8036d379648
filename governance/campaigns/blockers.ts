// What keeps a campaign from being published, in words and numbers.
import type { Tx } from '@/prisma/client'
import type { Campaign } from '@/prisma/generated/client'

export type Blocker = {
  id: 'empty' | 'no-reviewer' | 'no-address' | 'no-second' | 'due' | 'manager'
  count: number
  words: string
}

const some = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`

export async function blockersOf(
  tx: Pick<Tx, '$queryRaw' | 'person'>,
  { id, rows, dueAt, managerId }: Campaign,
  now: Date,
): Promise<Blocker[]> {
  const [counts] = await tx.$queryRaw<
    { unasked: number; alone: number; silent: number; silentPeople: number }[]
  >`
    SELECT count(*) FILTER (WHERE i.carries_id IS NULL AND (i.reviewer_id IS NULL OR r.standing <> 'here'))::int AS unasked,
      count(*) FILTER (WHERE i.carries_id IS NULL AND r.standing = 'here' AND r.email IS NULL AND ch.id IS NULL)::int AS silent,
      count(DISTINCT r.id) FILTER (WHERE i.carries_id IS NULL AND r.standing = 'here' AND r.email IS NULL AND ch.id IS NULL)::int AS "silentPeople",
      count(*) FILTER (WHERE EXISTS (SELECT 1 FROM second_look l LEFT JOIN person p ON p.id = l.reviewer_id
        WHERE l.item_id = i.id AND l.why = 'administrator' AND (p.id IS NULL OR p.standing <> 'here' OR p.id = i.reviewer_id)))::int AS alone
    FROM campaign_item i LEFT JOIN person r ON r.id = i.reviewer_id LEFT JOIN channel ch ON ch.person_id = r.id AND ch.enabled
    WHERE i.campaign_id = ${id}::uuid AND NOT i.control`
  const manager = await tx.person.findUnique({ where: { id: managerId } })
  const { unasked = 0, alone = 0, silent = 0, silentPeople = 0 } = counts ?? {}
  return [
    ...(rows === 0 ? [{ id: 'empty' as const, count: 0, words: 'The filter matches no identity.' }] : []),
    ...(unasked
      ? [
          {
            id: 'no-reviewer' as const,
            count: unasked,
            words: `${some(unasked, 'item has', 'items have')} no reviewer. Name somebody for what nobody else is asked about.`,
          },
        ]
      : []),
    ...(silent
      ? [
          {
            id: 'no-address' as const,
            count: silent,
            words: `${some(silent, 'item is', 'items are')} asked of ${some(silentPeople, 'person', 'people')} without an address in the directory or a channel of their own: nobody can tell them, and they cannot sign in. Hand these to somebody else, or have an address entered.`,
          },
        ]
      : []),
    ...(alone
      ? [
          {
            id: 'no-second' as const,
            count: alone,
            words: `${some(alone, 'item', 'items')} equivalent to an administrator ${alone === 1 ? 'has' : 'have'} no second reviewer. Name people for second looks.`,
          },
        ]
      : []),
    ...(dueAt <= now ? [{ id: 'due' as const, count: 1, words: 'It is due in the past.' }] : []),
    ...(manager?.standing === 'here'
      ? []
      : [{ id: 'manager' as const, count: 1, words: 'Whoever manages it has left: name somebody else.' }]),
  ]
}
