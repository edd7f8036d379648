// Secret ids of AppRoles, by their accessors. The secret id itself is never in an answer.
import type { Stream } from '@/core/connector'
import { absent, answer, known, unknown, type Fact } from '@/core/fact'
import type { Observation, Of } from '@/core/observation'
import type { CallName } from './calls'
import { Asker, authMounts, lookAt, type Look, type Mount } from './look'
import { ownerHints } from './map-owner'
import { NO_USE, roleId } from './observed'
import { SecretId } from './shapes'
import { Keys } from './values'

const ROLES: CallName = 'list auth/<approle>/role'
const LIST: CallName = 'list auth/<approle>/role/+/secret-id'
const LOOKUP: CallName = 'update auth/<approle>/role/+/secret-id-accessor/lookup'
const KINDS = ['credential', 'owner-hint'] as const

/** One that may be used only so often is written down anew with each use. */
function lastUse(secretId: SecretId): Fact<string> {
  const { secret_id_num_uses, last_updated_time, creation_time } = secretId
  if (!secret_id_num_uses)
    return unknown('not-offered', LOOKUP, 'only the use of secret ids with a limited number of uses is noted')
  if (last_updated_time === null || last_updated_time === creation_time)
    return absent(LOOKUP, 'it was never used')
  return known(last_updated_time, LOOKUP)
}
const pick = <T>(fact: Fact<SecretId>, of: (secretId: SecretId) => Fact<T>): Fact<T> =>
  fact.state === 'known' ? of(fact.value) : fact

/** A secret that both sides hold and that stays the same until somebody makes a new one: a password, by its nature. */
export const secretIdRow = (
  role: string,
  name: string,
  accessor: string,
  found: Fact<SecretId>,
): Of<'credential'> => ({
  kind: 'credential',
  nativeId: `${role}/secret-id/${accessor}`,
  identity: known(role, LIST),
  type: 'vault.secret-id',
  form: 'password',
  name: `Secret id ${accessor} of ${name}`,
  createdAt: pick(found, (one) => answer(one.creation_time, LOOKUP)),
  rotatedAt: absent(LIST, 'its value never changes; its age counts from its creation'),
  expiresAt: pick(found, (one) => answer(one.expiration_time, LOOKUP, 'it never ends')),
  lastUsedAt: pick(found, lastUse),
  lastUsedWhere: unknown('not-offered', LIST, NO_USE),
  enabled: known(true, LIST),
})

type RoleOf = { look: Look; mount: Mount; name: string; lookup: Asker }

async function* secretIdsOf(
  { look, mount, name, lookup }: RoleOf,
  keys: readonly string[],
): AsyncGenerator<Observation> {
  const most = look.connection.limits.secretIdsMax
  const accessors = [...keys].sort()
  if (accessors.length > most)
    look.lacking(KINDS, unknown('limited', LIST, `an AppRole has more than ${most} secret ids`))
  const role = roleId(mount, 'role', name)
  for (const accessor of accessors.slice(0, most)) {
    const params = { ns: look.ns, mount: mount.path, name, id: accessor }
    const found = await lookup.ask(params, SecretId)
    if (found.state === 'absent') continue
    yield secretIdRow(role, name, accessor, found)
    if (found.state === 'known')
      yield* ownerHints(role, found.value.metadata, { name: 'a secret id', id: `secret-id/${accessor}/` })
    else look.lacking(['owner-hint'], found)
  }
}

export const secretIds: Stream = {
  kinds: KINDS,
  async *collect(at) {
    const look = await lookAt(at)
    for (const mount of await authMounts(look)) {
      if (mount.type !== 'approle') continue
      const of = { ns: look.ns, mount: mount.path }
      const roles = await look.session.ask(ROLES, of, Keys)
      look.lacking(KINDS, roles)
      if (roles.state !== 'known') continue
      const lists = new Asker(look.session, LIST)
      const lookup = new Asker(look.session, LOOKUP)
      for (const name of [...roles.value.keys].sort()) {
        const keys = await lists.ask({ ...of, name }, Keys)
        look.lacking(KINDS, keys)
        if (keys.state === 'known') yield* secretIdsOf({ look, mount, name, lookup }, keys.value.keys)
      }
    }
  },
}
