// Who can become an identity: bearers of tokens that a federated credential accepts, what runs as it, and its owners.
import type { AccessAnswer, Caller, Principal, TrustStatement } from '@/core/access'
import { REMOVED } from '@/core/secret-like'
import { all, any, depends, no, yes, type Answer } from '../three-valued'
import { claimFits, claimOf, clausesOf, fitsAll } from './expression'
import type { Tenant } from './tenant'
import { short } from './words'

type Token = Caller & { kind: 'token' }
type Conditions = Readonly<Record<string, unknown>>
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && !value.includes(REMOVED) ? value : undefined

const bare = (issuer: string): string => issuer.replace(/^https?:\/\//, '').replace(/\/+$/, '')

/** Entra compares issuers as texts: a slash at the end of one of them is a difference. */
function sameIssuer(trusted: string, issuer: string): Answer {
  if (trusted === issuer) return yes(`It accepts tokens of ${short(trusted)}.`)
  if (bare(trusted) !== bare(issuer)) return no(`It accepts tokens of ${short(trusted)} only.`)
  if (/^https?:/.test(issuer)) return no(`It accepts the issuer only as it is written: ${short(trusted)}.`)
  return trusted.endsWith('/')
    ? depends(`Its issuer ends in a slash: only if the issuer in the token does too.`)
    : yes(`It accepts tokens of ${short(trusted)}.`)
}

function audience({ claims }: Token, audiences: unknown): Answer {
  const accepted = Array.isArray(audiences) ? audiences.filter((one) => typeof one === 'string') : []
  if (accepted.length === 0) return depends('For which audience a token has to be made is not told.')
  const told = claimOf(claims, 'aud')
  if (!told) return depends(`Only with a token made for ${short(accepted.join(' or '))}.`)
  return told.some((one) => accepted.includes(one))
    ? yes()
    : no(`Its token is not made for ${short(accepted.join(' or '))}.`)
}

function subject(token: Token, conditions: Conditions): Answer {
  const exact = text(conditions['subject'])
  if (exact !== undefined) return claimFits(token.claims, { claim: 'sub', operator: 'eq', value: exact })
  const expression = text(conditions['claimsMatchingExpression'])
  const clauses = expression === undefined ? undefined : clausesOf(expression)
  if (clauses) return fitsAll(token.claims, clauses)
  return depends(
    expression === undefined
      ? 'Which subjects it accepts could not be read.'
      : `Its expression is not understood here: ${short(expression)}.`,
  )
}

function byToken({ conditions, principal }: TrustStatement, token: Token): Answer {
  const issuer = text(conditions?.['issuer'])
  if (!conditions || issuer === undefined)
    return depends(`What ${short(principal)} has to bring could not be read.`)
  const same = sameIssuer(issuer, token.issuer)
  if (same.value === 'no') return same
  return all([subject(token, conditions), audience(token, conditions['audiences']), same])
}

const OWNER_OPEN =
  'Microsoft asks a program for Application.ReadWrite.OwnedBy as well; that owning alone is enough was reported.'
/** Issuer of the tokens of a tenant's managed identities, in each of the clouds. */
const ENTRA_ISSUER =
  /^https:\/\/(?:login\.microsoftonline\.(?:com|us)|login\.partner\.microsoftonline\.cn)\/([0-9a-f-]{36})\/v2\.0\/?$/i

/** The managed identity whose tokens a federated credential accepts, where it is of this tenant. */
export function managedIdentityIn({ conditions }: TrustStatement, tenant: string): string | undefined {
  const issuer = ENTRA_ISSUER.exec(text(conditions?.['issuer']) ?? '')?.[1]
  if (issuer?.toLowerCase() !== tenant.toLowerCase()) return undefined
  return text(conditions?.['subject'])?.toLowerCase()
}

function byName(trust: TrustStatement, caller: Caller & { kind: 'principal' }, tenant: Tenant): Answer {
  const names = [caller.id, ...caller.aliases].map((one) => one.toLowerCase())
  if (trust.principalType === 'identity')
    return names.includes(trust.principal.toLowerCase())
      ? depends('It owns the application, and so may add a credential and sign in with it.', OWNER_OPEN)
      : no()
  if (trust.principalType === 'anyone') return yes('It lets anybody in.')
  if (trust.principalType !== 'federated')
    return depends(`Whom ${short(trust.principal)} stands for is not known here.`)
  const identity = managedIdentityIn(trust, tenant.id)
  if (identity === undefined)
    return no('It accepts tokens, no names: ask with the token that the caller would bring.')
  if (!names.includes(identity)) return no(`It accepts the managed identity ${identity} only.`)
  const type = tenant.principals.get(identity)?.type
  if (type !== undefined && type !== 'azure.managed-identity')
    return no('Entra accepts its own tokens in a federated credential from managed identities only.')
  return type === undefined
    ? depends('It accepts tokens of this identity, if that is a managed identity.')
    : yes('It accepts tokens of this managed identity.')
}

function byStatement(trust: TrustStatement, caller: Caller, tenant: Tenant): Answer {
  if (trust.effect !== 'allow') return depends('It holds a denial, which is not known in Azure.')
  if (trust.principalType === 'unresolvable')
    return depends(`Whom ${short(trust.principal)} stands for could not be read.`)
  if (caller.kind === 'service') return no()
  if (caller.kind === 'token') return trust.principalType === 'federated' ? byToken(trust, caller) : no()
  return byName(trust, caller, tenant)
}

/** Azure hands tokens of a managed identity to the resources that have it. */
function byRunner({ id }: Principal, caller: Caller, tenant: Tenant): Answer {
  if (caller.kind === 'token') return no()
  const names = caller.kind === 'service' ? [caller.name] : [caller.id, ...caller.aliases]
  const wanted = new Set(names.map((one) => one.toLowerCase()))
  const runner = tenant.realm.runners.find(
    (one) =>
      wanted.has(one.id.toLowerCase()) && one.uses.some((used) => used.toLowerCase() === id.toLowerCase()),
  )
  return runner ? yes(`${runner.name} runs as it.`) : no()
}

export function admits(principal: Principal, caller: Caller, tenant: Tenant): AccessAnswer {
  const answers = [
    byRunner(principal, caller, tenant),
    ...principal.trusts.map((one) => byStatement(one, caller, tenant)),
  ]
  const answer = any(answers)
  if (answer.value !== 'no') return { answer: answer.value, because: answer.because }
  const because = answer.because.length ? answer.because : ['Nothing lets this caller become it.']
  const missing = tenant.unseen(
    ...(caller.kind === 'token' ? (['trusts'] as const) : (['trusts', 'runners'] as const)),
  )
  return missing.length ? { answer: 'depends', because, missing: [...missing] } : { answer: 'no', because }
}
