// What issues something: auth methods issue tokens, roles of engines issue credentials of other systems.
import { absent, unknown } from '@/core/fact'
import type { Key, Link } from '@/core/join'
import type { Of } from '@/core/observation'
import type { CallName } from './calls'
import { accountName, remedyFor, type Cluster } from './clusters'
import { issuingPath } from './names'
import type { Look, Mount } from './look'
import { matchOf, NO_DATE } from './observed'
import type { KubernetesEngineRole } from './shapes-engines'
import { inWords } from './values'

type IssuerRow = {
  id: string
  path: string
  name: string
  type: string
  source: CallName
  keys?: Key[]
  links?: Link[]
}
export const issuerRow = ({ id, path, name, type, source, keys, links }: IssuerRow): Of<'issuer'> => ({
  kind: 'issuer',
  nativeId: id,
  aliases: [path],
  ...(keys?.length && { keys }),
  ...(links?.length && { links }),
  type,
  name,
  audiences: absent(source, 'it is not limited to audiences'),
  createdAt: unknown('not-offered', source, NO_DATE),
  expiresAt: absent(source, 'it has no end date'),
})

/** How long what it issues lives, as far as the role and its mount say. */
export function lifeInWords(life: { standard?: number | null; most?: number | null }, mount: Mount): string {
  const standard = life.standard || mount.defaultTtl
  const most = life.most || mount.maxTtl
  if (standard && most && standard !== most) return `${inWords(standard)}, at most ${inWords(most)}`
  if (standard) return inWords(standard)
  return most ? `at most ${inWords(most)}` : 'as long as the server lets it live'
}

type RoleRow = {
  look: Look
  mount: Mount
  name: string
  type: string
  source: CallName
  /** The words in the path at which it hands out. */
  words: readonly string[]
  life: string
  links?: Link[]
}
export const roleIssuer = ({ look, mount, name, type, source, words, life, links }: RoleRow): Of<'issuer'> =>
  issuerRow({
    id: `${mount.accessor}/roles/${name}`,
    path: `${mount.path}/roles/${name}`,
    // The schema of issuers has no place for lifetimes.
    name: `${mount.path}/${name} (${life})`,
    type,
    source,
    keys: words.map((word) => ({
      type: 'vault.issuing-path',
      value: issuingPath(look.scope.nativeId, `${mount.path}/${word}/${name}`),
    })),
    ...(links && { links }),
  })

const ACCOUNT = /^arn:aws[a-z-]*:iam::(\d{12}):/
const acts = (link: Omit<Link, 'relation' | 'means'>): Link => ({
  relation: 'declared',
  means: 'this-becomes',
  ...link,
})

/** The AWS roles that credentials of a role act as. */
export const awsRoleLinks = (arns: readonly string[]): Link[] =>
  arns.map((arn) => {
    const account = ACCOUNT.exec(arn)?.[1]
    return acts({
      to: 'aws.arn',
      match: 'exact',
      value: arn,
      ...(account !== undefined && { authority: `aws:${account}` }),
      reason: 'Credentials that it issues act as this role.',
    })
  })

export const accessKeyLink = (accessKeyId: string): Link => ({
  relation: 'declared',
  means: 'relied-on',
  kind: 'credential',
  to: 'aws.access-key-id',
  match: 'exact',
  value: accessKeyId,
  reason: 'The engine acts in AWS by this access key.',
})

/** The service account that tokens of a role act as, in each namespace the role may be used for. */
export function serviceAccountLinks(role: KubernetesEngineRole, cluster: Cluster): Link[] {
  const { service_account_name: account, allowed_kubernetes_namespace_selector: selector } = role
  if (!account) return []
  const namespaces = selector === '' ? role.allowed_kubernetes_namespaces : ['*']
  return namespaces.map((namespace) => {
    const { authority, ...named } = accountName(cluster, namespace, account)
    return acts({
      ...named,
      match: matchOf(namespace),
      ...(selector === '' && authority !== undefined && { authority }),
      reason: `Tokens that it issues act as this service account.${remedyFor(cluster)}`,
    })
  })
}
