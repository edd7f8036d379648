// Whether a role of a JWT or OIDC method takes a token. Read in `builtin/credential/jwt` of OpenBao (claims.go, path_login.go);
// the plugin of Vault has the same origin.
import type { Principal, TrustStatement } from '@/core/access'
import { REMOVED } from '@/core/secret-like'
import { all, any, depends, no, yes, type Answer } from '../three-valued'
import { bareIssuer, claimOf, subjectsOf, textsOf, type Named, type Token } from './callers'
import { fitsGlob } from './glob'

const UNNAMED = 'Whose tokens the method takes is told by keys, not by an issuer.'
/** Who has a token made there says for which audience. Source: docs.github.com, OpenID Connect; kubernetes.io, service accounts. */
const CHOOSES_AUDIENCE = /^(token\.actions\.githubusercontent\.com$|gitlab\.com$)/

export function takesToken(role: Principal, trust: TrustStatement, token: Token): Answer {
  if (role.tags?.['role_type'] === 'oidc')
    return all([
      issuedBy(trust, bareIssuer(token.issuer)),
      depends('People sign in to it through a browser: what the issuer then says is not known here.'),
    ])
  const conditions = trust.conditions ?? {}
  const asked = (claim: string) => claimOf(token, claim.startsWith('/') ? claim.slice(1) : claim)
  return all([
    issuedBy(trust, bareIssuer(token.issuer)),
    ...bounds(conditions, asked),
    audience(conditions, asked('aud')),
  ])
}

/** A principal by its subjects: what else its tokens say is not known. */
export function takesNamed(role: Principal, trust: TrustStatement, caller: Named): Answer {
  const conditions = trust.conditions ?? {}
  const subjects = subjectsOf(caller)
  if (!subjects.length) return no('The caller has no tokens of an issuer, as far as its names tell.')
  return any(
    subjects.map(({ issuer, subject }) => {
      if (role.tags?.['role_type'] === 'oidc')
        return all([issuedBy(trust, issuer), depends('People sign in to it through a browser.')])
      const asked = (claim: string) => (claim === 'sub' || claim === '/sub' ? [subject] : undefined)
      return all([
        issuedBy(trust, issuer),
        ...bounds(conditions, asked),
        askedAudience(conditions, issuer, subject),
      ])
    }),
  )
}

function issuedBy({ principal }: TrustStatement, issuer: string): Answer {
  if (/\s|^https?:\/\//.test(principal)) return depends(UNNAMED)
  return bareIssuer(principal) === issuer ? yes() : no(`It takes tokens of ${principal} only.`)
}

type Asked = (claim: string) => readonly string[] | undefined

function bounds(conditions: Readonly<Record<string, unknown>>, asked: Asked): Answer[] {
  const {
    bound_subject: subject,
    bound_claims: claims,
    bound_claims_type: sort,
    user_claim: user,
  } = conditions
  const answers: Answer[] = []
  if (subject !== undefined) answers.push(bound('sub', textsOf(subject), asked('sub'), false))
  if (claims !== undefined) {
    const isObject = typeof claims === 'object' && claims !== null && !Array.isArray(claims)
    if (!isObject || (sort !== undefined && sort !== 'glob' && sort !== 'string'))
      answers.push(depends('What it asks of claims is in a form that is not known.'))
    else
      for (const [claim, wanted] of Object.entries(claims))
        answers.push(bound(claim, textsOf(wanted), asked(claim), sort === 'glob'))
  }
  if (typeof user === 'string' && user !== 'sub') {
    const given = asked(user)
    if (!given)
      answers.push(depends(`Whether the token has the claim ${user}, by which it is named, is not known.`))
    else if (!given.length) answers.push(no(`The token has no claim ${user}.`))
  }
  const further = Object.keys(conditions).filter((key) => !READ.has(key))
  if (further.length) answers.push(depends(`It asks for ${further.join(', ')}, which is not judged here.`))
  return answers
}
const READ = new Set([
  'bound_subject',
  'bound_audiences',
  'bound_claims',
  'bound_claims_type',
  'user_claim',
  'token_bound_cidrs',
])

function bound(
  claim: string,
  wanted: readonly string[],
  given: readonly string[] | undefined,
  glob: boolean,
): Answer {
  const words = `It asks for ${claim} ${glob ? 'like' : 'of'} ${wanted.join(' or ').slice(0, 300)}`
  if (given && !given.length) return no(`${words}; the token has none.`)
  const isSure = wanted.length > 0 && !wanted.some((one) => one.includes(REMOVED))
  if (!given || !isSure)
    return depends(`${words}; ${given ? 'what exactly is not known' : 'what the token has is not known'}.`)
  const fits = given.some((one) => wanted.some((each) => (glob ? fitsGlob(each, one) : each === one)))
  return fits ? yes(`${words}.`) : no(`${words}; the token has ${given.join(', ').slice(0, 200)}.`)
}

const NONE_BOUND = 'It binds no audiences: the server then refuses every token that has one'

/** Strict for roles of type `jwt`: with no audience bound, a token that has one is refused. */
function audience(
  { bound_audiences }: Readonly<Record<string, unknown>>,
  given: readonly string[] | undefined,
): Answer {
  const wanted = textsOf(bound_audiences)
  if (wanted.length) return bound('aud', wanted, given, false)
  if (!given) return depends(`${NONE_BOUND}; whether this one has is not known.`)
  return given.length ? no(`${NONE_BOUND}.`) : yes()
}

function askedAudience(
  { bound_audiences }: Readonly<Record<string, unknown>>,
  issuer: string,
  subject: string,
): Answer {
  const wanted = textsOf(bound_audiences)
  if (!wanted.length) return depends(`${NONE_BOUND}; whether those of the caller have is not known.`)
  const words = `the audience ${wanted.join(' or ').slice(0, 300)}`
  return CHOOSES_AUDIENCE.test(issuer) || subject.startsWith('system:serviceaccount:')
    ? yes(`It asks for ${words}, which whoever has the token made can ask for.`)
    : depends(`It asks for ${words}; whether tokens of the caller have it is not known.`)
}
