// Owner hints from labels and annotations: who is named, and whether the value reads like a person or a team.
import type { Of } from '@/core/observation'
import { REMOVED } from '@/core/secret-like'

type Names = Of<'owner-hint'>['names']

/** Keys that name somebody who answers, without case and separators. */
const TEAM = /^(team|teamname|owningteam|ownerteam|squad|ownedbyteam)$/
const SOMEBODY =
  /^(owner|ownedby|ownername|owneremail|technicalowner|serviceowner|businessowner|contact|contacts|contactemail|technicalcontact|email|mail|maintainer|maintainers|maintainedby|responsible|responsibleparty)$/
const EMAIL = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/
/** Mailboxes that nobody is: a team reads them. */
const SHARED_MAILBOX = /(^|[-_.+])(team|oncall|on-call|ops|support|admins?|alerts?|sre|noreply|helpdesk)@/i
const VALUE_MAX = 500

const plain = (key: string): string =>
  key
    .slice(key.lastIndexOf('/') + 1)
    .toLowerCase()
    .replace(/[^a-z]/g, '')

function namesOf(key: string, value: string): Names {
  if (TEAM.test(key)) return 'team'
  if (!EMAIL.test(value)) return 'unclear'
  return SHARED_MAILBOX.test(value) ? 'team' : 'person'
}

type Owned = { identity: string } | { secret: string }
/** @param where whose labels they are, in words; the id tells two places apart */
export function ownerHints(
  owned: Owned,
  labels: Readonly<Record<string, string>>,
  where: { words: string; id: string },
): Of<'owner-hint'>[] {
  const nativeId = 'identity' in owned ? owned.identity : owned.secret
  return Object.entries(labels).flatMap(([given, text]) => {
    const key = plain(given)
    const value = text.trim()
    const isHint = TEAM.test(key) || SOMEBODY.test(key)
    if (!isHint || value === '' || value === REMOVED || value.length > VALUE_MAX) return []
    return [
      {
        kind: 'owner-hint' as const,
        nativeId: `${nativeId}/owner/${where.id}${given}`,
        ...owned,
        names: namesOf(key, value),
        value,
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
  names: !email.endsWith('.gserviceaccount.com') && EMAIL.test(email) ? 'person' : 'unclear',
  value: email,
  via: 'audit log: who made it',
})
