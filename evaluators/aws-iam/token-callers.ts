// Callers that are no principals of AWS: its services, and bearers of tokens that somebody else signed.
import type { Caller, Principal } from '@/core/access'
import { all, any, depends, no, not, yes, type Answer } from '../three-valued'
import { arnOf } from './arn'
import { applies } from './applies'
import { contextOf, UNKNOWN } from './context-keys'
import { oneName } from './match'
import type { Entry } from './admits'
import { POD_IDENTITY, type TrustRow } from './trust'

const TO_ANYONE = depends(
  'Whether a trust in anyone means a caller that is no principal of AWS is not documented.',
)

const bare = (service: string): string => service.toLowerCase().replace(/\.cn$/, '')

export function letsServiceIn(name: string): Entry {
  const context = contextOf(
    { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': name },
    UNKNOWN,
  )
  return {
    action: 'sts:AssumeRole',
    context,
    means: ({ statement: { principals } }) => {
      if (!principals) return TO_ANYONE
      const isNamed = principals.named.some(
        ({ type, value }) => type === 'service' && bare(value) === bare(name),
      )
      if (principals.except) return isNamed ? no() : TO_ANYONE
      if (isNamed) return yes()
      return principals.named.some(({ type }) => type === 'anyone') ? TO_ANYONE : no()
    },
  }
}

type Token = Extract<Caller, { kind: 'token' }>
/** As IAM names issuers: without the scheme; hosts have no case. */
export function issuerName(issuer: string): string {
  const [host = '', ...path] = issuer
    .replace(/^https:\/\//i, '')
    .replace(/\/+$/, '')
    .split('/')
  return [host.toLowerCase(), ...path].join('/')
}
const SAML = /^arn:aws[a-z-]*:iam::\d{12}:saml-provider\//

/** By OpenID Connect, by SAML where the issuer is the ARN of a provider, or as a pod that EKS gives a role to. */
export function letsTokenIn(token: Token, target: Principal, rows: readonly TrustRow[]): Entry | Answer {
  if (SAML.test(token.issuer)) return bySaml(token)
  const pods = rows.filter(({ pod }) => pod)
  const issuer = issuerName(token.issuer)
  const asPod = any(pods.map((row) => podAnswer(row, rows, token)))
  if (asPod.value !== 'no') return asPod
  return {
    action: 'sts:AssumeRoleWithWebIdentity',
    context: claimsContext(issuer, token.claims),
    means: ({ statement: { principals }, pod }) => {
      if (pod) return no()
      if (!principals) return TO_ANYONE
      const isNamed = principals.named.some(
        ({ type, value }) => type === 'federated' && providerOf(value) === issuer,
      )
      if (principals.except) return isNamed ? no() : TO_ANYONE
      if (isNamed) return yes()
      return principals.named.some(({ type }) => type === 'anyone') ? TO_ANYONE : no()
    },
  }
}

/** `arn:aws:iam::123456789012:oidc-provider/host/path`, or the bare name of an issuer that AWS knows by itself. */
const providerOf = (principal: string): string =>
  issuerName(principal.replace(/^arn:aws[a-z-]*:iam::\d{12}:oidc-provider\//, ''))

function claimsContext(issuer: string, claims: Token['claims']) {
  const keys = Object.fromEntries(
    Object.entries(claims).map(([claim, value]) => [`${issuer}:${claim}`, value]),
  )
  // AWS: for Google, `aud` is the claim `azp` where a token has one, and `oaud` its audience.
  if (issuer === 'accounts.google.com') {
    const { azp, aud } = claims
    if (azp === undefined) delete keys[`${issuer}:aud`]
    else if (azp.length) keys[`${issuer}:aud`] = azp
    if (aud !== undefined) keys[`${issuer}:oaud`] = aud
  }
  return contextOf({ ...keys, 'aws:PrincipalIsAWSService': 'false' }, UNKNOWN)
}

function bySaml({ issuer, claims }: Token): Entry {
  const keys = Object.fromEntries(Object.entries(claims).map(([claim, value]) => [`saml:${claim}`, value]))
  return {
    action: 'sts:AssumeRoleWithSAML',
    context: contextOf({ ...keys, 'aws:PrincipalIsAWSService': 'false' }, UNKNOWN),
    means: ({ statement: { principals } }) => {
      const isNamed = principals?.named.some(({ type, value }) => type === 'federated' && value === issuer)
      if (!principals || principals.except) return isNamed ? no() : TO_ANYONE
      if (isNamed) return yes()
      return principals.named.some(({ type }) => type === 'anyone') ? TO_ANYONE : no()
    },
  }
}

const CLUSTER = 'Whether the issuer of the token is the one of that cluster is not told by the trust.'
const first = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : value?.[0]

/**
 * One association of a service account with the role. EKS assumes the role for it, with tags that name cluster, namespace
 * and service account; the trust has to let `pods.eks.amazonaws.com` in under its conditions.
 */
function podAnswer({ row }: TrustRow, rows: readonly TrustRow[], { issuer, claims }: Token): Answer {
  const [, cluster = '', subject = ''] = POD_IDENTITY.exec(row.principal) ?? []
  const sub = claims.sub === undefined ? undefined : (first(claims.sub) ?? '')
  if (sub !== undefined && sub !== subject) return no()
  const [, , namespace = '', account = ''] = subject.split(':')
  const words = `An EKS Pod Identity association of ${cluster} gives it to ${subject}.`
  const context = contextOf(
    {
      'aws:PrincipalIsAWSService': 'true',
      'aws:RequestTag/kubernetes-namespace': namespace,
      'aws:RequestTag/kubernetes-service-account': account,
      'aws:RequestTag/eks-cluster-arn': cluster,
      'aws:RequestTag/eks-cluster-name': arnOf(cluster)?.resource.replace(/^cluster\//, '') ?? '',
      'aws:SourceArn': cluster,
      'aws:SourceAccount': arnOf(cluster)?.account ?? '',
    },
    UNKNOWN,
  )
  const asking = { action: oneName('sts:assumerole'), resource: oneName('*'), context }
  const services = rows.filter(({ statement }) =>
    statement.principals?.named.some(({ type, value }) => type === 'service' && /^pods\.eks\./.test(value)),
  )
  const apply = (effect: 'Allow' | 'Deny') =>
    any(
      services.flatMap(({ statement }) => (statement.effect === effect ? [applies(statement, asking)] : [])),
    )
  const denied = apply('Deny')
  if (denied.value === 'yes') return no(words, ...denied.because)
  const letIn = all([apply('Allow'), not(denied)])
  if (letIn.value === 'no')
    return no(`${words} The trust of the role does not let EKS in for it.`, ...letIn.because)
  if (sub === undefined) return depends(words, 'Which service account the token is for is not known here.')
  if (issuer !== cluster) return depends(words, CLUSTER)
  return letIn.value === 'yes' ? yes(words, ...letIn.because) : depends(words, ...letIn.because)
}
