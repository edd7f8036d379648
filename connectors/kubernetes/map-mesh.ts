// What Istio lets call what. A policy lets nobody become anybody, so it is no trust: it is a rule that gives nothing in the
// cluster, and that names its callers and the service accounts whose pods it is about.
import { known } from '@/core/fact'
import { LINKS_MAX, type Link } from '@/core/join'
import type { Of } from '@/core/observation'
import { callersOf, isNarrowed, type Caller, type Mesh } from './map-callers'
import { accountLink } from './map-joins'
import { restriction } from './map-restriction'
import { LIST } from './permissions'
import { plain } from './plain'
import { fitsSelector, selectorText } from './selector'
import type { Metadata, Selector } from './shapes'
import type { AuthorizationPolicy, MeshRule, PeerAuthentication } from './shapes-mesh'

const AUTHORIZATION_LANGUAGE = 'istio-authorization'
const AUTHENTICATION_LANGUAGE = 'istio-authentication'
/** Policies in it hold for the whole mesh. Another name is a setting of the mesh that it does not tell. */
const ROOT = 'istio-system'
const DRY_RUN = 'istio.io/dry-run'

/** `<namespace>/<name>` of the service accounts whose pods it selects, by its id. */
export type Picked = ReadonlyMap<string, ReadonlySet<string>>
/** `picked` is undefined where pods could not be listed. */
export type PickedMesh = Mesh & { picked: Picked | undefined }
type Applied = {
  metadata: Metadata & { namespace: string }
  spec?: { selector?: Selector | null | undefined } | null | undefined
}

const isLabelled = ({ spec }: Applied): boolean => Object.keys(spec?.selector?.matchLabels ?? {}).length > 0
type Targets = NonNullable<AuthorizationPolicy['spec']>['targetRefs']
const targetsOf = ({ spec }: AuthorizationPolicy): Targets =>
  spec ? [...spec.targetRefs, ...(spec.targetRef ? [spec.targetRef] : [])] : []
/** Whether only pods tell which service accounts it is about. */
export const picksByLabel = (one: AuthorizationPolicy): boolean => isLabelled(one) && !targetsOf(one).length
/** Selectors of authentication in the root namespace are ignored. */
export const picksAuthentication = (one: PeerAuthentication): boolean =>
  isLabelled(one) && one.metadata.namespace !== ROOT

export const selects = (
  { metadata, spec }: Applied,
  pod: Pick<Metadata, 'labels'> & { namespace: string },
): boolean =>
  (metadata.namespace === ROOT || metadata.namespace === pod.namespace) &&
  fitsSelector(spec?.selector, pod.labels)

/** Labels and names may be long; a reason has an end. */
const WORDS_MAX = 600
const REASON_CHARS_MAX = 1000
const sentenceOf = (...parts: string[]): string => parts.join('').slice(0, REASON_CHARS_MAX)
function podsOf({ metadata: { namespace }, spec }: Applied): string {
  const labels = selectorText(spec?.selector)
  const where = namespace === ROOT ? 'of the mesh' : `in ${namespace}`
  return `${labels === '' ? 'every pod' : `pods with ${labels.slice(0, WORDS_MAX)}`} ${where}`
}
function aboutWhat(policy: AuthorizationPolicy): string {
  const targets = targetsOf(policy).map(({ kind, name }) => `${kind} ${name}`)
  return targets.length
    ? `${targets.sort().join(', ').slice(0, WORDS_MAX)} in ${policy.metadata.namespace}`
    : podsOf(policy)
}

const ACCOUNTS_MAX = LINKS_MAX / 2
const MORE = ' There are more than are told one by one.'
function accountLinks(one: Applied, byLabel: boolean, reason: string, { uid, picked }: PickedMesh): Link[] {
  const { uid: id, namespace } = one.metadata
  const accounts = byLabel ? [...(picked?.get(id) ?? [])].sort() : []
  if (byLabel && accounts.length <= ACCOUNTS_MAX)
    return accounts.map((account) => {
      const [place = '', name = ''] = account.split('/')
      return accountLink({ uid, namespace: place, name, reason: sentenceOf(reason) }, 'relied-on')
    })
  const place = namespace === ROOT ? '*' : namespace
  const words = sentenceOf(reason, byLabel ? MORE : '')
  const link = accountLink({ uid, namespace: place, name: '*', reason: words }, 'relied-on')
  const { authority: _, ...all } = link
  return [{ ...all, match: 'pattern' }]
}

const SENTENCES: ReadonlyMap<string, (what: string, asked: string) => string> = new Map([
  ['ALLOW', (what) => `It lets this caller reach ${what}`],
  ['DENY', (what) => `It keeps this caller from ${what}`],
  ['AUDIT', (what) => `It has calls of this caller to ${what} recorded`],
  ['CUSTOM', (what, asked) => `It lets ${asked} decide whether this caller may reach ${what}`],
])
type Said = { action: string; asked: string; isDry: boolean }
function saidBy({ metadata, spec }: AuthorizationPolicy): Said {
  const asked = spec?.provider?.name || 'a provider of the mesh'
  return { action: spec?.action || 'ALLOW', asked, isDry: metadata.annotations[DRY_RUN] === 'true' }
}

type Found = { caller: Caller; isConditional: boolean }
/** Each caller once, without a condition where one rule has none. */
function foundIn(rules: readonly MeshRule[], namespace: string, mesh: Mesh): Found[] {
  const found = new Map<string, Found>()
  for (const { from, to, when } of rules)
    for (const { source } of from)
      for (const caller of source ? callersOf(source, namespace, mesh) : []) {
        const key = `${caller.to} ${caller.value}`
        const isConditional = to.length > 0 || when.length > 0 || (source ? isNarrowed(source) : false)
        const before = found.get(key)
        found.set(key, { caller, isConditional: isConditional && (before?.isConditional ?? true) })
      }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
}

function callerLinks(policy: AuthorizationPolicy, mesh: Mesh): Link[] {
  const { action, asked, isDry } = saidBy(policy)
  const sentence = SENTENCES.get(action)?.(aboutWhat(policy), asked)
  const words = sentence ?? `It names this caller for ${action}`
  const found = foundIn(policy.spec?.rules ?? [], policy.metadata.namespace, mesh)
  const isCut = found.length > LINKS_MAX - ACCOUNTS_MAX
  return found.slice(0, LINKS_MAX - ACCOUNTS_MAX).map(({ caller: { to, value }, isConditional }): Link => {
    const conditions = isConditional ? ', on the conditions of its rule' : ''
    const dry = isDry ? ' It is tried out only, and not enforced.' : ''
    return {
      relation: action === 'ALLOW' && !isDry ? 'permitted' : 'declared',
      means: 'relied-on',
      to,
      match: value.includes('*') ? 'pattern' : 'exact',
      value,
      // A caller may as well be in another cluster of the mesh: that it is not here is no evidence.
      reason: sentenceOf(words, conditions, '.', dry, isCut ? MORE : ''),
    }
  })
}

export function authorizationPolicy(policy: AuthorizationPolicy, mesh: PickedMesh): Of<'entitlement'> {
  const { metadata, spec } = policy
  const { action, isDry } = saidBy(policy)
  const targets = targetsOf(policy)
  const byLabel = picksByLabel(policy)
  const reason = `It decides who may call ${podsOf(policy)}.`
  const document = {
    ...plain({ provider: spec?.provider, selector: spec?.selector, targetRefs: targets }),
    action,
    ...(isDry && { dryRun: true }),
    // One without rules fits no call: what it is to allow is then nothing.
    rules: (spec?.rules ?? []).map(plain),
  }
  const links = [
    ...(targets.length ? [] : accountLinks(policy, byLabel, reason, mesh)),
    ...callerLinks(policy, mesh),
  ]
  return {
    ...restriction(metadata, {
      type: 'kubernetes.authorization-policy',
      language: AUTHORIZATION_LANGUAGE,
      document: known(document, LIST.authorizationPolicies),
    }),
    ...(links.length && { links }),
    ...(byLabel && !mesh.picked && { joiningUnseen: true as const }),
  }
}

export function peerAuthentication(one: PeerAuthentication, mesh: PickedMesh): Of<'entitlement'> {
  const { metadata, spec } = one
  const byLabel = picksAuthentication(one)
  const mode = spec?.mtls?.mode || 'UNSET'
  const reason = `It says how callers of ${podsOf(one)} prove who they are (${mode}).`
  const links = isLabelled(one) && !byLabel ? [] : accountLinks(one, byLabel, reason, mesh)
  return {
    ...restriction(metadata, {
      type: 'kubernetes.peer-authentication',
      language: AUTHENTICATION_LANGUAGE,
      document: known(plain(spec ?? {}), LIST.peerAuthentications),
    }),
    ...(links.length && { links }),
    ...(byLabel && !mesh.picked && { joiningUnseen: true as const }),
  }
}
