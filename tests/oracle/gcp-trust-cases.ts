// Who can become a service account of Google Cloud, and what is weak about it, worked out by hand.
import type { Caller, Pitfall, Realm, TrustStatement } from '@/core/access'
import {
  account,
  AUDIENCE,
  bind,
  emailOf,
  inPool,
  ISSUER,
  outside,
  provider,
  realm,
  trust,
  uid,
} from './gcp-realms'

export type TrustCase = {
  why: string
  realm: Realm
  caller: Caller
  answer: 'yes' | 'no' | 'depends'
  says?: RegExp
}
export type PitfallCase = {
  why: string
  realm: Realm
  found: Record<string, Pitfall['severity']>
  answer?: 'yes' | 'depends'
}

const CLAIMS = {
  sub: 'repo:acme/app:ref:refs/heads/main',
  repository: 'acme/app',
  repository_owner: 'acme',
  aud: AUDIENCE,
}
const token = (claims: Record<string, string | string[]> = {}, issuer = ISSUER): Caller => ({
  kind: 'token',
  issuer,
  claims: { ...CLAIMS, ...claims },
})
const by = (id: string, ...aliases: string[]): Caller => ({
  kind: 'principal',
  id,
  aliases,
  realm: 'elsewhere',
})
const you = by(uid('you'), emailOf('you', 'far'))
const target = (...trusts: TrustStatement[]) => account('robot', 'shop', [], { trusts })
const pool = (rest: string, given: Record<string, unknown> = {}, expression?: string) =>
  realm([target(trust(inPool(rest), 'workloadIdentityUser', expression))], { rulings: [provider(given)] })
const on = (condition: string) => pool('attribute.repository/acme/app', { attributeCondition: condition })
const cluster = (member: string) => realm([target(trust(member))])
const GKE = 'https://container.googleapis.com/v1/projects/shop/locations/eu/clusters/one'
const AWS = { issuer: undefined, awsAccount: '123456789012', attributeMapping: {} }
const ROLE = 'arn:aws:sts::123456789012:assumed-role/deploy'

export const TRUST_CASES: readonly TrustCase[] = [
  {
    why: 'a token of the repository',
    realm: pool('attribute.repository/acme/app'),
    caller: token(),
    answer: 'yes',
  },
  {
    why: 'one of another',
    realm: pool('attribute.repository/acme/app'),
    caller: token({ repository: 'acme/evil' }),
    answer: 'no',
  },
  {
    why: 'a claim that is not given is not known',
    realm: pool('attribute.repository/acme/app'),
    caller: { kind: 'token', issuer: ISSUER, claims: { aud: AUDIENCE } },
    answer: 'depends',
  },
  {
    why: 'a claim that is absent gives no name',
    realm: pool('attribute.repository/acme/app'),
    caller: token({ repository: [] }),
    answer: 'no',
  },
  { why: 'another issuer', realm: pool('*'), caller: token({}, 'https://gitlab.com'), answer: 'no' },
  {
    why: 'for another audience',
    realm: pool('*'),
    caller: token({ aud: 'sts.amazonaws.com' }),
    answer: 'no',
  },
  {
    why: 'an audience of the list',
    realm: pool('*', { allowedAudiences: ['mine'] }),
    caller: token({ aud: 'mine' }),
    answer: 'yes',
  },
  {
    why: 'the own name is not taken where there is a list',
    realm: pool('*', { allowedAudiences: ['mine'] }),
    caller: token(),
    answer: 'no',
  },
  { why: 'the subject by its name', realm: pool(`subject/${CLAIMS.sub}`), caller: token(), answer: 'yes' },
  {
    why: 'an attribute that the provider does not make',
    realm: pool('attribute.actor/x'),
    caller: token(),
    answer: 'no',
  },
  {
    why: 'the condition is met',
    realm: on("assertion.repository_owner == 'acme'"),
    caller: token(),
    answer: 'yes',
  },
  {
    why: 'the condition is not met',
    realm: on("assertion.repository_owner == 'other'"),
    caller: token(),
    answer: 'no',
  },
  {
    why: 'the condition asks for a claim that is not known',
    realm: on("assertion.ref == 'refs/heads/main'"),
    caller: token(),
    answer: 'depends',
  },
  {
    why: 'one false side is enough',
    realm: on("assertion.ref == 'refs/heads/main' && assertion.repository_owner == 'other'"),
    caller: token(),
    answer: 'no',
  },
  {
    why: 'the condition asks for an attribute',
    realm: on("attribute.owner == 'acme'"),
    caller: token(),
    answer: 'yes',
  },
  {
    why: 'one of a list',
    realm: on("assertion.repository_owner in ['acme', 'umbrella']"),
    caller: token(),
    answer: 'yes',
  },
  {
    why: 'a disabled provider lets nobody in',
    realm: pool('*', { disabled: true }),
    caller: token(),
    answer: 'no',
  },
  {
    why: 'a pool whose providers were not read',
    realm: realm([target(trust(inPool('*')))]),
    caller: token(),
    answer: 'depends',
  },
  {
    why: 'an identity token alone is not enough to say',
    realm: realm(
      [{ ...target(), trusts: [{ ...trust(inPool('*')), actions: ['iam.serviceAccounts.getOpenIdToken'] }] }],
      { rulings: [provider()] },
    ),
    caller: token(),
    answer: 'depends',
  },
  {
    why: 'a binding with an end',
    realm: pool('*', {}, 'request.time < timestamp("2026-12-01T00:00:00Z")'),
    caller: token(),
    answer: 'depends',
    says: /until 2026-12-01/,
  },
  {
    why: 'a role on the whole project lets the pool in as well',
    realm: realm(
      [target(), outside(inPool('*'), [bind('roles/iam.workloadIdentityUser', 'projects/shop')])],
      { rulings: [provider()] },
    ),
    caller: token(),
    answer: 'yes',
  },
  {
    why: 'a service account by its address',
    realm: cluster(`serviceAccount:${emailOf('you', 'far')}`),
    caller: you,
    answer: 'yes',
  },
  {
    why: 'another one',
    realm: cluster(`serviceAccount:${emailOf('them', 'far')}`),
    caller: you,
    answer: 'no',
  },
  {
    why: 'one that was deleted and made anew is not the same',
    realm: cluster(`deleted:serviceAccount:${emailOf('you', 'far')}?uid=42`),
    caller: you,
    answer: 'no',
  },
  {
    why: 'to attach it takes something to attach it to',
    realm: realm([target(trust(`serviceAccount:${emailOf('you', 'far')}`, 'serviceAccountUser'))]),
    caller: you,
    answer: 'depends',
  },
  {
    why: 'who is in a group is not known',
    realm: cluster('group:devs@example.com'),
    caller: you,
    answer: 'depends',
  },
  { why: 'people are no service accounts', realm: cluster('user:jo@example.com'), caller: you, answer: 'no' },
  { why: 'everybody', realm: cluster('allUsers'), caller: you, answer: 'yes' },
  {
    why: 'unseen trust leaves a no open',
    realm: realm([target()], { unseen: [{ part: 'trusts', words: 'some policies' }] }),
    caller: you,
    answer: 'depends',
  },
  {
    why: 'who makes tokens in the project becomes it',
    realm: realm([
      target(),
      account('me', 'shop', [bind('roles/iam.serviceAccountTokenCreator', 'projects/shop')]),
    ]),
    caller: by(uid('me')),
    answer: 'yes',
  },
  {
    why: 'a service account of a cluster',
    realm: cluster('serviceAccount:shop.svc.id.goog[web/app]'),
    caller: { kind: 'token', issuer: GKE, claims: { sub: 'system:serviceaccount:web:app' } },
    answer: 'yes',
  },
  {
    why: 'the same in another namespace',
    realm: cluster('serviceAccount:shop.svc.id.goog[web/app]'),
    caller: { kind: 'token', issuer: GKE, claims: { sub: 'system:serviceaccount:dev:app' } },
    answer: 'no',
  },
  {
    why: 'a cluster elsewhere may be of the same fleet',
    realm: cluster('serviceAccount:shop.svc.id.goog[web/app]'),
    caller: {
      kind: 'token',
      issuer: GKE.replace('shop', 'lab'),
      claims: { sub: 'system:serviceaccount:web:app' },
    },
    answer: 'depends',
  },
  {
    why: 'it goes by both forms of its name',
    realm: cluster(
      'principal://iam.googleapis.com/projects/700/locations/global/workloadIdentityPools/shop.svc.id.goog/subject/ns/web/sa/app',
    ),
    caller: by('x', 'serviceAccount:shop.svc.id.goog[web/app]'),
    answer: 'yes',
  },
  {
    why: 'a role of AWS',
    realm: pool(`attribute.aws_role/${ROLE}`, AWS),
    caller: by('arn:aws:iam::123456789012:role/deploy'),
    answer: 'yes',
  },
  {
    why: 'another role',
    realm: pool(`attribute.aws_role/${ROLE}`, AWS),
    caller: by('arn:aws:iam::123456789012:role/read'),
    answer: 'no',
  },
  {
    why: 'of another account',
    realm: pool('*', AWS),
    caller: by('arn:aws:iam::999999999999:role/deploy'),
    answer: 'no',
  },
  {
    why: 'a session by its name, which is chosen',
    realm: pool(`subject/${ROLE}/one`, AWS),
    caller: by('arn:aws:iam::123456789012:role/deploy'),
    answer: 'depends',
  },
  {
    why: 'a service of the platform',
    realm: cluster(`serviceAccount:service-1@gcp-sa-pubsub.iam.gserviceaccount.com`),
    caller: { kind: 'service', name: 'pubsub.googleapis.com' },
    answer: 'depends',
  },
]

export const PITFALL_CASES: readonly PitfallCase[] = [
  {
    why: 'everybody of GitHub, and the whole pool',
    realm: pool('*'),
    found: { F20: 'critical', F21: 'critical' },
  },
  {
    why: 'the whole pool of an owner',
    realm: pool('*', { attributeCondition: "assertion.repository_owner_id == '1'" }),
    found: { F21: 'high', F22: 'medium' },
  },
  {
    why: 'one repository by its name, without a condition',
    realm: pool('attribute.repository/acme/app'),
    found: { F20: 'low', F10: 'low' },
  },
  {
    why: 'one repository under a condition by id',
    realm: pool('attribute.repository/acme/app', {
      attributeCondition: "assertion.repository_owner_id == '1'",
    }),
    found: {},
  },
  {
    why: 'what the caller chooses',
    realm: pool('attribute.branch/refs/heads/main', {
      attributeMapping: { 'google.subject': 'assertion.sub', 'attribute.branch': 'assertion.ref' },
    }),
    found: { F20: 'high', F22: 'high' },
  },
  {
    why: 'every repository of the owner',
    realm: pool('attribute.owner/acme', { attributeCondition: "assertion.repository_owner_id == '1'" }),
    found: { F22: 'medium' },
  },
  {
    why: 'a condition that everybody meets is none',
    realm: pool('*', { attributeCondition: 'true' }),
    found: { F20: 'critical', F21: 'critical' },
  },
  {
    why: 'a condition that keeps only one stranger out lets in all others',
    realm: pool('*', { attributeCondition: "assertion.repository_owner != 'evil'" }),
    found: { F20: 'critical', F21: 'critical' },
  },
  {
    why: 'a condition on an attribute that is made of a claim which the caller chooses keeps nobody out for good',
    realm: pool('attribute.branch/refs/heads/main', {
      attributeMapping: { 'google.subject': 'assertion.sub', 'attribute.branch': 'assertion.ref' },
      attributeCondition: "attribute.branch == 'refs/heads/main'",
    }),
    found: { F22: 'high' },
  },
  {
    why: 'an issuer of its own',
    realm: pool('subject/a', { issuer: 'https://issuer.example.com' }),
    found: {},
  },
  { why: 'a disabled provider', realm: pool('subject/a', { disabled: true }), found: {} },
  {
    why: 'providers that were not read',
    realm: realm([target(trust(inPool('subject/a')))]),
    found: { F20: 'medium' },
    answer: 'depends',
  },
  {
    why: 'a service account of any cluster',
    realm: cluster('serviceAccount:shop.svc.id.goog[web/app]'),
    found: { F23: 'low' },
  },
  {
    why: 'in the default namespace',
    realm: cluster('serviceAccount:shop.svc.id.goog[default/default]'),
    found: { F23: 'medium' },
  },
  { why: 'anybody', realm: cluster('allUsers'), found: { F15: 'critical' } },
  {
    why: 'somebody who is gone',
    realm: cluster(`deleted:serviceAccount:${emailOf('you', 'far')}?uid=42`),
    found: { F17: 'low' },
  },
  {
    why: 'a binding with an end',
    realm: pool(
      'attribute.owner/acme',
      { attributeCondition: "assertion.repository_owner_id == '1'" },
      'request.time < timestamp("2026-12-01T00:00:00Z")',
    ),
    found: { F22: 'medium' },
    answer: 'depends',
  },
  {
    why: 'one service account by its address',
    realm: cluster(`serviceAccount:${emailOf('you', 'far')}`),
    found: {},
  },
]
