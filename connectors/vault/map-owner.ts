// Owner hints from metadata: who is named, and whether the value reads like a person or a team.
import type { Of } from '@/core/observation'
import { ownerIn } from '@/core/owner-words'

type Where = { name: string; id: string }
type Owned = { identity: string } | { secret: string }

/** @param where whose metadata it is, in words; and in the id, so that two places can say two things */
export const ownerHints = (
  identity: string,
  metadata: Readonly<Record<string, string>>,
  where: Where,
): Of<'owner-hint'>[] => hintsOn({ identity }, identity, metadata, where)

/** Who answers for a stored secret. */
export const secretHints = (secret: string, metadata: Readonly<Record<string, string>>): Of<'owner-hint'>[] =>
  hintsOn({ secret }, secret, metadata, { name: 'the secret', id: '' })

const hintsOn = (
  owned: Owned,
  nativeId: string,
  metadata: Readonly<Record<string, string>>,
  where: Where,
): Of<'owner-hint'>[] =>
  Object.entries(metadata).flatMap(([given, text]) => {
    const owner = ownerIn(given, text)
    if (!owner) return []
    return [
      {
        kind: 'owner-hint' as const,
        nativeId: `${nativeId}/owner/${where.id}${given}`,
        ...owned,
        ...owner,
        via: `metadata ${given} of ${where.name}`,
      },
    ]
  })
