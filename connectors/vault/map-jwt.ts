// Whose tokens a role of a JWT or OIDC auth method accepts: the issuer of the method, and the subject the role demands.
import type { Fact } from '@/core/fact'
import { LINKS_MAX, type Link } from '@/core/join'
import type { Of } from '@/core/observation'
import { issuerName } from './clusters'
import type { Classified } from './login-roles'
import { permitted, trustOf } from './observed'
import type { JwtConfig, JwtRole } from './shapes'

const REASON_MAX = 1000
/** Longest subject that is kept whole, with room for the issuer. */
const SUBJECT_MAX = 1000

/** The issuer of a method. Where only keys are given, whoever holds them can issue: there is no name for that. */
export const issuerOf = ({ bound_issuer, oidc_discovery_url }: JwtConfig): string | undefined =>
  issuerName(bound_issuer || oidc_discovery_url || '') || undefined

export function jwtClass(role: Fact<JwtRole>): Classified {
  if (role.state !== 'known')
    return {
      class: 'unclear',
      classReason: 'Whether people or workloads sign in to it could not be seen.',
      classUnseen: true,
    }
  return role.value.role_type === 'oidc'
    ? { class: 'human', classReason: 'People sign in to it through a browser (role type oidc).' }
    : { class: 'machine', classReason: 'Workloads sign in to it with a token of their own platform.' }
}

type Subject = { text: string; match: Link['match'] }

/** A claim by its name, or by a path of one name. */
const isSubject = (claim: string): boolean => claim === 'sub' || claim === '/sub'

function subjectsOf(role: JwtRole): Subject[] | undefined {
  if (role.bound_subject) return [{ text: role.bound_subject, match: 'exact' }]
  const [, bound] = Object.entries(role.bound_claims ?? {}).find(([claim]) => isSubject(claim)) ?? []
  const glob = role.bound_claims_type === 'glob'
  return bound?.map((text) => ({ text, match: glob && text.includes('*') ? 'pattern' : 'exact' }))
}

const furtherClaims = (role: JwtRole): string => {
  const further = Object.entries(role.bound_claims ?? {}).filter(([claim]) => !isSubject(claim))
  return further.length
    ? ` Only with these claims: ${further.map(([claim, values]) => `${claim}=${values.join('|')}`).join(', ')}.`
    : ''
}

function subjectLinks(role: JwtRole, issuer: string): Link[] {
  const more = furtherClaims(role)
  const link = (subject: Subject, reason: string, sure = true): Link =>
    permitted({
      to: 'oidc.subject',
      match: subject.match,
      value: `${issuer}|${subject.text}`,
      ...(sure && { authority: `oidc:${issuer}` }),
      reason: `${reason}${more}`.slice(0, REASON_MAX),
    })
  const any: Subject = { text: '*', match: 'pattern' }
  const subjects = subjectsOf(role)
  if (!subjects) {
    const whose = more ? 'tokens' : 'every token'
    return [link(any, `The role accepts ${whose} of ${issuer}: it does not say of which subject.`)]
  }
  if (subjects.length > LINKS_MAX || subjects.some(({ text }) => text.length > SUBJECT_MAX))
    return [link(any, 'The role names more subjects than are told one by one.', false)]
  const hasRoom = subjects.length * 2 < LINKS_MAX
  return subjects.flatMap((subject) => {
    const how = subject.match === 'exact' ? 'with this subject' : 'whose subject fits this'
    const found = link(subject, `The role accepts tokens of ${issuer} ${how}.`)
    return [found, ...(hasRoom ? wholeDomain(subject, found.reason) : [])]
  })
}

/** Every workload of a SPIFFE trust domain: others know it as such without knowing its issuer. */
function wholeDomain({ text, match }: Subject, reason: string): Link[] {
  const domain = match === 'pattern' ? /^spiffe:\/\/([a-z0-9._-]+)\/\*$/.exec(text)?.[1] : undefined
  if (domain === undefined) return []
  return [permitted({ to: 'spiffe.id', match, value: text, authority: `spiffe:${domain}`, reason })]
}

export function jwtTrust(identity: string, role: JwtRole, config: JwtConfig): Of<'trust'> {
  const issuer = issuerOf(config)
  const relied: Link[] =
    issuer === undefined
      ? []
      : [
          {
            relation: 'permitted',
            means: 'relied-on',
            kind: 'issuer',
            to: 'oidc.issuer',
            match: 'exact',
            value: issuer,
            authority: `oidc:${issuer}`,
            reason: 'The role accepts whom this issuer vouches for.',
          },
        ]
  return trustOf({
    identity,
    tail: 'tokens',
    principalType: 'federated',
    principal: issuer ?? (config.jwks_url || 'whoever holds one of the keys of the method'),
    conditions: {
      bound_subject: role.bound_subject,
      bound_audiences: role.bound_audiences,
      bound_claims: role.bound_claims,
      bound_claims_type: role.bound_claims ? role.bound_claims_type : undefined,
      user_claim: role.user_claim,
      token_bound_cidrs: role.token_bound_cidrs,
    },
    links: [...relied, ...(issuer === undefined ? [] : subjectLinks(role, issuer))],
  })
}
