// Who answers for an application: owners and sponsors, and fields that people write it into.
import type { Of } from '@/core/observation'
import { REMOVED } from '@/core/secret-like'
import type { Application, DirectoryObject, ServicePrincipal } from './shapes'

type Hint = Of<'owner-hint'>
type Names = Hint['names']

const EMAIL = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/
/** Mailboxes that nobody is: a team reads them. */
const SHARED_MAILBOX = /(^|[-_.+])(team|oncall|on-call|ops|support|admins?|alerts?|sre|noreply|helpdesk)@/i
const VALUE_MAX = 500

const byAddress = (value: string): Names =>
  EMAIL.test(value) ? (SHARED_MAILBOX.test(value) ? 'team' : 'person') : 'unclear'

type Field = { at: string; value: string | undefined; via: string; names?: Names }
const hint = (identity: string, { at, value, via, names }: Field): Hint[] =>
  value === undefined || value === '' || value === REMOVED || value.length > VALUE_MAX
    ? []
    : [
        {
          kind: 'owner-hint',
          nativeId: `${identity}/owner/${at}`,
          identity,
          names: names ?? byAddress(value),
          value,
          via,
        },
      ]

/** `owner:a@b`, `team = payments`: tags are single texts here, which people write keys and values into. */
const TAG = /^(owner|ownedby|contact|team|squad|maintainer)\s*[:=]\s*(.+)$/i
function taggedHints(identity: string, tags: readonly string[]): Hint[] {
  return tags.flatMap((tag) => {
    const [, key = '', value] = TAG.exec(tag) ?? []
    const names = /^(team|squad)$/i.test(key) ? ('team' as const) : undefined
    return hint(identity, { at: `tag/${tag}`, value, via: `tag ${key}`, ...(names && { names }) })
  })
}
/** Notes are free text: they name somebody only where they are an address and nothing else. */
const noted = (notes: string | undefined): string | undefined =>
  notes !== undefined && EMAIL.test(notes) ? notes : undefined

export const applicationHints = (identity: string, application: Application): Hint[] => [
  ...hint(identity, {
    at: `${application.id}/service-management-reference`,
    value: application.serviceManagementReference,
    via: 'service management reference of the application',
  }),
  ...hint(identity, {
    at: `${application.id}/notes`,
    value: noted(application.notes),
    via: 'notes of the application',
  }),
]
/** Of an application without a service principal: otherwise its tags are shown on that, next to its own. */
export const unusedHints = (identity: string, application: Application): Hint[] => [
  ...applicationHints(identity, application),
  ...taggedHints(identity, application.tags),
]

export const principalHints = (principal: ServicePrincipal): Hint[] => [
  ...hint(principal.id, {
    at: `${principal.id}/notes`,
    value: noted(principal.notes),
    via: 'notes of the service principal',
  }),
  ...principal.notificationEmailAddresses.flatMap((value) =>
    hint(principal.id, {
      at: `${principal.id}/notification/${value}`,
      value,
      via: 'told when the signing certificate is about to end',
    }),
  ),
  ...taggedHints(principal.id, principal.tags),
]

const KINDS: Readonly<Record<string, Names>> = { user: 'person', group: 'team' }
/** Undefined where the name is not shown: reading people takes a permission of its own. */
export function ownerHint(
  identity: string,
  owner: DirectoryObject,
  { of, via }: { of: string; via: string },
): Hint | undefined {
  const value = owner.userPrincipalName ?? owner.mail ?? owner.displayName
  const names = KINDS[owner['@odata.type'] ?? ''] ?? 'unclear'
  return hint(identity, { at: `${of}/${owner.id}`, value, via, names })[0]
}
