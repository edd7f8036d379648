// The places of the console, in order, with the permission each one needs. The rail, the palette and shortcuts read it.
import type { Permission } from '@/core/permissions'
import { isComparison } from '../_ui/keep-moment'

export type Place = {
  href: string
  /** How it is opened from here: with the filter that most people want, which they see and can take away. */
  view?: string
  title: string
  key?: string
  needs?: Permission
  group: 'main' | 'settings'
}
export const PLACES: readonly Place[] = [
  { href: '/', title: 'Home', key: 'h', group: 'main' },
  {
    href: '/identities',
    // People, and what providers keep for themselves, are one click away.
    view: '?class=machine,unclear',
    title: 'Identities',
    key: 'i',
    needs: 'identity:read',
    group: 'main',
  },
  {
    href: '/credentials',
    title: 'Credentials',
    key: 'c',
    needs: 'identity:read',
    group: 'main',
  },
  {
    href: '/findings',
    // What is put off comes back by itself, and is one click away until then.
    view: '?group=rule&snoozed=no',
    title: 'Findings',
    key: 'f',
    needs: 'finding:read',
    group: 'main',
  },
  {
    href: '/owners',
    title: 'Owners',
    key: 'o',
    needs: 'identity:read',
    group: 'main',
  },
  { href: '/reviews', title: 'Reviews', key: 'r', needs: 'review:decide', group: 'main' },
  { href: '/people', title: 'People', needs: 'person:read', group: 'main' },
  { href: '/exceptions', title: 'Exceptions', key: 'e', needs: 'exception:read', group: 'main' },
  { href: '/campaigns', title: 'Campaigns', key: 'p', needs: 'campaign:read', group: 'main' },
  { href: '/score', title: 'Score', needs: 'finding:read', group: 'main' },
  { href: '/frameworks', title: 'Frameworks', needs: 'finding:read', group: 'main' },
  { href: '/evidence', title: 'Evidence', key: 'v', needs: 'evidence:read', group: 'main' },
  { href: '/audits', title: 'Audits', key: 'u', needs: 'audit:read', group: 'main' },
  { href: '/access', title: 'Access', key: 'x', needs: 'access:read', group: 'main' },
  { href: '/diff', title: 'Differences', key: 'd', needs: 'identity:read', group: 'main' },
  { href: '/sources', title: 'Sources', key: 's', needs: 'source:read', group: 'main' },
  { href: '/activity', title: 'Activity', key: 'a', needs: 'activity:read', group: 'main' },
  { href: '/settings/members', title: 'Members', needs: 'member:manage', group: 'settings' },
  { href: '/settings/tokens', title: 'API tokens', needs: 'token:manage', group: 'settings' },
  { href: '/settings/policy', title: 'Policy', needs: 'policy:read', group: 'settings' },
  { href: '/settings/notifications', title: 'Notifications', needs: 'notice:prefer', group: 'settings' },
  { href: '/settings/data', title: 'History', needs: 'setting:manage', group: 'settings' },
  { href: '/settings/appearance', title: 'Appearance', group: 'settings' },
]

/** Pages within places that are looked for by their own name: the palette has them, the rail has not. */
export const PAGES: readonly Pick<Place, 'href' | 'title' | 'needs'>[] = [
  { href: '/owners/file', title: 'OWNERS file', needs: 'person:read' },
  { href: '/owners/code-owners', title: 'CODEOWNERS files', needs: 'person:read' },
  { href: '/owners/delegations', title: 'Delegations', needs: 'identity:read' },
  { href: '/campaigns/events', title: 'Event reviews', needs: 'campaign:read' },
  { href: '/evidence/new', title: 'New pack of evidence', needs: 'evidence:build' },
  { href: '/evidence/deliveries', title: 'Deliveries', needs: 'delivery:read' },
  { href: '/evidence/keys', title: 'Signing keys', needs: 'evidence:read' },
  { href: '/settings/notifications/outbox', title: 'Outbox', needs: 'notice:read' },
]

/** Where a link to a place leads. */
export const opens = ({ href, view = '' }: Pick<Place, 'href' | 'view'>): string => href + view

/** Places that are about the present: who can become whom is worked out for now, and what people decide is as it is. */
const WITHOUT_PAST = [
  '/access',
  '/audits',
  '/campaigns',
  '/evidence',
  '/exceptions',
  '/owners',
  '/people',
  '/reviews',
  '/settings',
  '/sources/new',
  '/sources/import',
]

/** Whether a page can be shown as of an earlier moment. */
export const hasPast = (path: string): boolean =>
  !isComparison(path) && !WITHOUT_PAST.some((place) => path === place || path.startsWith(`${place}/`))
