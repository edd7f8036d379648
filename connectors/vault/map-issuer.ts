// What issues something: auth methods issue tokens, roles of engines issue credentials of other systems.
import { absent, known, unknown, type Fact } from '@/core/fact'
import type { Key, Link } from '@/core/join'
import type { Of } from '@/core/observation'
import type { CallName } from './calls'
import { accountName, remedyFor, type Cluster } from './clusters'
import { issuingPath } from './names'
import type { Look, Mount } from './look'
import { matchOf, NO_DATE } from './observed'
import type { KubernetesEngineRole } from './shapes-engines'

type IssuerRow = {
  id: string
  path: string
  name: string
  type: string
  source: CallName
  keys?: Key[]
  links?: Link[]
  life?: Life
}
export const issuerRow = ({ id, path, name, type, source, keys, links, life }: IssuerRow): Of<'issuer'> => ({
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
  ...(life && {
    defaultTtlSeconds: secondsOf(life.standard, source),
    maxTtlSeconds: secondsOf(life.most, source),
  }),
})

/** How long what it issues lives, in seconds. */
export type Life = { standard?: number | null | undefined; most?: number | null | undefined }
const secondsOf = (seconds: number | null | undefined, source: CallName): Fact<number> =>
  seconds
    ? known(Math.max(1, Math.ceil(seconds)), source)
    : unknown('not-offered', source, 'a setting of the server, 32 days unless changed')
/** Of a role, as far as it says; else that of its mount. */
export const lifeOf = (life: Life, mount: Mount): Life => ({
  standard: life.standard || mount.defaultTtl,
  most: life.most || mount.maxTtl,
})

type RoleRow = {
  look: Look
  mount: Mount
  name: string
  type: string
  source: CallName
  /** The words in the path at which it hands out. */
  words: readonly string[]
  life: Life
  /** What sort of credential, where the engine has several. */
  sort?: string
  links?: Link[]
}
export const roleIssuer = ({
  look,
  mount,
  name,
  type,
  source,
  words,
  life,
  sort,
  links,
}: RoleRow): Of<'issuer'> =>
  issuerRow({
    id: `${mount.accessor}/roles/${name}`,
    path: `${mount.path}/roles/${name}`,
    name: `${mount.path}/${name}${sort === undefined ? '' : ` (${sort})`}`,
    life: lifeOf(life, mount),
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
