// Policies as entitlements, and what of the stored secrets and issued credentials their paths reach.
import type { Fact } from '@/core/fact'
import { LINKS_MAX, type Link } from '@/core/join'
import type { Of } from '@/core/observation'
import { issuingPath, secretPath } from './names'
import { keepsVersions, type Look, type Mount } from './look'
import { ownAuthority } from './connection'
import type { PathRule, PolicyDocument } from './policy-document'

const LANGUAGE = 'vault'
const PROVIDER = new Set(['root', 'default'])

/** Engines that hand out credentials, by the word in the path at which they do. */
const ISSUING: Readonly<Record<string, readonly string[]>> = {
  database: ['creds', 'static-creds'],
  aws: ['creds', 'sts'],
  pki: ['issue', 'sign'],
  ssh: ['creds', 'sign', 'issue'],
  kubernetes: ['creds'],
}
const USING = new Set(['read', 'create', 'update', 'root'])
const TEMPLATE = /\{\{[^}]*\}\}/g

type Reach = { value: string; match: Link['match']; sure: boolean }
/** A path as a pattern: `+` is one part, `*` at the end is anything, a template is whoever asks. */
function patternOf(path: string): Reach {
  const value = path.replace(TEMPLATE, '*').replace(/(^|\/)\+(?=\/|$)/g, '$1*')
  return { value, match: value.includes('*') ? 'pattern' : 'exact', sure: !TEMPLATE.test(path) }
}

/**
 * What remains of a rule's path below a place, or undefined where the rule does not reach it. `kv/data/a/*` leaves `a/*`
 * below `kv/data`; `kv/*` and `*` leave `*`.
 */
export function below(path: string, place: string): string | undefined {
  const wanted = place.split('/')
  const parts = path.split('/')
  for (const [at, part] of wanted.entries()) {
    const given = parts[at]
    if (given === undefined) return undefined
    const isLast = at === parts.length - 1
    if (isLast && given.endsWith('*')) return part.startsWith(given.slice(0, -1)) ? '*' : undefined
    if (given !== '+' && given !== part) return undefined
  }
  const rest = parts.slice(wanted.length).join('/')
  return rest === '' ? undefined : rest
}

type Target = Pick<Link, 'kind' | 'to'> & { authority: string; name: (path: string) => string }
const reached = (path: string, target: Target, reason: string): Link => {
  const { value, match, sure } = patternOf(path)
  return {
    relation: 'permitted',
    means: 'relied-on',
    ...(target.kind && { kind: target.kind }),
    to: target.to,
    match,
    value: target.name(value),
    ...(sure && { authority: target.authority }),
    reason,
  }
}

function secretLinks(look: Look, rule: PathRule, mounts: readonly Mount[]): Link[] {
  if (!rule.capabilities.some((one) => one === 'read' || one === 'root')) return []
  const { host } = look.connection
  const target = { kind: 'secret' as const, to: 'vault.path', authority: `vault:${host}` }
  return mounts.filter(keepsVersions).flatMap((mount) => {
    const rest = below(rule.path, `${mount.path}/data`)
    if (rest === undefined) return []
    const name = (path: string): string => secretPath(host, look.ns, mount.path, path)
    return [reached(rest, { ...target, name }, `The policy lets read ${rule.path}.`)]
  })
}

function issuingLinks(look: Look, rule: PathRule, mounts: readonly Mount[]): Link[] {
  if (!rule.capabilities.some((one) => USING.has(one))) return []
  const authority = ownAuthority(look.scope)
  return mounts.flatMap((mount) =>
    (ISSUING[mount.type] ?? []).flatMap((word) => {
      const rest = below(rule.path, `${mount.path}/${word}`)
      if (rest === undefined) return []
      const target = {
        kind: word === 'static-creds' ? ('credential' as const) : ('issuer' as const),
        to: 'vault.issuing-path',
        authority,
        name: (path: string) => issuingPath(look.scope.nativeId, `${mount.path}/${word}/${path}`),
      }
      return [reached(rest, target, `The policy lets have credentials from ${rule.path}.`)]
    }),
  )
}

const MORE = 'The policy reaches more paths than are told one by one.'

/** Rules that deny are for the one who judges the policy as a whole: here is only what some rule allows. */
export function policyLinks(look: Look, { paths }: PolicyDocument, mounts: readonly Mount[]): Link[] {
  const all = paths
    .filter(({ capabilities }) => !capabilities.includes('deny'))
    .flatMap((rule) => [...secretLinks(look, rule, mounts), ...issuingLinks(look, rule, mounts)])
  const unique = [...new Map(all.map((link) => [`${link.kind} ${link.match} ${link.value}`, link])).values()]
  if (unique.length > LINKS_MAX) return wide(look)
  return unique.sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))
}

const wide = ({ connection, ns, scope }: Look): Link[] => {
  const link = { relation: 'permitted', means: 'relied-on', match: 'pattern', reason: MORE } as const
  const issued = { to: 'vault.issuing-path', value: issuingPath(scope.nativeId, '*') } as const
  return [
    { ...link, kind: 'secret', to: 'vault.path', value: secretPath(connection.host, ns, '*', '*') },
    { ...link, kind: 'issuer', ...issued },
    { ...link, kind: 'credential', ...issued },
  ]
}

type PolicyRow = { look: Look; name: string; document: Fact<PolicyDocument>; mounts: readonly Mount[] }
export function policyEntitlement({ look, name, document, mounts }: PolicyRow): Of<'entitlement'> {
  const links = document.state === 'known' ? policyLinks(look, document.value, mounts) : []
  return {
    kind: 'entitlement',
    nativeId: name,
    aliases: [`sys/policies/acl/${name}`],
    type: 'vault.policy',
    name,
    language: LANGUAGE,
    managedBy: PROVIDER.has(name) ? 'provider' : 'customer',
    document,
    ...(links.length && { links }),
  }
}
