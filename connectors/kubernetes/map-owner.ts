// Owner hints from labels and annotations of a service account, and of the namespace it is in.
import type { Of } from '@/core/observation'
import { REMOVED } from '@/core/secret-like'
import { plainKey, SOMEBODY_KEY, TEAM_KEY, type Metadata } from './shapes'

type Names = Of<'owner-hint'>['names']
/** Keys that name an application, whose owner may be known elsewhere. */
const APPLICATION = [
  'app.kubernetes.io/part-of',
  'argocd.argoproj.io/instance',
  'meta.helm.sh/release-name',
  'helm.toolkit.fluxcd.io/name',
  'kustomize.toolkit.fluxcd.io/name',
]
const EMAIL = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/
/** Mailboxes that nobody is: a team reads them. */
const SHARED_MAILBOX = /(^|[-_.+])(team|oncall|on-call|ops|support|admins?|alerts?|sre|noreply|helpdesk)@/i

function namesOf(key: string, value: string): Names {
  if (TEAM_KEY.test(key)) return 'team'
  if (!EMAIL.test(value)) return 'unclear'
  return SHARED_MAILBOX.test(value) ? 'team' : 'person'
}
const isHint = (key: string): boolean =>
  APPLICATION.includes(key) || TEAM_KEY.test(plainKey(key)) || SOMEBODY_KEY.test(plainKey(key))

/** Longer texts name nobody. */
const OWNER_CHARS_MAX = 300
type Said = { key: string; value: string; on: 'label' | 'annotation' }
const said = ({ labels, annotations }: Pick<Metadata, 'labels' | 'annotations'>): Said[] =>
  [
    ...Object.entries(labels).map(([key, value]) => ({ key, value: value.trim(), on: 'label' as const })),
    ...Object.entries(annotations).map(([key, value]) => ({
      key,
      value: value.trim(),
      on: 'annotation' as const,
    })),
  ].filter(
    ({ key, value }) => value !== '' && value.length <= OWNER_CHARS_MAX && value !== REMOVED && isHint(key),
  )

const hint = (identity: string, { key, value, on }: Said, place?: string): Of<'owner-hint'> => ({
  kind: 'owner-hint',
  nativeId: `${identity}/owner/${place ? `namespace/${on}` : on}/${key}`,
  identity,
  names: namesOf(plainKey(key), value),
  value,
  via: `${on} ${key}${place ? ` of namespace ${place}` : ''}`,
})
export const ownerHints = (identity: string, metadata: Metadata): Of<'owner-hint'>[] =>
  said(metadata).map((one) => hint(identity, one))

/** What a namespace says holds for all that is in it. */
export const namespaceHints = (identity: string, namespace: Metadata): Of<'owner-hint'>[] =>
  said(namespace).map((one) => hint(identity, one, namespace.name))
