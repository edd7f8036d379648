// An account of AWS of any size: roles and users that share some hundred policies, and whom they trust.
import type { Held, Principal, Realm, Ruling, Runner, TrustStatement } from '@/core/access'
import { oneOf, seeded, type Random } from '@/bench/queries/random'
import {
  ACCOUNT,
  arn,
  boundary,
  CEILING,
  FOR_A_SERVICE,
  inline,
  managed,
  serviceOf,
  teamOf,
} from './account-policies'

const ROLES_MAX = 10_000
const ROLES_AN_IDENTITY = 1 / 10
/** How many roles it has where so many identities are measured. */
export const rolesFor = (identities: number): number =>
  Math.min(ROLES_MAX, Math.ceil(identities * ROLES_AN_IDENTITY))

/** Actions whose resource is a role: each has to be asked about every role. */
const ON_ROLES = /^(sts:AssumeRole|iam:PassRole|iam:.*RolePolicy|iam:.*RolePermissionsBoundary)$/
export const isOnRoles = (action: string): boolean => ON_ROLES.test(action)
export const isRole = ({ type }: Principal): boolean => type === 'aws.iam-role'

const DOCUMENTS = 400
const BOUNDARIES = 6
const SHARE = { inline: 0.15, boundary: 0.05, serviceLinked: 0.05, users: 0.03, profiles: 0.05 }
const ISSUER = 'oidc.eks.eu-north-1.amazonaws.com/id/4F1A7C2E9B3D4E60'

/** A few policies are held by most, and most by few. */
const shared = (random: Random, documents: readonly Held[]): Held =>
  documents[Math.floor(random() ** 2 * documents.length)] ?? oneOf(random, documents)

function heldBy(random: Random, id: string, documents: readonly Held[], caps: readonly Held[]): Held[] {
  const some = new Set(Array.from({ length: 1 + Math.floor(random() * 3) }, () => shared(random, documents)))
  return [
    ...some,
    ...(random() < SHARE.inline ? [inline(random, id)] : []),
    ...(random() < SHARE.boundary ? [oneOf(random, caps)] : []),
  ]
}

type Trusted = Pick<TrustStatement, 'principalType' | 'principal'> & Partial<TrustStatement>
function trustedBy(random: Random, names: readonly string[]): Trusted {
  const kind = random()
  if (kind < 0.45) return { principalType: 'service', principal: serviceOf(random) }
  if (kind < 0.6) return { principalType: 'account', principal: ACCOUNT }
  if (kind < 0.85) return { principalType: 'identity', principal: arn('role', oneOf(random, names)) }
  if (kind < 0.95)
    return {
      principalType: 'federated',
      principal: `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`,
      actions: ['sts:AssumeRoleWithWebIdentity'],
      conditions: { StringEquals: { [`${ISSUER}:sub`]: `system:serviceaccount:${teamOf(random)}:app` } },
    }
  return {
    principalType: 'account',
    principal: '395517728604',
    conditions: { StringEquals: { 'sts:ExternalId': 'b1946ac92492d234' } },
  }
}

const trusts = (id: string, of: readonly Trusted[]): TrustStatement[] =>
  of.map((one, at) => ({ id: `${id}/trust/${at}`, effect: 'allow', actions: ['sts:AssumeRole'], ...one }))

const principal = (of: Pick<Principal, 'id' | 'type' | 'name' | 'held'> & Partial<Principal>): Principal => ({
  aliases: [],
  class: 'machine',
  enabled: true,
  tags: {},
  trusts: [],
  ...of,
})

function roleOf(
  random: Random,
  name: string,
  held: (id: string) => Held[],
  names: readonly string[],
): Principal {
  const id = `AROA${name.toUpperCase()}`
  const [team = ''] = name.split('-')
  const trusted = Array.from({ length: random() < 0.2 ? 2 : 1 }, () => trustedBy(random, names))
  const tags: Record<string, string> = random() < 0.7 ? { team } : {}
  return principal({
    id,
    type: 'aws.iam-role',
    name,
    aliases: [arn('role', name)],
    tags,
    held: held(id),
    trusts: trusts(id, trusted),
  })
}

const serviceLinked = (name: string): Principal =>
  principal({
    id: `AROA${name.toUpperCase()}`,
    type: 'aws.iam-role',
    name,
    class: 'provider',
    aliases: [arn('role', `aws-service-role/autoscaling.amazonaws.com/${name}`)],
    held: [FOR_A_SERVICE],
    trusts: trusts(name, [{ principalType: 'service', principal: 'autoscaling.amazonaws.com' }]),
  })

const profileOf = ({ id, name }: Principal): Runner => ({
  id: `AIPA${id}`,
  type: 'aws.instance-profile',
  name,
  aliases: [arn('instance-profile', name)],
  uses: [id],
})

const ruling = (type: string, id: string, document: Ruling['document']): Ruling => ({
  id,
  type,
  name: id,
  language: 'aws-iam',
  aliases: [],
  ...(document && { document }),
})

export function accountRealm(roles: number, seed: number): Realm {
  const random = seeded(seed)
  const documents = Array.from({ length: DOCUMENTS }, (_, at) => managed(random, `policy-${at}`))
  const caps = Array.from({ length: BOUNDARIES }, (_, at) => boundary(random, `boundary-${at}`))
  const names = Array.from({ length: roles }, (_, at) => `${teamOf(random)}-${at}`)
  const held = (id: string) => heldBy(random, id, documents, caps)
  const own = names.map((name) =>
    random() < SHARE.serviceLinked ? serviceLinked(name) : roleOf(random, name, held, names),
  )
  const users = Array.from({ length: Math.ceil(roles * SHARE.users) }, (_, at) => {
    const name = `${teamOf(random)}-user-${at}`
    const id = `AIDA${name.toUpperCase()}`
    return principal({ id, type: 'aws.iam-user', name, aliases: [arn('user', name)], held: held(id) })
  })
  return {
    id: ACCOUNT,
    type: 'aws.account',
    name: 'measured',
    principals: [...own, ...users],
    elsewhere: [],
    runners: own.filter(() => random() < SHARE.profiles).map(profileOf),
    rulings: [
      ruling('aws.organization', 'organization', { id: 'o-measured', management: '999999999999' }),
      ...CEILING.map((policy, level) =>
        ruling('aws.service-control-policy', `ceiling-${level}`, { level, target: `level ${level}`, policy }),
      ),
    ],
    things: [
      {
        kind: 'issuer',
        id: `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`,
        type: 'aws.oidc-provider',
        name: ISSUER,
      },
    ],
    unseen: [],
  }
}
