// Whom a member of a workload identity pool is outside Google Cloud: the providers of the pool say which issuer or account
// vouches for it, and how its names come about. What they do not tell is said in the reason, and never guessed.
import type { Link } from '@/core/join'
import { isRead, type Pools } from './pools'
import type { Member } from './members'
import type { Provider } from './shapes'

type Named = Pick<Link, 'to' | 'match' | 'value' | 'authority' | 'reason'>
type InPool = Extract<Member, { kind: 'pool' }>
export type Linked = { links: Link[]; unseen: boolean }

const becomes = (named: Named): Link => ({ relation: 'permitted', means: 'becomes-this', ...named })
export const withoutScheme = (issuer: string): string => issuer.replace(/^https:\/\//, '')

/** Pools of clusters: one for each project, whichever of its clusters the service account is in. */
const CLUSTER_POOL = /\.svc\.id\.goog$/
export const clusterAccountLink = (name: string, pool: string): Link =>
  becomes({
    to: 'gcp.workload-identity',
    match: 'exact',
    value: name,
    authority: `gke:${pool}`,
    reason: 'It is this service account in any cluster of the project.',
  })

/** `<pool>[<namespace>/<name>]`, where the member is one service account of a cluster. */
export function clusterAccountOf({ pool, rest }: Pick<InPool, 'pool' | 'rest'>): string | undefined {
  const one = CLUSTER_POOL.test(pool) ? /^subject\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(rest) : null
  return one ? `${pool}[${one[1]}/${one[2]}]` : undefined
}

function clusterLinks(pool: string, rest: string): Link[] {
  const one = clusterAccountOf({ pool, rest })
  if (one !== undefined) return [clusterAccountLink(one, pool)]
  const uid = /^kubernetes\.serviceaccount\.uid\/(.+)$/.exec(rest)?.[1]
  if (uid !== undefined)
    return [
      becomes({
        to: 'kubernetes.uid',
        match: 'exact',
        value: uid,
        reason: 'It is the service account with this uid.',
      }),
    ]
  const namespace = /^namespace\/([^/]+)$/.exec(rest)?.[1]
  if (namespace !== undefined)
    return [
      becomes({
        to: 'gcp.workload-identity',
        match: 'pattern',
        value: `${pool}[${namespace}/*]`,
        authority: `gke:${pool}`,
        reason: 'It is every service account of this namespace, in any cluster of the project.',
      }),
    ]
  const cluster = /^kubernetes\.cluster\/https:\/\/(.+)$/.exec(rest)?.[1]
  if (cluster !== undefined)
    return [
      becomes({
        to: 'oidc.subject',
        match: 'pattern',
        value: `${cluster}|system:serviceaccount:*`,
        authority: `oidc:${cluster}`,
        reason: 'It is every service account of this cluster.',
      }),
    ]
  if (rest !== '*') return []
  return [
    becomes({
      to: 'gcp.workload-identity',
      match: 'pattern',
      value: `${pool}[*]`,
      authority: `gke:${pool}`,
      reason: 'It is every service account of every cluster of the project.',
    }),
  ]
}

/** `google.subject` is asked of mappings as `subject`, others by their own name. */
const attributeOf = (rest: string): { name: string; value: string } | undefined => {
  const [, name, value] = /^(subject|group|attribute\.[\w-]+)\/(.+)$/s.exec(rest) ?? []
  if (name === undefined || value === undefined) return undefined
  return { name: name === 'subject' ? 'google.subject' : name === 'group' ? 'google.groups' : name, value }
}
/** `*` and `?` have a meaning in patterns: a value that holds them is not made into one. */
const isPlain = (value: string): boolean => !/[*?]/.test(value)

function conditionWords({ attributeCondition, disabled }: Provider): string {
  const off = disabled ? ' The provider is disabled: nobody new comes in.' : ''
  if (attributeCondition === '') return `${off} The provider sets no condition.`
  return attributeCondition.length <= 400
    ? `${off} The provider asks: ${attributeCondition}`
    : `${off} The provider asks for more by a long condition.`
}

const GITHUB = 'token.actions.githubusercontent.com'
/** Subjects of GitHub name the repository by its name, or by name and number. */
function repositoryLinks(provider: Provider, issuer: string, claim: string, value: string): Link[] {
  const reason = `Its pool takes tokens of ${issuer} whose ${claim} is this.${conditionWords(provider)}`
  const [owner = '', repository] = claim === 'repository' ? value.split('/') : [value]
  const forms =
    repository === undefined
      ? [`repo:${owner}/*`, `repo:${owner}@*/*`]
      : [`repo:${owner}/${repository}:*`, `repo:${owner}@*/${repository}@*:*`]
  return forms.map((form) =>
    becomes({
      to: 'oidc.subject',
      match: 'pattern',
      value: `${issuer}|${form}`,
      authority: `oidc:${issuer}`,
      reason,
    }),
  )
}

function oidcLinks(provider: Provider, uri: string, rest: string): Link[] {
  const issuer = withoutScheme(uri)
  const asked = attributeOf(rest)
  const from = asked && provider.attributeMapping[asked.name]
  const words = conditionWords(provider)
  const any = (reason: string): Link[] => [
    becomes({ to: 'oidc.subject', match: 'pattern', value: `${issuer}|*`, reason: `${reason}${words}` }),
  ]
  if (rest === '*') return any(`Its pool takes every token of ${issuer} that the provider accepts.`)
  if (!asked) return []
  // Without the mapping the provider gives nobody that name.
  if (from === undefined) return []
  if (from === 'assertion.sub')
    return [
      becomes({
        to: 'oidc.subject',
        match: 'exact',
        value: `${issuer}|${asked.value}`,
        authority: `oidc:${issuer}`,
        reason: `Its pool takes tokens of ${issuer} with this subject.${words}`,
      }),
      ...objectLinks(uri, asked.value),
    ]
  const claim = /^assertion\.(repository|repository_owner)$/.exec(from)?.[1]
  if (issuer === GITHUB && claim !== undefined && isPlain(asked.value))
    return repositoryLinks(provider, issuer, claim, asked.value)
  return any(
    `Its pool takes tokens of ${issuer} for which ${asked.name} comes out as ${asked.value.slice(0, 200)}: the subject alone does not tell which.`,
  )
}

/** Tokens of Entra name an identity by its object id. */
const objectLinks = (uri: string, subject: string): Link[] =>
  /^https:\/\/(sts\.windows\.net|login\.microsoftonline\.com)\//.test(uri)
    ? [
        becomes({
          to: 'azure.object-id',
          match: 'exact',
          value: subject.toLowerCase(),
          reason: 'Its pool takes tokens of this tenant with this object id as the subject.',
        }),
      ]
    : []

const SESSION = /^arn:aws[a-z-]*:sts::(\d{12}):assumed-role\/([^/]+)(?:\/|$)/
const USER = /^arn:aws[a-z-]*:iam::(\d{12}):/
function awsLinks(provider: Provider, account: string, rest: string): Link[] {
  const words = conditionWords(provider)
  const value = attributeOf(rest)?.value ?? ''
  const session = SESSION.exec(value)
  if (session?.[1] === account)
    return [
      becomes({
        to: 'aws.role-name',
        match: 'exact',
        value: `${account}/${(session[2] ?? '').toLowerCase()}`,
        authority: `aws:${account}`,
        reason: `Its pool takes sessions of this role.${words}`,
      }),
    ]
  if (USER.exec(value)?.[1] === account)
    return [
      becomes({
        to: 'aws.arn',
        match: 'exact',
        value,
        authority: `aws:${account}`,
        reason: `Its pool takes this principal.${words}`,
      }),
    ]
  return [
    becomes({
      to: 'aws.account',
      match: 'exact',
      value: account,
      authority: `aws:${account}`,
      reason: `Its pool takes principals of account ${account}; which of them, the name ${value.slice(0, 200) || '*'} says.${words}`,
    }),
  ]
}

function spiffeLinks({ pool, project, rest }: InPool, mode: string): Link[] {
  const own = /^subject\/(ns\/[^/]+\/sa\/[^/]+)$/.exec(rest)?.[1]
  const given = /^subject\/(spiffe:\/\/.+)$/.exec(rest)?.[1]
  const id =
    given ??
    (mode === 'TRUST_DOMAIN' && own
      ? `spiffe://${pool}.global.${project}.workload.id.goog/${own}`
      : undefined)
  return id === undefined
    ? []
    : [
        becomes({
          to: 'spiffe.id',
          match: 'exact',
          value: id,
          reason: 'It is the workload with this SPIFFE ID.',
        }),
      ]
}

/** Whom outside the member is. `unseen`: it may be more, the pool could not be read. */
export function poolLinks(member: InPool, pools: Pools): Linked {
  if (CLUSTER_POOL.test(member.pool)) return { links: clusterLinks(member.pool, member.rest), unseen: false }
  const pool = pools.find(member.project, member.pool)
  if (!isRead(pool)) return { links: spiffeLinks(member, ''), unseen: pool !== undefined }
  const links = pool.providers.flatMap((provider) => [
    ...(provider.oidc ? oidcLinks(provider, provider.oidc.issuerUri, member.rest) : []),
    ...(provider.aws ? awsLinks(provider, provider.aws.accountId, member.rest) : []),
  ])
  const all = [...links, ...spiffeLinks(member, pool.mode ?? '')]
  const unique = new Map(all.map((link) => [`${link.to} ${link.match} ${link.value}`, link]))
  return { links: [...unique.values()].sort((a, b) => (a.value < b.value ? -1 : 1)), unseen: false }
}

/** What a provider itself relies on. */
export function providerLinks({ oidc, aws }: Provider): Link[] {
  if (oidc) {
    const issuer = withoutScheme(oidc.issuerUri)
    return [
      {
        relation: 'declared',
        means: 'relied-on',
        kind: 'issuer',
        to: 'oidc.issuer',
        match: 'exact',
        value: issuer,
        authority: `oidc:${issuer}`,
        reason: 'The provider accepts whom this issuer vouches for.',
      },
    ]
  }
  if (!aws) return []
  return [
    {
      relation: 'declared',
      means: 'relied-on',
      to: 'aws.account',
      match: 'exact',
      value: aws.accountId,
      authority: `aws:${aws.accountId}`,
      reason: 'The provider accepts principals of this account.',
    },
  ]
}
