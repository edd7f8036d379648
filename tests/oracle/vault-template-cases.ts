// Policies whose paths have templates, with what the server makes of them for one holder.
import { of, type CanCase } from './vault-case'
import { alias, DEFAULT, entity, path, policy, realmOf, role, roleId, token } from './vault-world'

const TEMPLATED = policy(
  'tpl',
  path('kv/data/{{identity.entity.name}}/*', 'read'),
  path('kv/data/m/{{identity.entity.metadata.team}}', 'read'),
)
const BY_ALIAS = policy('tpl', path('kv/data/{{identity.entity.aliases.auth_userpass_1.name}}', 'read'))
const ANA = entity('e-1', 'ana', [TEMPLATED], {
  tags: { team: 'red' },
  trusts: [alias('e-1', 'al-1', 'userpass', 'ana-login')],
})
/** templating.go; a token without an entity loses the rule (tried with OpenBao 2.7.2). */
export const TEMPLATE_CASES: readonly CanCase[] = [
  of('the name of the entity', realmOf([ANA]), 'e-1', 'read kv/data/ana/x', 'yes'),
  of('the name of another', realmOf([ANA]), 'e-1', 'read kv/data/bob/x', 'no'),
  of('metadata that it has', realmOf([ANA]), 'e-1', 'read kv/data/m/red', 'yes'),
  of(
    'metadata that it has not: the rule is left out',
    realmOf([{ ...ANA, tags: {} }]),
    'e-1',
    'read kv/data/m/red',
    'no',
  ),
  of(
    'metadata that could not be read',
    realmOf([{ ...ANA, tags: undefined } as never]),
    'e-1',
    'read kv/data/m/red',
    'depends',
  ),
  of(
    'a name with a slash: OpenBao refuses all its policies',
    realmOf([{ ...ANA, name: 'a/b' }]),
    'e-1',
    'read kv/data/m/red',
    'depends',
    /special/,
  ),
  of(
    'a name with a slash: Vault takes it',
    realmOf([{ ...ANA, name: 'a/b' }], { type: 'vault.cluster' }),
    'e-1',
    'read kv/data/a/b/x',
    'yes',
  ),
  of(
    'a name with a star would be a pattern',
    realmOf([{ ...ANA, name: '*' }], { type: 'vault.cluster' }),
    'e-1',
    'read kv/data/bob/x',
    'depends',
  ),
  of(
    'whose sign-in a role is is not known',
    realmOf([role('kubernetes', 'k', [TEMPLATED])]),
    roleId('kubernetes', 'k'),
    'read kv/data/ana/x',
    'depends',
  ),
  of(
    'a user whose entity is known by its alias',
    realmOf([role('userpass', 'ana-login', [BY_ALIAS]), ANA]),
    roleId('userpass', 'ana-login'),
    'read kv/data/ana-login',
    'yes',
  ),
  of('a token without an entity', realmOf([token('t-1', [TEMPLATED])]), 't-1', 'read kv/data/ana/x', 'no'),
  of(
    'an alias on a method where it has none',
    realmOf([
      role('userpass', 'ana-login', []),
      {
        ...ANA,
        held: [policy('tpl', path('kv/data/{{identity.entity.aliases.auth_other_1.name}}', 'read'))],
      },
    ]),
    'e-1',
    'read kv/data/x',
    'no',
  ),
  of(
    'the same where aliases were not read whole',
    realmOf(
      [
        {
          ...ANA,
          held: [policy('tpl', path('kv/data/{{identity.entity.aliases.auth_other_1.name}}', 'read'))],
        },
      ],
      { unseen: [{ part: 'trusts', words: 'read identity/entity/id/+ was not read whole (denied).' }] },
    ),
    'e-1',
    'read kv/data/x',
    'depends',
  ),
  of(
    'policies by a group count, and are named so',
    realmOf([entity('e-2', 'bob', [{ ...policy('g', path('kv/a', 'read')), via: 'group ops' }])]),
    'e-2',
    'read kv/a',
    'yes',
    /group ops/,
  ),
  of(
    'what is said of the own entity by its id',
    realmOf([entity('e-3', 'eve', [DEFAULT])]),
    'e-3',
    'read identity/entity/id/e-3',
    'yes',
  ),
]
