// Owner hints from tags: who is named, and whether the value reads like a person or a team. Other tags are not kept.
import type { Of } from '@/core/observation'
import { ownerIn } from '@/core/owner-words'

type Owned = { identity: string } | { secret: string }

/** @param where whose tags they are, in words; and in the id, so that two places can say two things */
export const ownerTags = (
  owned: Owned,
  tags: Readonly<Record<string, string>>,
  where: { name: string; id: string },
): Of<'owner-hint'>[] =>
  Object.entries(tags).flatMap(([given, text]) => {
    const owner = ownerIn(given, text)
    if (!owner) return []
    return [
      {
        kind: 'owner-hint' as const,
        nativeId: `${where.id}/tag/${given}`,
        ...owned,
        ...owner,
        via: `tag ${given} of ${where.name}`,
      },
    ]
  })
