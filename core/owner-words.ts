// Whether a tag, label or other pair of key and text names somebody who answers for a thing, and whether it reads like a person
// or a team.
import type { Of } from './observation'
import { REMOVED } from './secret-like'

type Named = Pick<Of<'owner-hint'>, 'names' | 'value'>

/** Keys that name somebody who answers, without case and separators. */
const TEAM = /^(team|teamname|owningteam|ownerteam|squad|ownedbyteam)$/
const SOMEBODY =
  /^(owner|ownedby|ownername|owneremail|technicalowner|serviceowner|businessowner|contact|contacts|contactemail|technicalcontact|email|mail|maintainer|maintainers|maintainedby|responsible|responsibleparty)$/
const EMAIL = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/
/** Mailboxes that nobody is: a team reads them. */
export const SHARED_MAILBOX =
  /(^|[-_.+])(team|oncall|on-call|ops|support|admins?|alerts?|sre|noreply|helpdesk)@/i
const VALUE_MAX = 500
const KEY_MAX = 300

/** `acme:Owner_Email` → `owneremail`: organisations prefix keys and separate words as they like. */
const plain = (key: string): string =>
  key
    .slice(Math.max(key.lastIndexOf(':'), key.lastIndexOf('/')) + 1)
    .toLowerCase()
    .replace(/[^a-z]/g, '')

function namesOf(key: string, value: string): Named['names'] {
  if (TEAM.test(key)) return 'team'
  if (!EMAIL.test(value)) return 'unclear'
  return SHARED_MAILBOX.test(value) ? 'team' : 'person'
}

export const isEmail = (text: string): boolean => EMAIL.test(text)

/** Who a text names that is known to name an owner, whatever its key. Undefined where it names nobody. */
export function ownerNamed(text: string): Named | undefined {
  const value = text.trim()
  if (value === '' || value === REMOVED || value.length > VALUE_MAX) return undefined
  return { names: namesOf('', value), value }
}

/** Undefined where the pair names nobody. */
export function ownerIn(given: string, text: string): Named | undefined {
  const key = plain(given)
  const value = text.trim()
  if (given.length > KEY_MAX || !(TEAM.test(key) || SOMEBODY.test(key))) return undefined
  if (value === '' || value === REMOVED || value.length > VALUE_MAX) return undefined
  return { names: namesOf(key, value), value }
}
