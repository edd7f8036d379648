// Who asks, as AWS sees a request of its: its ARN, its account, and what its requests tell of it.
import type { Principal } from '@/core/access'
import { arnOf, isAccount } from './arn'
import { contextOf, type Context, type Knowledge } from './context-keys'
import type { Holding } from './holding'
import type { Organization } from './ceilings'

export type SubjectKind = 'user' | 'role' | 'root' | 'other'
export type Subject = {
  principal: Principal
  kind: SubjectKind
  arn: string | undefined
  account: string | undefined
  /** Roles that a service makes for itself: service control policies do not apply to them. */
  serviceLinked: boolean
  holding: Holding
  /** What is known of every request of its. */
  context: Context
}

/** Requests are judged for no moment before this: a time that a request tells is not before it. */
export const NOT_BEFORE = Date.UTC(2026, 0, 1)

export const arnOfPrincipal = ({ id, aliases }: Principal): string | undefined =>
  [...aliases, id].find((name) => /^arn:aws[a-z-]*:iam::\d{12}:(user|role)\//.test(name)) ??
  [...aliases, id].find((name) => /^arn:aws[a-z-]*:iam::\d{12}:root$/.test(name))

export function kindOf({ type }: Principal, arn: string | undefined): SubjectKind {
  if (type === 'aws.root-user' || arn?.endsWith(':root')) return 'root'
  const kind = /^arn:aws[a-z-]*:iam::\d{12}:(user|role)\//.exec(arn ?? '')?.[1]
  if (kind === 'user' || kind === 'role') return kind
  if (type === 'aws.iam-role') return 'role'
  return type === 'aws.iam-user' ? 'user' : 'other'
}

/** @param account of the realm, for principals whose ARN is not known */
export function subjectOf(
  principal: Principal,
  holding: Holding,
  realm: { account: string | undefined; organization: Organization | undefined },
): Subject {
  const own = arnOfPrincipal(principal)
  const kind = kindOf(principal, own)
  const account = arnOf(own ?? '')?.account ?? (isAccount(realm.account) ? realm.account : undefined)
  const arn = own ?? (kind === 'root' && account ? `arn:aws:iam::${account}:root` : undefined)
  const serviceLinked = arn?.includes(':role/aws-service-role/') ?? false
  const base = { principal, kind, arn, account, serviceLinked, holding }
  return { ...base, context: principalContext(base, realm.organization) }
}

const TYPES: Readonly<Record<SubjectKind, string | undefined>> = {
  user: 'User',
  role: 'AssumedRole',
  root: 'Account',
  other: undefined,
}

/** Source: IAM user guide, "AWS global condition context keys". */
function principalContext(
  subject: Omit<Subject, 'context'>,
  organization: Organization | undefined,
): Context {
  const { principal, kind, arn, account } = subject
  const keys = new Map<string, Knowledge>([
    ['aws:principalisawsservice', ['false']],
    ['aws:principalservicename', []],
    ['aws:principalservicenameslist', []],
    ['aws:currenttime', { absent: 'no', least: NOT_BEFORE }],
    ['aws:epochtime', { absent: 'no', least: NOT_BEFORE }],
    // Long-term keys and the root user bring none; whoever has a session does.
    ['aws:tokenissuetime', { absent: kind === 'role' ? 'no' : 'maybe', least: NOT_BEFORE }],
  ])
  const set = (key: string, value: string | undefined): void => {
    if (value !== undefined) keys.set(key, [value])
  }
  set('aws:principalarn', arn)
  set('aws:principalaccount', account)
  set('aws:principaltype', TYPES[kind])
  if (organization?.none) keys.set('aws:principalorgid', [])
  else set('aws:principalorgid', organization?.id)
  if (kind === 'user') {
    set('aws:userid', principal.id)
    set('aws:username', principal.name)
  } else if (kind === 'role') {
    keys.set('aws:userid', { absent: 'no', start: `${principal.id}:` })
    keys.set('aws:username', [])
    keys.set('aws:multifactorauthpresent', { absent: 'no' })
  } else if (kind === 'root') {
    set('aws:userid', account)
    keys.set('aws:username', [])
  }
  return withTags(keys, principal, kind)
}

const TAG = 'aws:principaltag/'
/** Tags of a session replace those of its role, where whoever assumes the role may set them. */
function withTags(
  keys: ReadonlyMap<string, Knowledge>,
  { tags, trusts }: Principal,
  kind: SubjectKind,
): Context {
  const isTaggable = kind === 'role' && letsTag(trusts)
  const known = new Map(Object.entries(tags ?? {}).map(([key, value]) => [key.toLowerCase(), value]))
  return (key) => {
    if (!key.startsWith(TAG)) return keys.get(key)
    if (!tags || kind === 'other') return undefined
    const value = known.get(key.slice(TAG.length))
    if (isTaggable) return value === undefined ? undefined : { absent: 'no' }
    return value === undefined ? [] : [value]
  }
}

/** Whether whoever is let in may set tags of the session. */
export const letsTag = (trusts: Principal['trusts']): boolean =>
  trusts.some(({ effect, actions }) => effect === 'allow' && actions.some((action) => mayTag(action)))

const mayTag = (action: string): boolean => /[*?]/.test(action) || action.toLowerCase() === 'sts:tagsession'

/** A part of an ARN that is told, and no pattern. */
export const named = (part: string | undefined): string | undefined =>
  part && !/[*?]/.test(part) ? part : undefined

/** Keys that tell of the resource. Source: as above, "Properties of the resource". */
export function resourceContext(
  text: string,
  region: string | undefined,
  home: { account: string | undefined; organization: Organization | undefined },
  tags: Readonly<Record<string, string>> | undefined,
  otherwise: Context,
): Context {
  const arn = arnOf(text)
  const given: Record<string, string | readonly string[]> = {}
  const account = named(arn?.account)
  if (account) given['aws:ResourceAccount'] = account
  if (account && account === home.account && home.organization?.id)
    given['aws:ResourceOrgID'] = home.organization.id
  if (region) given['aws:RequestedRegion'] = region
  const known = contextOf(given, otherwise)
  if (!tags) return known
  const byKey = new Map(Object.entries(tags).map(([key, value]) => [key.toLowerCase(), value]))
  return (key) => {
    const name = /^(?:aws|iam):resourcetag\/(.*)$/.exec(key)?.[1]
    if (name === undefined) return known(key)
    const value = byKey.get(name)
    return value === undefined ? [] : [value]
  }
}
