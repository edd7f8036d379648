// Owner hints from tags: who is named, and whether the value reads like a person or a team.
import type { Of } from '@/core/observation'
import { REMOVED } from '@/core/secret-like'
import type { Tag } from './shapes'

type Names = Of<'owner-hint'>['names']

/** Tag keys that name somebody who answers, without case and separators. */
const TEAM = /^(team|teamname|owningteam|ownerteam|squad|ownedbyteam)$/
const SOMEBODY =
  /^(owner|ownedby|ownername|owneremail|technicalowner|serviceowner|businessowner|contact|contacts|contactemail|technicalcontact|email|mail|maintainer|maintainers|maintainedby|responsible|responsibleparty)$/
const EMAIL = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/
/** Mailboxes that nobody is: a team reads them. */
const SHARED_MAILBOX = /(^|[-_.+])(team|oncall|on-call|ops|support|admins?|alerts?|sre|noreply|helpdesk)@/i

/** `acme:Owner_Email` → `owneremail`: organizations prefix keys and separate words as they like. */
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

export function ownerHints(identity: string, tags: readonly Tag[]): Of<'owner-hint'>[] {
  return tags.flatMap(({ Key, Value }) => {
    const key = plain(Key)
    const value = Value?.trim() ?? ''
    if (value === '' || value === REMOVED || !(TEAM.test(key) || SOMEBODY.test(key))) return []
    return [
      {
        kind: 'owner-hint' as const,
        nativeId: `${identity}/owner/${Key}`,
        identity,
        names: namesOf(key, value),
        value,
        via: `tag ${Key}`,
      },
    ]
  })
}
