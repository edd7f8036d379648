// Owner hints from metadata: who is named, and whether the value reads like a person or a team.
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
    .slice(Math.max(key.lastIndexOf(':'), key.lastIndexOf('/')) + 1)
    .toLowerCase()
    .replace(/[^a-z]/g, '')

function namesOf(key: string, value: string): Names {
  if (TEAM.test(key)) return 'team'
  if (!EMAIL.test(value)) return 'unclear'
  return SHARED_MAILBOX.test(value) ? 'team' : 'person'
}

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
        via: `metadata ${given} of ${where.name}`,
      },
    ]
  })
