// Federated credentials: whose tokens an application or a user-assigned identity accepts in place of a secret of its own.
import { absent, unknown, type Fact } from '@/core/fact'
import type { Link } from '@/core/join'
import type { Of } from '@/core/observation'
import { REMOVED } from '@/core/secret-like'
import {
  entraAuthority,
  issuerName,
  OBJECT_ID,
  OIDC_ISSUER,
  OIDC_SUBJECT,
  oidcAuthority,
  oidcSubject,
} from '../keys'

type Trust = Of<'trust'>
export type Federated = {
  /** Whose it is: the identity that can be become, and the object the credential hangs on. */
  identity: string
  object: string
  id: string
  name?: string | undefined
  issuer: string
  /** Either a subject … */
  subject?: string | undefined
  /** … or an expression that subjects and claims have to fit. */
  expression?: string | undefined
  audiences: readonly string[]
}

const REASON_MAX = 1000
const permitted = (link: Omit<Link, 'relation' | 'means'>): Link => ({
  relation: 'permitted',
  means: 'becomes-this',
  ...link,
  reason: link.reason.slice(0, REASON_MAX),
})

const GITHUB = 'token.actions.githubusercontent.com'
/** `repo:org/repo:…`, or with the numbers GitHub gives out once: `repo:org@1/repo@2:…`. */
const REPOSITORY = /^repo:([^/@:]+)(@\d+)?\/([^:@]+)(@\d+)?:/

/** What a person should know of how the subject is compared. */
function hintOn(issuer: string, subject: string): string {
  if (issuerName(issuer) !== GITHUB) return ''
  const [, , owner, , repository] = REPOSITORY.exec(subject) ?? []
  if (owner && repository) return ' It names the repository by its numbers, which are never given out again.'
  return ' It names the repository by its name: whoever takes over that name is let in, and a repository that signs with its numbers is not.'
}

/** Entra compares the issuer with that of the token as text. Joins leave a slash at its end out, so it is said here. */
const slash = (issuer: string): string =>
  issuer.endsWith('/') ? ' The issuer ends in a slash here: a token whose issuer does not is refused.' : ''

const ENTRA =
  /^https:\/\/(?:login\.microsoftonline\.(?:com|us)|login\.partner\.microsoftonline\.cn)\/([0-9a-f-]{36})\/v2\.0\/?$/i
const AWS_ARN = /^arn:aws[a-z-]*:iam::(\d{12}):/
const SPIFFE = /^spiffe:\/\/([^/]+)\//

/** Subjects that are names of another system: nobody goes by issuer and subject there. */
function namedElsewhere(issuer: string, subject: string): Link | undefined {
  const tenant = ENTRA.exec(issuer)?.[1]
  if (tenant !== undefined)
    return permitted({
      to: OBJECT_ID,
      match: 'exact',
      value: subject.toLowerCase(),
      authority: entraAuthority(tenant),
      reason: 'It accepts tokens of this managed identity, by its object id.',
    })
  const account = AWS_ARN.exec(subject)?.[1]
  if (account === undefined) return undefined
  return permitted({
    to: 'aws.arn',
    match: 'exact',
    value: subject,
    authority: `aws:${account}`,
    reason: `It accepts tokens that AWS issues to this principal through ${issuerName(issuer)}.${slash(issuer)}`,
  })
}

function spiffeLinks(issuer: string, subject: string): Link[] {
  const domain = SPIFFE.exec(subject)?.[1]
  if (domain === undefined) return []
  return [
    permitted({
      to: 'spiffe.id',
      match: 'exact',
      value: subject,
      authority: `spiffe:${domain}`,
      reason: `It accepts tokens with this SPIFFE ID from ${issuerName(issuer)}.${slash(issuer)}`,
    }),
  ]
}

const relied = (issuer: string): Link => ({
  relation: 'permitted',
  means: 'relied-on',
  kind: 'issuer',
  to: OIDC_ISSUER,
  match: 'exact',
  value: issuerName(issuer),
  authority: oidcAuthority(issuer),
  reason: 'A federated credential accepts whom this issuer vouches for.',
})

function subjectLinks({ issuer, subject, expression }: Federated): Link[] {
  if (subject === undefined)
    return [
      // Claims beside the subject may narrow it down: who fits cannot be told from here, so nothing is said to be missing.
      permitted({
        to: OIDC_SUBJECT,
        match: 'pattern',
        value: `${issuerName(issuer)}|*`,
        reason: `It accepts tokens of ${issuerName(issuer)} that fit an expression: ${expression ?? 'not told'}.${slash(issuer)}`,
      }),
    ]
  if (subject === REMOVED) return []
  const elsewhere = namedElsewhere(issuer, subject)
  if (elsewhere) return [elsewhere]
  return [
    permitted({
      to: OIDC_SUBJECT,
      match: 'exact',
      value: oidcSubject(issuer, subject),
      authority: oidcAuthority(issuer),
      reason: `It accepts tokens of ${issuerName(issuer)} with this subject.${hintOn(issuer, subject)}${slash(issuer)}`,
    }),
    ...spiffeLinks(issuer, subject),
  ]
}

export function federatedTrust(one: Federated): Trust {
  const { identity, object, id, name, issuer, subject, expression, audiences } = one
  return {
    kind: 'trust',
    nativeId: `${object}/federated/${id}`,
    identity,
    principalType: 'federated',
    principal: oidcSubject(issuer, subject ?? '*'),
    effect: 'allow',
    actions: ['sign in'],
    conditions: {
      issuer,
      ...(subject === undefined ? {} : { subject }),
      ...(expression === undefined ? {} : { claimsMatchingExpression: expression }),
      audiences: [...audiences].sort(),
      ...(name === undefined ? {} : { name }),
    },
    links: [relied(issuer), ...subjectLinks(one)],
  }
}

/**
 * An issuer that applications of the tenant trust. There is no object for it: it is named by each credential.
 * @param audiences of all of them, or why not all are known
 */
export const trustedIssuer = (issuer: string, audiences: Fact<string[]>): Of<'issuer'> => ({
  kind: 'issuer',
  nativeId: `application-issuer/${issuer}`,
  aliases: [],
  links: [{ ...relied(issuer), relation: 'declared', reason: 'It stands for this issuer in the tenant.' }],
  type: 'azure.trusted-issuer',
  name: issuer,
  audiences,
  createdAt: unknown('not-offered', audiences.source, 'federated credentials have no date'),
  expiresAt: absent(audiences.source, 'trust in an issuer does not end by itself'),
})
