// Callers at the door of roles and entities, and what is weak about whom these let in.
import type { Caller, Principal, Realm } from '@/core/access'
import { alias, entity, realmOf, role, roleId, trust } from './vault-world'
import { ISSUER, jwt, k8s, one, SUB } from './vault-doors'

export type TrustCase = {
  why: string
  realm: Realm
  who: string
  caller: Caller
  answer: 'yes' | 'no' | 'depends'
  says?: RegExp
}
const CLUSTER = 'k8s.example:6443'
const account = (namespace: string, name: string, uid = 'u-1'): Caller => ({
  kind: 'principal',
  id: uid,
  realm: 'cluster-1',
  aliases: [uid, `${CLUSTER}|${namespace}/${name}`, `${ISSUER}|system:serviceaccount:${namespace}:${name}`],
})
const token = (issuer: string, claims: Record<string, string | string[]>): Caller => ({
  kind: 'token',
  issuer,
  claims,
})
const GITHUB = 'https://token.actions.githubusercontent.com'
const aws = (name: string, of = '111122223333'): Caller => ({
  kind: 'principal',
  id: 'AROAEXAMPLE',
  realm: of,
  aliases: [`arn:aws:iam::${of}:role/path/${name}`, `${of}/${name.toLowerCase()}`],
})

const knock = (
  why: string,
  of: Principal,
  caller: Caller,
  answer: TrustCase['answer'],
  says?: RegExp,
  others: Principal[] = [],
): TrustCase => ({
  why,
  realm: realmOf([of, ...others]),
  who: of.id,
  caller,
  answer,
  ...(says && { says }),
})
const ENTITY = entity('e-1', 'shop', [], {
  trusts: [{ ...alias('e-1', 'a1', 'kubernetes', 'u-1'), principalType: 'federated' }],
})

export const TRUST_CASES: readonly TrustCase[] = [
  knock('a service account by its names', k8s('shop/web'), account('shop', 'web'), 'yes', /shop\/web/),
  knock('the same name in another namespace', k8s('shop/web'), account('data', 'web'), 'no'),
  knock('names are globs', k8s('shop/app*'), account('shop', 'app-evil'), 'yes'),
  knock('a glob has to fit the whole name', k8s('shop/app*'), account('shop', 'my-app'), 'no'),
  knock('every namespace', k8s('*/default'), account('any', 'default'), 'yes'),
  knock(
    'an audience can be asked for',
    k8s('shop/web', { audience: 'vault' }),
    account('shop', 'web'),
    'yes',
    /audience vault/,
  ),
  knock(
    'labels of namespaces are not known',
    k8s('*/web', { bound_service_account_namespace_selector: 'team=a' }),
    account('shop', 'web'),
    'depends',
    /labels/,
  ),
  knock(
    'from some addresses',
    k8s('shop/web', { token_bound_cidrs: ['10.0.0.0/8'] }),
    account('shop', 'web'),
    'depends',
    /10\.0\.0\.0/,
  ),
  knock(
    'a token: of which cluster is not told',
    k8s('shop/web'),
    token(`https://${ISSUER}`, { sub: 'system:serviceaccount:shop:web' }),
    'depends',
    /cluster/,
  ),
  knock(
    'a token of another account',
    k8s('shop/web'),
    token(`https://${ISSUER}`, { sub: 'system:serviceaccount:shop:db' }),
    'no',
  ),
  knock(
    'a token for another audience',
    k8s('shop/web', { audience: 'vault' }),
    token(`https://${ISSUER}`, { sub: 'system:serviceaccount:shop:web', aud: 'other' }),
    'no',
  ),
  knock('a token without a subject', k8s('*/*'), token(`https://${ISSUER}`, { sub: [] }), 'no'),
  knock('somebody who is no service account', k8s('*/*'), aws('deploy'), 'no'),

  knock(
    'subject and audience',
    jwt({ bound_subject: SUB }),
    token(GITHUB, { sub: SUB, aud: 'vault' }),
    'yes',
  ),
  knock(
    'a subject is no glob',
    jwt({ bound_subject: 'repo:acme/app:*' }),
    token(GITHUB, { sub: SUB, aud: 'vault' }),
    'no',
  ),
  knock(
    'another issuer',
    jwt({ bound_subject: SUB }),
    token('https://gitlab.com', { sub: SUB, aud: 'vault' }),
    'no',
  ),
  knock('another audience', jwt({ bound_subject: SUB }), token(GITHUB, { sub: SUB, aud: 'other' }), 'no'),
  knock(
    'one of several audiences',
    jwt({ bound_subject: SUB }),
    token(GITHUB, { sub: SUB, aud: ['x', 'vault'] }),
    'yes',
  ),
  knock(
    'the audience is not known',
    jwt({ bound_subject: SUB }),
    token(GITHUB, { sub: SUB }),
    'depends',
    /aud/,
  ),
  knock(
    'no audience bound: strict',
    jwt({ bound_subject: SUB, bound_audiences: [] }),
    token(GITHUB, { sub: SUB, aud: 'vault' }),
    'no',
    /refuses/,
  ),
  knock(
    'no audience bound and none in the token',
    jwt({ bound_subject: SUB, bound_audiences: [] }),
    token(GITHUB, { sub: SUB, aud: [] }),
    'yes',
  ),
  knock(
    'claims as globs',
    jwt({ bound_claims: { sub: ['repo:acme*'] }, bound_claims_type: 'glob' }),
    token(GITHUB, { sub: 'repo:acme-evil/x:ref', aud: 'vault' }),
    'yes',
  ),
  knock(
    'a star that is no glob',
    jwt({ bound_claims: { sub: ['repo:acme*'] }, bound_claims_type: 'string' }),
    token(GITHUB, { sub: SUB, aud: 'vault' }),
    'no',
  ),
  knock(
    'a claim that is not known',
    jwt({ bound_claims: { repository_id: ['12'] } }),
    token(GITHUB, { sub: SUB, aud: 'vault' }),
    'depends',
    /repository_id/,
  ),
  knock(
    'a claim that the token has not',
    jwt({ bound_claims: { repository_id: ['12'] } }),
    token(GITHUB, { sub: SUB, aud: 'vault', repository_id: [] }),
    'no',
  ),
  knock(
    'all claims have to hold',
    jwt({ bound_claims: { repository_id: ['12'], ref: ['main'] } }),
    token(GITHUB, { sub: SUB, aud: 'vault', repository_id: '12', ref: 'dev' }),
    'no',
  ),
  knock(
    'without the claim that names the entity',
    jwt({ bound_subject: SUB, user_claim: 'email' }),
    token(GITHUB, { sub: SUB, aud: 'vault', email: [] }),
    'no',
  ),
  knock(
    'people sign in by browser',
    jwt({ bound_subject: SUB }, { role_type: 'oidc' }),
    token(GITHUB, { sub: SUB, aud: 'vault' }),
    'depends',
  ),
  knock(
    'keys instead of an issuer',
    one('jwt', 'whoever holds one of the keys of the method', {
      bound_subject: SUB,
      bound_audiences: ['vault'],
    }),
    token(GITHUB, { sub: SUB, aud: 'vault' }),
    'depends',
    /keys/,
  ),
  knock(
    'a service account by its issuer, which can ask for the audience',
    one('jwt', ISSUER, { bound_subject: 'system:serviceaccount:shop:web', bound_audiences: ['vault'] }),
    account('shop', 'web'),
    'yes',
    /audience vault/,
  ),

  knock(
    'a role of AWS, whose session shows no path',
    one('aws', 'arn:aws:iam::111122223333:role/Deploy', { auth_type: 'iam' }, {}, 'identity'),
    aws('Deploy'),
    'yes',
  ),
  knock(
    'the same name in another account',
    one('aws', 'arn:aws:iam::111122223333:role/Deploy', { auth_type: 'iam' }, {}, 'identity'),
    aws('Deploy', '999988887777'),
    'no',
  ),
  knock(
    'a star is compared with the path',
    one('aws', 'arn:aws:iam::111122223333:role/path/lambda-*', { auth_type: 'iam' }, {}, 'identity'),
    aws('lambda-a'),
    'yes',
  ),
  knock(
    'an account',
    one('aws', '111122223333', { bound_account_id: ['111122223333'] }, {}, 'account'),
    aws('x'),
    'yes',
  ),
  knock(
    'an instance',
    one('aws', 'arn:aws:iam::111122223333:role/Deploy', { auth_type: 'ec2' }, {}, 'identity'),
    aws('Deploy'),
    'depends',
  ),
  knock(
    'AWS takes no tokens',
    one('aws', 'arn:aws:iam::111122223333:role/Deploy', { auth_type: 'iam' }, {}, 'identity'),
    token(GITHUB, { sub: SUB }),
    'no',
  ),
  knock(
    'an identity of Azure in some group',
    one('azure', 'object-1', { bound_group_ids: ['g'] }),
    { kind: 'principal', id: 'object-1', realm: 't', aliases: [] },
    'depends',
  ),
  knock(
    'a service account of Google',
    one('gcp', 'a@p.iam.gserviceaccount.com', { type: 'iam' }),
    { kind: 'principal', id: '1', realm: 'p', aliases: ['a@p.iam.gserviceaccount.com'] },
    'yes',
  ),
  knock(
    'a certificate',
    one('cert', 'certificates signed by the authority of the role'),
    account('shop', 'web'),
    'depends',
    /certificate/,
  ),
  knock(
    'an AppRole with a secret id lets in nobody by name',
    role('approle', 'r', []),
    account('shop', 'web'),
    'no',
    /secret id/,
  ),
  knock(
    'an AppRole without',
    role('approle', 'r', [], { trusts: [trust('x', { principalType: 'anyone', principal: '*' })] }),
    account('shop', 'web'),
    'depends',
    /role id/,
  ),
  knock('no service', k8s('*/*'), { kind: 'service', name: 'ec2' }, 'no'),

  knock('an entity by the uid of a service account', ENTITY, account('shop', 'web'), 'yes', undefined, [
    k8s('shop/web'),
  ]),
  knock('an entity whose alias no role lets in any more', ENTITY, account('shop', 'web'), 'no', undefined, [
    k8s('data/x'),
  ]),
  knock(
    'an entity made anew under the name has another uid',
    ENTITY,
    account('shop', 'web', 'u-2'),
    'no',
    undefined,
    [k8s('shop/web')],
  ),
  knock('an entity of which no role was seen', ENTITY, account('shop', 'web'), 'depends'),
  knock(
    'an entity by its AppRole',
    entity('e-2', 'ci', [], { trusts: [alias('e-2', 'a', 'approle', 'id', { role_name: 'r' })] }),
    { kind: 'principal', id: roleId('approle', 'r'), realm: 'cluster', aliases: [] },
    'yes',
    undefined,
    [role('approle', 'r', [])],
  ),
  {
    why: 'whose trust was not read whole',
    realm: realmOf([role('kubernetes', 'r', [])], {
      unseen: [{ part: 'trusts', words: 'read auth/<kubernetes>/config was not read whole (denied).' }],
    }),
    who: roleId('kubernetes', 'r'),
    caller: account('a', 'b'),
    answer: 'depends',
  },
  {
    why: 'somebody who is not there',
    realm: realmOf([]),
    who: 'nobody',
    caller: account('a', 'b'),
    answer: 'depends',
  },
]
