// How things of the account name each other and things of other sources: the keys others can call them by, and what their
// trust means. Names are compared as AWS compares them; what AWS decides by more than a name is said in the reason.
import { fitsPattern, LINKS_MAX, type Joins, type Key, type Link } from '@/core/join'
import { conditionsOn, namedBy, type Name } from './condition-names'
import type { Document } from './policy-document'

/** What a whole account is the one to know about. */
export const authorityOf = (account: string): string => `aws:${account}`

/** Clusters by their ARN: apart from providers, of which all are known although a region may refuse to tell its clusters. */
export const CLUSTER = 'aws.eks-cluster'

export const joins: Joins = {
  offers: [
    { type: 'aws.arn', kind: 'identity' },
    { type: 'aws.arn', kind: 'issuer' },
    { type: 'aws.unique-id', kind: 'identity' },
    { type: 'aws.role-name', kind: 'identity' },
    { type: 'aws.account', kind: 'identity' },
    { type: 'aws.access-key-id', kind: 'credential' },
    { type: CLUSTER, kind: 'issuer' },
  ],
  expects: [
    { type: 'aws.arn', kind: 'identity' },
    { type: 'aws.arn', kind: 'issuer' },
    { type: 'aws.unique-id', kind: 'identity' },
    { type: 'aws.role-name', kind: 'identity' },
    { type: 'aws.account', kind: 'identity' },
    { type: CLUSTER, kind: 'issuer' },
    { type: 'oidc.issuer', kind: 'issuer' },
    { type: 'oidc.subject', kind: 'identity' },
    { type: 'spiffe.id', kind: 'identity' },
  ],
}

const IAM_ARN = /^arn:aws[a-z-]*:iam::(\d{12}):(.+)$/
const SESSION_ARN = /^arn:aws[a-z-]*:sts::(\d{12}):assumed-role\/([^/]+)(?:\/|$)/
export const accountOf = (arn: string | undefined): string | undefined => IAM_ARN.exec(arn ?? '')?.[1]

/** Role names are unique in an account whatever their case, and sessions show them without their path. */
const roleName = (account: string, name: string): string => `${account}/${name.toLowerCase()}`

export const arnKey = (arn: string): Key => ({ type: 'aws.arn', value: arn })
export const userKeys = (arn: string, id?: string): Key[] => [
  arnKey(arn),
  ...(id === undefined ? [] : [{ type: 'aws.unique-id', value: id }]),
]
export function roleKeys(arn: string, id: string, name: string): Key[] {
  const account = accountOf(arn)
  const short = account === undefined ? [] : [{ type: 'aws.role-name', value: roleName(account, name) }]
  return [...userKeys(arn, id), ...short]
}
/** The root user stands for the account: a trust that names the account names its ARN. */
export const accountKey = (account: string): Key => ({ type: 'aws.account', value: account })

/** Of a provider of OpenID Connect, by the URL in its ARN. */
export const issuerLink = (url: string): Link => ({
  relation: 'declared',
  means: 'relied-on',
  kind: 'issuer',
  to: 'oidc.issuer',
  match: 'exact',
  value: url,
  authority: `oidc:${url}`,
  reason: 'It stands for this issuer in the account.',
})

type Trusted = { principalType: string; principal: string; actions: readonly string[]; conditions?: Document }

const ASSUMING = ['sts:assumerole', 'sts:assumerolewithwebidentity', 'sts:assumerolewithsaml']
const lets = ({ actions }: Trusted): boolean =>
  actions.some((action) => ASSUMING.some((one) => fitsPattern(action.toLowerCase(), one)))

/** Whom a statement that allows lets in. @param account of the role, where its ARN tells */
export function trustLinks(trusted: Trusted, account?: string): Link[] {
  if (!lets(trusted)) return []
  const links = linksOf(trusted, account)
  const unique = [...new Map(links.map((link) => [`${link.to} ${link.match} ${link.value}`, link])).values()]
  return unique.sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))
}

function linksOf(trusted: Trusted, account?: string): Link[] {
  const { principalType, principal } = trusted
  if (principalType === 'federated') return federatedLinks(trusted)
  if (principalType === 'identity') return principalLinks(principal)
  if (principalType === 'unresolvable') return deletedLinks(principal, account)
  if (principalType !== 'account' && principalType !== 'anyone') return []
  // The account, or anyone, and of those only whom a condition names.
  const { names, more } = namedBy(conditionsOn(trusted.conditions, 'aws:PrincipalArn'))
  if (names) return names.map((name) => narrowedLink(name, more, principal))
  return principalType === 'account' ? [accountLink(principal, more)] : []
}

const permitted = (link: Omit<Link, 'relation' | 'means'>): Link => ({
  relation: 'permitted',
  means: 'becomes-this',
  ...link,
})

const accountLink = (account: string, more: string): Link =>
  permitted({
    to: 'aws.account',
    match: 'exact',
    value: account,
    authority: authorityOf(account),
    reason: `Its trust policy leaves it to account ${account} who of it may assume this role.${more}`,
  })

function principalLinks(arn: string): Link[] {
  const session = SESSION_ARN.exec(arn)
  if (session?.[1] && session[2])
    return [
      permitted({
        to: 'aws.role-name',
        match: 'exact',
        value: roleName(session[1], session[2]),
        authority: authorityOf(session[1]),
        reason: 'Its trust policy names a session of this role.',
      }),
    ]
  const account = accountOf(arn)
  if (account === undefined) return []
  const link = permitted({
    to: 'aws.arn',
    match: 'exact',
    value: arn,
    authority: authorityOf(account),
    // AWS keeps the unique id: one that is made anew under the same name does not get in.
    bound: true,
    reason: 'Its trust policy names this principal.',
  })
  return [link]
}

/** Only of roles and users: other ids stand for things that nobody acts as. */
const deletedLinks = (id: string, account?: string): Link[] =>
  /^A(ROA|IDA)[A-Z0-9]+$/.test(id)
    ? [
        permitted({
          to: 'aws.unique-id',
          match: 'exact',
          value: id,
          ...(account !== undefined && { authority: authorityOf(account) }),
          bound: true,
          reason:
            'Its trust policy holds the bare id of a principal: AWS shows it so once the principal is deleted.',
        }),
      ]
    : []

function narrowedLink({ match, text, sure }: Name, more: string, principal: string): Link {
  const account = accountOf(text) ?? (/^\d{12}$/.test(principal) ? principal : undefined)
  return permitted({
    to: 'aws.arn',
    match,
    value: text,
    ...(sure && account !== undefined && { authority: authorityOf(account) }),
    reason: `Its trust policy lets in principals whose ARN ${match === 'exact' ? 'is this' : 'fits this'}.${more}`,
  })
}

function federatedLinks({ principal, conditions }: Trusted): Link[] {
  const account = accountOf(principal)
  const provider = permitted({
    kind: 'issuer',
    to: 'aws.arn',
    match: 'exact',
    value: principal,
    ...(account !== undefined && { authority: authorityOf(account) }),
    reason: 'Its trust policy accepts whom this provider vouches for.',
  })
  const relied = account === undefined ? [] : [{ ...provider, means: 'relied-on' as const }]
  const issuer = issuerOf(principal)
  return issuer === undefined ? relied : [...relied, ...subjectLinks(issuer, conditions)]
}

/** `…:oidc-provider/<url>`, or the name of one that AWS knows without a provider; undefined for SAML. */
function issuerOf(principal: string): string | undefined {
  const marker = ':oidc-provider/'
  if (principal.includes(marker)) return principal.slice(principal.indexOf(marker) + marker.length)
  return principal.startsWith('arn:') ? undefined : principal
}

/** Without a condition on the subject every token of the issuer is let in, whoever it was issued for. */
function subjectLinks(issuer: string, conditions: Document | undefined): Link[] {
  const { names, more } = namedBy(conditionsOn(conditions, `${issuer}:sub`))
  const others = hasMore(conditions, issuer) ? ' Further conditions apply.' : ''
  const subject = (link: Pick<Link, 'match' | 'value' | 'reason'>, sure: boolean): Link =>
    permitted({ to: 'oidc.subject', ...(sure && { authority: `oidc:${issuer}` }), ...link })
  const any = (reason: string, sure: boolean): Link[] => [
    subject({ match: 'pattern', value: `${issuer}|*`, reason: `${reason}${more}${others}` }, sure),
  ]
  if (!names) return any(`Its trust policy accepts every token of ${issuer}: no condition says whose.`, true)
  if (names.length >= LINKS_MAX)
    return any('Its trust policy names more subjects than are told one by one.', false)
  const hasRoom = names.length * 2 < LINKS_MAX
  return names.flatMap(({ match, text, sure }) => {
    const how = match === 'exact' ? 'with this subject' : 'whose subject fits this'
    const reason = `Its trust policy accepts tokens of ${issuer} ${how}.${more}${others}`
    return [
      subject({ match, value: `${issuer}|${text}`, reason }, sure),
      ...(hasRoom && match === 'pattern' ? wholeDomain(text, reason) : []),
    ]
  })
}

/** Every workload of a SPIFFE trust domain: others know it as such without knowing its issuer. */
function wholeDomain(text: string, reason: string): Link[] {
  const domain = /^spiffe:\/\/([a-z0-9._-]+)\/\*$/.exec(text)?.[1]
  if (domain === undefined) return []
  return [
    permitted({ to: 'spiffe.id', match: 'pattern', value: text, authority: `spiffe:${domain}`, reason }),
  ]
}

/** Whether there are conditions on anything but subject and audience. */
function hasMore(conditions: Document | undefined, issuer: string): boolean {
  const plain = new Set([`${issuer}:sub`, `${issuer}:aud`].map((name) => name.toLowerCase()))
  return Object.values(conditions ?? {}).some((demands) =>
    Object.keys(typeof demands === 'object' && demands !== null ? demands : {}).some(
      (name) => !plain.has(name.toLowerCase()),
    ),
  )
}
