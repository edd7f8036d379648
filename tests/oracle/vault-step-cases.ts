// Namespaces with ways to more rights and out of the server, and with what only looks like one.
import type { Held, PrivilegeLevel, Realm } from '@/core/access'
import {
  alias,
  DEFAULT,
  entity,
  issuer,
  nameless,
  path,
  policy,
  realmOf,
  role,
  roleId,
  secret,
  token,
  unread,
  unreadEngine,
} from './vault-world'

export type StepCase = {
  why: string
  realm: Realm
  who: string
  /** `<definition> <target> <answer>`: all of these, and none of those that begin with what `not` says. */
  has?: readonly string[]
  not?: readonly string[]
  level?: readonly [certain: PrivilegeLevel, possible: PrivilegeLevel]
}
const ME = roleId('kubernetes', 'me')
const CI = role('approle', 'ci', [policy('ci', path('kv/data/ci/*', 'read'))])
const BOUND = role('approle', 'bound', [], { tags: { token_bound_cidrs: '10.0.0.0/8' } })
const NIGHTLY = role('token', 'nightly', [policy('ci')], {
  tags: { allowed_policies: 'ci', orphan: 'false' },
})
const LOOSE = role('token', 'loose', [nameless('any that the token which makes it holds')], {
  tags: { allowed_policies: 'any that the token which makes it holds' },
})
const FORBIDDING = role('token', 'most', [nameless('any that the token which makes it holds')], {
  tags: { allowed_policies: 'any that the token which makes it holds', disallowed_policies: 'admin' },
})
const USER = role('userpass', 'ops', [policy('ops', path('kv/*', 'read'))])
const BUILD = entity('e-ci', 'build', [policy('more', path('sys/policies/acl/more', 'update'))], {
  trusts: [alias('e-ci', 'a1', 'approle', 'some-role-id', { role_name: 'ci' })],
})
const OTHERS = [CI, BOUND, NIGHTLY, LOOSE, FORBIDDING, USER]
const THINGS = [
  ...[secret('kv/ci/registry'), secret('kv/prod/db'), issuer('database', 'database', 'orders')],
  ...[issuer('aws', 'aws', 'deploy', 'assumed_role'), issuer('aws', 'aws', 'people', 'iam_user')],
  ...[issuer('pki', 'pki', 'web'), issuer('ssh', 'ssh', 'login', 'ca'), issuer('kubernetes', 'k8s', 'robot')],
  unreadEngine('queue', 'rabbitmq'),
]
type Rest = Omit<StepCase, 'why' | 'realm' | 'who'> & Partial<Realm>
const by = (why: string, held: Held[], { has, not, level, ...realm }: Rest): StepCase => ({
  why,
  realm: realmOf([role('kubernetes', 'me', [DEFAULT, ...held]), ...OTHERS], { things: THINGS, ...realm }),
  who: ME,
  ...(has && { has }),
  ...(not && { not }),
  ...(level && { level }),
})
const app = (...paths: ReturnType<typeof path>[]): Held[] => [policy('app', ...paths)]

export const STEP_CASES: readonly StepCase[] = [
  by('the policy default reaches nothing but the own token', [], { not: ['V'], level: ['none', 'none'] }),
  by('V01 root', [policy('root', path('*', 'root'))], {
    has: ['V01 administrator yes'],
    level: ['administrator', 'administrator'],
  }),
  by('V02 its own policy', app(path('sys/policies/acl/app', 'update')), {
    has: ['V02 administrator yes'],
    level: ['administrator', 'administrator'],
  }),
  by(
    'V02 create is not enough: the server looks for no policy first',
    app(path('sys/policies/acl/app', 'create')),
    { not: ['V02'], level: ['write', 'write'] },
  ),
  by(
    'V02 a policy that it holds and nobody wrote yet',
    [...app(path('sys/policies/acl/gone', 'update')), nameless('gone')],
    { has: ['V02 administrator yes'] },
  ),
  by('V02 a policy of others', app(path('sys/policies/acl/ops', 'update')), {
    has: ['V02-other administrator depends'],
    level: ['write', 'administrator'],
  }),
  by('V03 tokens with any policy', app(path('auth/token/create', 'update sudo')), {
    has: ['V03 administrator yes'],
  }),
  by('V04 tokens with its own policies are no more', app(path('auth/token/create', 'update')), {
    not: ['V0'],
    level: ['write', 'write'],
  }),
  by('V04 nor are orphans', app(path('auth/token/create-orphan', 'update')), { not: ['V0'] }),
  by('V05 a token role that names policies', app(path('auth/token/create/nightly', 'update')), {
    has: [`V05-use ${NIGHTLY.id} yes`],
    not: ['V05-other', 'V05-any'],
  }),
  by(
    'V05 a token role that hands on what its maker holds is no more',
    app(path('auth/token/create/loose', 'update')),
    { not: ['V05'] },
  ),
  by('V05 the same with sudo gives any policy', app(path('auth/token/create/loose', 'update sudo')), {
    has: ['V05-any administrator yes'],
    level: ['escalates', 'escalates'],
  }),
  by(
    'V05 a role that only forbids some gives all others, without sudo',
    app(path('auth/token/create/most', 'update')),
    { has: ['V05-any administrator yes'] },
  ),
  by(
    'V05 a token role that it writes and uses',
    app(path('auth/token/roles/x', 'create update'), path('auth/token/create/x', 'update')),
    { has: ['V05 administrator yes'] },
  ),
  by(
    'V05 a token role that it writes, and the use of another',
    app(path('auth/token/roles/x', 'update'), path('auth/token/create/nightly', 'update')),
    { has: ['V05-change administrator depends', `V05-use ${NIGHTLY.id} yes`], not: ['V05 '] },
  ),
  by('V06 its own role', app(path('auth/kubernetes/role/me', 'update')), {
    has: ['V06-own administrator yes'],
  }),
  by('V06 the password of a user', app(path('auth/userpass/users/ops/password', 'update')), {
    has: [`V06-role ${USER.id} yes`],
    not: ['V06-login'],
  }),
  by('V06 a user', app(path('auth/userpass/users/ops', 'update')), {
    has: [`V06-role ${USER.id} yes`, 'V06-login administrator yes'],
  }),
  by('V06 new users', app(path('auth/userpass/users/+', 'create')), {
    has: ['V06-login administrator yes'],
    not: ['V06-role'],
  }),
  by('V06 a role of another method', app(path('auth/jwt/role/x', 'update')), {
    has: ['V06 administrator depends'],
    not: ['V06-login', 'V06-own'],
  }),
  by(
    'V07 a secret id and the role id',
    app(path('auth/approle/role/ci/secret-id', 'update'), path('auth/approle/role/ci/role-id', 'read')),
    { has: [`V07 ${CI.id} yes`], not: ['V07-part'] },
  ),
  by(
    'V07 a secret id and the role id of another',
    app(path('auth/approle/role/ci/secret-id', 'update'), path('auth/approle/role/bound/role-id', 'read')),
    { has: [`V07-part ${CI.id} depends`], not: ['V07 '] },
  ),
  by(
    'V07 where the role signs in from some addresses only',
    app(path('auth/approle/role/bound/+', 'update read')),
    { has: [`V07 ${BOUND.id} depends`] },
  ),
  by(
    'V07 create makes no secret ids',
    app(path('auth/approle/role/ci/secret-id', 'create'), path('auth/approle/role/ci/role-id', 'read')),
    { not: ['V07'] },
  ),
  by('V08 every entity: its own too', app(path('identity/entity', 'update')), {
    has: ['V08-own administrator yes'],
  }),
  by('V08 one entity by its id', app(path('identity/entity/id/e-9', 'update')), {
    has: ['V08 administrator depends'],
    not: ['V08-own'],
  }),
  by('V08 names of sign-ins', app(path('identity/entity-alias', 'update')), {
    has: ['V08-alias e-ci depends'],
    ...withEntity(),
  }),
  by('V09 login methods without sudo', app(path('sys/auth/*', 'update create')), { not: ['V09'] }),
  by('V09 login methods', app(path('sys/auth/*', 'update sudo')), {
    has: ['V09-auth administrator depends'],
  }),
  by(
    'V09 login methods and users there',
    app(path('sys/auth/*', 'update sudo'), path('auth/+/users/*', 'create')),
    { has: ['V09 administrator yes'] },
  ),
  by('V09 engines need no sudo', app(path('sys/mounts/*', 'update')), {
    has: ['V09-mounts administrator depends'],
  }),
  by('V09 audit devices hide, and give nothing', app(path('sys/audit/*', 'delete sudo')), { not: ['V09'] }),
  by('V10 everything below sys', app(path('sys/*', 'create update')), {
    has: ['V10 administrator yes', 'V02 administrator yes'],
  }),
  by('V11 a database', app(path('database/creds/orders', 'read')), {
    has: ['V11 database_1/roles/orders yes'],
    level: ['sensitive', 'sensitive'],
  }),
  by('V11 its role can be read, and gives no credentials', app(path('database/roles/*', 'read')), {
    not: ['V11'],
    level: ['read', 'read'],
  }),
  by('V11 a role of AWS at either path', app(path('aws/sts/deploy', 'update')), {
    has: ['V11 aws_1/roles/deploy yes'],
  }),
  by('V11 users of AWS are not made at sts', app(path('aws/sts/+', 'read')), {
    has: ['V11 aws_1/roles/deploy yes'],
    not: ['V11 aws_1/roles/people'],
  }),
  by('V11 certificates are asked for by writing', app(path('pki/issue/web', 'read')), { not: ['V11'] }),
  by('V11 a certificate', app(path('pki/sign/web', 'update')), { has: ['V11 pki_1/roles/web yes'] }),
  by('V11 any certificate', app(path('pki/sign-verbatim', 'update')), { has: ['V11-sign more depends'] }),
  by('V11 an SSH key', app(path('ssh/sign/+', 'update')), { has: ['V11 ssh_1/roles/login yes'] }),
  by('V11 a token of a service account', app(path('k8s/creds/robot', 'update')), {
    has: ['V11 kubernetes_1/roles/robot yes'],
  }),
  by('V11 an engine whose roles are not read', app(path('queue/creds/app', 'read')), {
    has: ['V11-engine rabbitmq_9 depends'],
    level: ['read', 'sensitive'],
  }),
  by('V11 keys of transit', app(path('transit/export/signing-key/a', 'read')), {
    has: ['V11-transit more depends'],
  }),
  by('V11 a role that is not there is not made up', app(path('database/creds/other', 'read')), {
    not: ['V11', 'V20'],
    level: ['read', 'read'],
  }),
  by('V11 unless roles were not read whole', app(path('database/creds/other', 'read')), {
    has: ['V20-unseen more depends'],
    unseen: [{ part: 'things', words: 'list <database>/roles was not read whole (denied).' }],
  }),
  by('V20 a secret', app(path('kv/data/ci/*', 'read')), {
    has: ['V20 kv_1/ci/registry yes'],
    not: ['V20 kv_1/prod/db'],
  }),
  by('V20 but one that is denied', app(path('kv/data/*', 'read'), path('kv/data/prod/+', 'deny')), {
    has: ['V20 kv_1/ci/registry yes'],
    not: ['V20 kv_1/prod'],
  }),
  by('V20 metadata is no secret', app(path('kv/metadata/*', 'read list')), {
    not: ['V20'],
    level: ['read', 'read'],
  }),
  by('V20 writing a secret is not reading it', app(path('kv/data/ci/registry', 'create update')), {
    not: ['V20'],
    level: ['write', 'write'],
  }),
  by('V22 what could not be read may allow anything', [unread('hidden')], {
    has: ['V22 administrator depends'],
    level: ['none', 'administrator'],
  }),
  {
    why: 'V21 a role whose sign-ins are an entity',
    realm: realmOf([CI, BUILD]),
    who: CI.id,
    has: ['V21 e-ci yes'],
  },
  { why: 'V21 another role is not', realm: realmOf([CI, BOUND, BUILD]), who: BOUND.id, not: ['V21'] },
  {
    why: 'V08 an entity by its own name',
    realm: realmOf([entity('e-5', 'eve', app(path('identity/entity/name/eve', 'update')))]),
    who: 'e-5',
    has: ['V08-own administrator yes'],
  },
  {
    why: 'V08 its own group',
    realm: realmOf([
      entity(
        'e-5',
        'eve',
        app(path('identity/group/name/ops', 'update')).map((one) => ({ ...one, via: 'group ops' })),
      ),
    ]),
    who: 'e-5',
    has: ['V08-own administrator yes'],
  },
  {
    why: 'V08 a token without an entity has none of its own',
    realm: realmOf([token('t', app(path('identity/entity', 'update')))]),
    who: 't',
    has: ['V08 administrator depends'],
    not: ['V08-own'],
  },
]

function withEntity(): Partial<Realm> {
  return {
    principals: [
      role('kubernetes', 'me', [DEFAULT, ...app(path('identity/entity-alias', 'update'))]),
      CI,
      BUILD,
    ],
  }
}
