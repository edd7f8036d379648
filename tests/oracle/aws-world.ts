// Short ways to write a small account of AWS in tests.
import type {
  AccessAnswer,
  Caller,
  Held,
  PrivilegeLevel,
  Principal,
  Question,
  Realm,
  Ruling,
  TrustStatement,
} from '@/core/access'
import { allow, deny, type Raw } from './aws-documents'

export const ACCOUNT = '111122223333'
export const OTHER = '444455556666'
export const iam = (rest: string, account = ACCOUNT): string => `arn:aws:iam::${account}:${rest}`

let documents = 0
const held = (effect: Held['effect'], name: string, via: string, document: Held['document']): Held => ({
  id: `${name}-${documents++}`,
  name,
  language: 'aws-iam',
  effect,
  via,
  ...(document && { document }),
})
const of = (statements: readonly Raw[]) => ({ Version: '2012-10-17', Statement: statements })
export const policy = (...statements: Raw[]): Held => held('allow', 'Policy', 'attached', of(statements))
export const inGroup = (...statements: Raw[]): Held => held('allow', 'Team', 'group team', of(statements))
export const bound = (...statements: Raw[]): Held => held('limit', 'Boundary', 'attached', of(statements))
export const hidden = (effect: Held['effect'] = 'allow'): Held =>
  held(effect, 'Hidden', 'attached', undefined)
/** A managed policy of the account, by its ARN. */
export const managed = (name: string, ...statements: Raw[]): Held => ({
  ...policy(...statements),
  id: iam(`policy/${name}`),
  name,
})
export const old = (...statements: Raw[]): Held =>
  held('allow', 'Old', 'inline', { Version: '2008-10-17', Statement: statements })

let trusts = 0
export const trust = (
  principalType: TrustStatement['principalType'],
  principal: string,
  conditions?: Raw,
  more: Partial<TrustStatement> = {},
): TrustStatement => ({
  id: `trust-${trusts++}`,
  principalType,
  principal,
  effect: 'allow',
  actions: [principalType === 'federated' ? 'sts:AssumeRoleWithWebIdentity' : 'sts:AssumeRole'],
  ...(conditions && { conditions }),
  ...more,
})

type More = Partial<Pick<Principal, 'tags' | 'trusts'>> & { path?: string; account?: string }
const principal = (
  kind: 'user' | 'role',
  id: string,
  name: string,
  own: readonly Held[],
  more: More,
): Principal => ({
  id,
  type: `aws.iam-${kind}`,
  name,
  aliases: [iam(`${kind}/${more.path ?? ''}${name}`, more.account)],
  class: 'machine',
  enabled: true,
  tags: more.tags ?? {},
  held: own,
  trusts: more.trusts ?? [],
})
export const user = (name: string, own: readonly Held[] = [], more: More = {}): Principal =>
  principal('user', `AIDA${name.toUpperCase()}`, name, own, more)
export const role = (name: string, own: readonly Held[] = [], more: More = {}): Principal =>
  principal('role', `AROA${name.toUpperCase()}`, name, own, more)
export const idOf = (kind: 'user' | 'role', name: string): string =>
  `${kind === 'user' ? 'AIDA' : 'AROA'}${name.toUpperCase()}`

const ruling = (type: string, name: string, document: Raw | undefined): Ruling => ({
  id: `${type}/${name}`,
  type,
  name,
  aliases: [],
  language: 'aws-iam',
  ...(document && { document }),
})
export const ALONE = ruling('aws.organization', 'none', { none: true })
export const ORGANIZATION = ruling('aws.organization', 'o-acme', { id: 'o-acme', management: OTHER })
export const scp = (level: number, ...statements: Raw[]): Ruling =>
  ruling('aws.service-control-policy', `scp ${level} ${documents++}`, {
    level,
    target: `level ${level}`,
    policy: of(statements),
  })
export const rcp = (level: number, ...statements: Raw[]): Ruling =>
  ruling('aws.resource-control-policy', `rcp ${level} ${documents++}`, {
    level,
    target: `level ${level}`,
    policy: of(statements),
  })
export const FULL = scp(0, allow('*'))
export const resourcePolicy = (resource: string, ...statements: Raw[]): Ruling =>
  ruling('aws.resource-policy', resource, { resource, policy: of(statements) })
export const to = (who: unknown, statement: Raw): Raw => ({ ...statement, Principal: who })

/** An account in no organization, seen whole. */
export const world = (principals: readonly Principal[], more: Partial<Realm> = {}): Realm => ({
  id: ACCOUNT,
  type: 'aws.account',
  name: 'production',
  principals,
  elsewhere: [],
  runners: [],
  rulings: [ALONE],
  things: [],
  unseen: [],
  ...more,
})

type Base = { because: string; realm: Realm; says?: RegExp; missing?: RegExp }
export type CanCase = Base & { who: string; ask: Question; answer: AccessAnswer['answer'] }
export type AdmitCase = Base & { who: string; caller: Caller; answer: AccessAnswer['answer'] }
export type LevelCase = Base & { who: string; certain: PrivilegeLevel; possible: PrivilegeLevel }

export const R = idOf('role', 'app')
export const U = idOf('user', 'ann')
/** One role or user that holds these, alone in its account. */
export const asRole = (own: readonly Held[], more: Partial<Realm> = {}, of: More = {}): Realm =>
  world([role('app', own, of)], more)
export const asUser = (own: readonly Held[], more: Partial<Realm> = {}, of: More = {}): Realm =>
  world([user('ann', own, of)], more)
export { allow, deny, type Raw }
