// Who may assume a role: one observation for every principal of every statement of its trust policy.
import { createHash } from 'node:crypto'
import { unknown, type Fact } from '@/core/fact'
import type { Of } from '@/core/observation'
import { accountOf, trustLinks } from './map-joins'
import { isRecord, readDocument, statementsOf, textsOf, type Document } from './policy-document'

type Trust = Of<'trust'>
type PrincipalType = Trust['principalType']
export type TrustedBy = Pick<Trust, 'principalType' | 'principal' | 'effect'> & { demandsMfa: boolean }
export type ReadTrust = {
  trusts: Trust[]
  trusted: TrustedBy[] | undefined
  refusal: Fact<never> | undefined
}
type Named = { principalType: PrincipalType; principal: string }

const ACCOUNT = /^(?:arn:aws[a-z-]*:iam::)?(\d{12})(?::root)?$/

function awsPrincipal(text: string): Named {
  const account = ACCOUNT.exec(text)?.[1]
  if (text === '*') return { principalType: 'anyone', principal: '*' }
  if (account !== undefined) return { principalType: 'account', principal: account }
  if (/^arn:aws[a-z-]*:(iam|sts)::/.test(text)) return { principalType: 'identity', principal: text }
  // AWS shows the bare unique id (AROA…, AIDA…) once the principal is deleted: nobody can be it any more.
  return { principalType: 'unresolvable', principal: text }
}

function ofType(type: string, text: string): Named {
  if (type === 'AWS') return awsPrincipal(text)
  if (type === 'Service') return { principalType: 'service', principal: text }
  if (type === 'Federated') return { principalType: 'federated', principal: text }
  return { principalType: 'unresolvable', principal: `${type}:${text}` }
}

/** The principals of a statement, or undefined when they are in no form known here. */
function principalsOf(statement: Document): Named[] | undefined {
  const { Principal, NotPrincipal } = statement
  // "Everyone except": the exceptions are kept with the conditions.
  if (NotPrincipal !== undefined) return [{ principalType: 'anyone', principal: '*' }]
  if (Principal === '*') return [{ principalType: 'anyone', principal: '*' }]
  if (!isRecord(Principal)) return undefined
  const named: Named[] = []
  for (const [type, value] of Object.entries(Principal)) {
    const texts = textsOf(value)
    if (!texts || texts.some((text) => text === '')) return undefined
    named.push(...texts.map((text) => ofType(type, text)))
  }
  return named
}

/** The order of keys and of lists in a document means nothing, so it must not change an id. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => JSON.stringify(sorted(item))).sort()
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  )
}

/** An id by content: statements have no id of their own, and their order means nothing. */
const idOf = (roleId: string, content: unknown): string =>
  `${roleId}/trust/${createHash('sha256')
    .update(JSON.stringify(sorted(content)))
    .digest('hex')
    .slice(0, 24)}`

function conditionsOf(statement: Document): Document | undefined {
  const { Condition, NotPrincipal, NotAction } = statement
  const conditions = {
    ...(isRecord(Condition) && Condition),
    ...(NotPrincipal !== undefined && { NotPrincipal }),
    ...(NotAction !== undefined && { NotAction }),
  }
  return Object.keys(conditions).length ? conditions : undefined
}

/** Whether a statement lets nobody in without a second factor. `…IfExists` does: long-term keys carry no such key. */
function demandsMfa(conditions: Document | undefined): boolean {
  const demanded = isRecord(conditions?.['Bool']) ? conditions['Bool'] : {}
  const entry = Object.entries(demanded).find(([key]) => key.toLowerCase() === 'aws:multifactorauthpresent')
  return entry !== undefined && (textsOf(entry[1])?.every((text) => text === 'true') ?? entry[1] === true)
}

const EFFECTS: ReadonlyMap<unknown, Trust['effect']> = new Map([
  ['Allow', 'allow'],
  ['Deny', 'deny'],
])

type Role = { RoleId: string; RoleName: string; Arn?: string; AssumeRolePolicyDocument?: unknown }

function ofStatement(role: Role, statement: Document): { trust: Trust; by: TrustedBy }[] | undefined {
  const effect: Trust['effect'] | undefined = EFFECTS.get(statement['Effect'])
  const actions = statement['NotAction'] === undefined ? textsOf(statement['Action']) : ['*']
  const principals = principalsOf(statement)
  if (!effect || !actions || !principals) return undefined
  const conditions = conditionsOf(statement)
  return principals.map((named) => {
    const content = { ...named, effect, actions: [...actions].sort(), ...(conditions && { conditions }) }
    const links = effect === 'allow' ? trustLinks(content, accountOf(role.Arn)) : []
    const trust: Trust = {
      kind: 'trust',
      nativeId: idOf(role.RoleId, content),
      identity: role.RoleId,
      ...content,
      ...(links.length && { links }),
    }
    return { trust, by: { ...named, effect, demandsMfa: demandsMfa(conditions) } }
  })
}

/** The trust policy of a role. What cannot be read is a refusal, so that no older trust is taken for gone. */
export function readTrust(role: Role, source: string): ReadTrust {
  const what = `the trust policy of ${role.RoleName}`
  const document = readDocument(role.AssumeRolePolicyDocument, source, what)
  if (document.state !== 'known')
    return { trusts: [], trusted: undefined, refusal: document.state === 'unknown' ? document : undefined }
  const trusts = new Map<string, Trust>()
  const trusted: TrustedBy[] = []
  const odd = unknown('malformed', source, `${what} holds a statement in a form that is not known`)
  const statements = statementsOf(document.value)
  let refusal: Fact<never> | undefined = statements ? undefined : odd
  for (const statement of statements ?? []) {
    const read = ofStatement(role, statement)
    if (!read) refusal = odd
    for (const { trust, by } of read ?? []) {
      trusts.set(trust.nativeId, trust)
      trusted.push(by)
    }
  }
  return { trusts: [...trusts.values()], trusted: refusal ? undefined : trusted, refusal }
}
