// Builds small realms of AWS, for worlds worked out by hand.
import type { Held, Principal, Realm, Runner, TrustStatement } from '@/core/access'

export const ACCOUNT = '111122223333'
export type Document = Readonly<Record<string, unknown>>
export const arn = (kind: string, name: string, account = ACCOUNT) =>
  `arn:aws:iam::${account}:${kind}/${name}`

type Statement = Readonly<Record<string, unknown>>
export const allow = (
  actions: string | string[],
  resource: string | string[] = '*',
  condition?: Document,
): Statement => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resource,
  ...(condition && { Condition: condition }),
})
export const deny = (
  actions: string | string[],
  resource: string | string[] = '*',
  condition?: Document,
): Statement => ({
  ...allow(actions, resource, condition),
  Effect: 'Deny',
})
export const document = (...statements: Statement[]): Document => ({
  Version: '2012-10-17',
  Statement: statements,
})

const held = (of: Partial<Held> & Pick<Held, 'id'>): Held => ({
  name: of.id.split('/').at(-1) ?? of.id,
  language: 'aws-iam',
  effect: 'allow',
  via: 'attached',
  ...of,
})
export const attached = (name: string, ...statements: Statement[]): Held =>
  held({ id: arn('policy', name), document: document(...statements) })
export const madeByAws = (name: string, ...statements: Statement[]): Held =>
  held({ id: `arn:aws:iam::aws:policy/${name}`, document: document(...statements) })
let count = 0
export const inline = (...statements: Statement[]): Held =>
  held({ id: `X/inline/own${count++}`, name: 'own', via: 'inline', document: document(...statements) })
export const ofGroup = (group: string, name: string, ...statements: Statement[]): Held => ({
  ...attached(name, ...statements),
  via: `group ${group}`,
})
export const boundary = (name: string, ...statements: Statement[]): Held => ({
  ...attached(name, ...statements),
  effect: 'limit',
})
export const unread = (name: string): Held => held({ id: arn('policy', name) })

type Trusted = Omit<TrustStatement, 'id' | 'effect' | 'actions'> & Partial<TrustStatement>
export const trust = (of: Trusted): TrustStatement => ({
  id: `trust/${count++}`,
  effect: 'allow',
  actions: ['sts:AssumeRole'],
  ...of,
})
export const byService = (service: string, conditions?: Document): TrustStatement =>
  trust({ principalType: 'service', principal: service, ...(conditions && { conditions }) })
export const byIdentity = (principal: string): TrustStatement =>
  trust({ principalType: 'identity', principal })
export const byAccount = (principal = ACCOUNT): TrustStatement =>
  trust({ principalType: 'account', principal })

export const role = (
  name: string,
  given: readonly Held[] = [],
  trusts: readonly TrustStatement[] = [],
): Principal => ({
  id: `AROA-${name}`,
  type: 'aws.iam-role',
  name: name.split('/').at(-1) ?? name,
  aliases: [arn('role', name)],
  class: 'machine',
  tags: {},
  held: given,
  trusts,
})
export const user = (name: string, given: readonly Held[] = []): Principal => ({
  id: `AIDA-${name}`,
  type: 'aws.iam-user',
  name,
  aliases: [arn('user', name)],
  class: 'machine',
  tags: {},
  held: given,
  trusts: [],
})
export const profile = (name: string, ...uses: string[]): Runner => ({
  id: `AIPA-${name}`,
  type: 'aws.instance-profile',
  name,
  aliases: [arn('instance-profile', name)],
  uses,
})
export const runs = (type: string, at: string, ...uses: string[]): Runner => ({
  id: at,
  type,
  name: at,
  aliases: [at],
  uses,
})
type Ruling = Realm['rulings'][number]
const ruling = (type: string, id: string, content: Document): Ruling => ({
  id,
  name: id,
  type,
  language: 'aws-iam',
  aliases: [],
  document: content,
})
export const NO_ORGANIZATION = ruling('aws.organization', 'organization', { none: true })
export const organization = (management: string, ...policies: Document[]): Ruling[] => [
  ruling('aws.organization', 'organization', { id: 'o-abc', management }),
  ...policies.map((policy, level) =>
    ruling('aws.service-control-policy', `scp-${level}`, { level, target: `level ${level}`, policy }),
  ),
]
export const provider = (id: string, type = 'aws.oidc-provider') => ({
  kind: 'issuer' as const,
  id,
  type,
  name: id,
})

/** In no organization, and seen whole. */
export const realm = (principals: readonly Principal[], more: Partial<Realm> = {}): Realm => ({
  id: ACCOUNT,
  type: 'aws.account',
  name: 'test',
  principals,
  elsewhere: [],
  runners: [],
  rulings: [NO_ORGANIZATION],
  things: [],
  unseen: [],
  ...more,
})
