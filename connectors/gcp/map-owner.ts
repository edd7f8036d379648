// Owner hints from labels and annotations: who is named, and whether the value reads like a person or a team.
import type { Of } from '@/core/observation'
import { isEmail, ownerIn } from '@/core/owner-words'

type Owned = { identity: string } | { secret: string }
/** @param where whose labels they are, in words; the id tells two places apart */
export function ownerHints(
  owned: Owned,
  labels: Readonly<Record<string, string>>,
  where: { words: string; id: string },
): Of<'owner-hint'>[] {
  const nativeId = 'identity' in owned ? owned.identity : owned.secret
  return Object.entries(labels).flatMap(([given, text]) => {
    const owner = ownerIn(given, text)
    if (!owner) return []
    return [
      {
        kind: 'owner-hint' as const,
        nativeId: `${nativeId}/owner/${where.id}${given}`,
        ...owned,
        ...owner,
        via: `${where.words} ${given}`,
      },
    ]
  })
}

/** Who made it: no owner for certain, but somebody who knew once. A service account that made it is no person. */
export const creatorHint = (identity: string, email: string): Of<'owner-hint'> => ({
  kind: 'owner-hint',
  nativeId: `${identity}/owner/creator`,
  identity,
  names: !email.endsWith('.gserviceaccount.com') && isEmail(email) ? 'person' : 'unclear',
  value: email,
  via: 'audit log: who made it',
})
