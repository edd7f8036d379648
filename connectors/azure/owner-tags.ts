// Owner hints from tags: who is named, and whether the value reads like a person or a team. Other tags are not kept.
import type { Of } from '@/core/observation'
import { REMOVED } from '@/core/secret-like'

type Names = Of<'owner-hint'>['names']

/** Tag keys that name somebody who answers, without case and separators. */
const TEAM = /^(team|teamname|owningteam|ownerteam|squad|ownedbyteam)$/
const SOMEBODY =
  /^(owner|ownedby|ownername|owneremail|technicalowner|serviceowner|businessowner|contact|contacts|contactemail|technicalcontact|email|mail|maintainer|maintainers|maintainedby|responsible|responsibleparty)$/
const EMAIL = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/
/** Mailboxes that nobody is: a team reads them. */
const SHARED_MAILBOX = /(^|[-_.+])(team|oncall|on-call|ops|support|admins?|alerts?|sre|noreply|helpdesk)@/i
const VALUE_MAX = 500
const KEY_MAX = 300

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

/** @param where whose tags they are, in words; and in the id, so that two places can say two things */
export const ownerTags = (
  identity: string,
  tags: Readonly<Record<string, string>>,
  where: { name: string; id: string },
): Of<'owner-hint'>[] =>
  Object.entries(tags).flatMap(([given, text]) => {
    const key = plain(given)
    const value = text.trim()
    const isHint = (TEAM.test(key) || SOMEBODY.test(key)) && given.length <= KEY_MAX
    if (!isHint || value === '' || value === REMOVED || value.length > VALUE_MAX) return []
    return [
      {
        kind: 'owner-hint' as const,
        nativeId: `${where.id}/tag/${given}`,
        identity,
        names: namesOf(key, value),
        value,
        via: `tag ${given} of ${where.name}`,
      },
    ]
  })
