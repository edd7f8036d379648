// Entities: the server's own account of whoever signs in, with the aliases they sign in by and the groups they are in.
import type { Stream } from '@/core/connector'
import { mapFact, unknown, type Fact } from '@/core/fact'
import type { Observation } from '@/core/observation'
import type { CallName } from './calls'
import type { Cluster } from './clusters'
import { clusterOf, jwtConfigOf } from './collect-roles'
import { Asker, authMounts, lookAt, type Look, type Mount } from './look'
import { aliasTrust, entityIdentity } from './map-entity'
import { issuerOf } from './map-jwt'
import { ownerHints } from './map-owner'
import { grantsOf, withDefault } from './observed'
import { Entity, EntityKeys, Group, type Alias } from './shapes'
import { Keys } from './values'

const LIST: CallName = 'list identity/entity/id'
const READ: CallName = 'read identity/entity/id/+'
const GROUPS: CallName = 'list identity/group/id'
const GROUP: CallName = 'read identity/group/id/+'
const KINDS = ['identity', 'trust', 'grant', 'owner-hint'] as const
const FROM_ENTITY = ['trust', 'grant', 'owner-hint'] as const

type Groups = ReadonlyMap<string, Fact<Group>>

/** What a group hands to its members. External groups are filled at each sign-in, so their members are of that moment. */
async function readGroups(look: Look): Promise<Groups> {
  const groups = new Map<string, Fact<Group>>()
  const listed = await look.session.ask(GROUPS, { ns: look.ns }, Keys)
  look.lacking(['grant'], listed)
  if (listed.state !== 'known') return groups
  const asker = new Asker(look.session, GROUP)
  for (const id of [...listed.value.keys].sort()) {
    const group = await asker.ask({ ns: look.ns, name: id }, Group)
    look.lacking(['grant'], group)
    if (group.state !== 'absent') groups.set(id, group)
  }
  return groups
}

/** What aliases are named after, asked once for each mount that has any. */
class Naming {
  private readonly clusters = new Map<string, Promise<Fact<Cluster>>>()
  private readonly issuers = new Map<string, Promise<Fact<string>>>()

  constructor(private readonly look: Look) {}

  cluster(mount: Mount): Promise<Fact<Cluster>> {
    const held = this.clusters.get(mount.accessor) ?? clusterOf(this.look, mount)
    this.clusters.set(mount.accessor, held)
    return held
  }
  issuer(mount: Mount): Promise<Fact<string>> {
    const held = this.issuers.get(mount.accessor) ?? this.ask(mount)
    this.issuers.set(mount.accessor, held)
    return held
  }
  private async ask(mount: Mount): Promise<Fact<string>> {
    return mapFact(await jwtConfigOf(this.look, mount), issuerOf)
  }
}

async function* aliasRows(
  look: Look,
  entity: Entity,
  mounts: readonly Mount[],
  naming: Naming,
): AsyncGenerator<Observation> {
  for (const alias of entity.aliases) {
    const mount = mounts.find(({ accessor }) => accessor === alias.mount_accessor)
    if (!mount) continue
    const where = { name: 'an alias', id: `alias/${alias.id}/` }
    yield* ownerHints(entity.id, alias.metadata, where)
    const at = { look, entity: entity.id, alias, mount }
    if (mount.type === 'kubernetes') {
      const cluster = await naming.cluster(mount)
      if (cluster.state === 'known') yield aliasTrust({ ...at, cluster: cluster.value })
      else look.lacking(['trust'], cluster)
    } else if (mount.type === 'jwt') {
      const issuer = await naming.issuer(mount)
      if (issuer.state === 'unknown') look.lacking(['trust'], issuer)
      else yield aliasTrust({ ...at, ...(issuer.state === 'known' && { issuer: issuer.value }) })
    } else yield aliasTrust(at)
  }
}

function* groupGrants(look: Look, { id, group_ids }: Entity, groups: Groups): Generator<Observation> {
  // The server counts the groups of its groups in.
  for (const groupId of [...group_ids].sort()) {
    const group = groups.get(groupId)
    if (group?.state === 'known')
      yield* grantsOf(id, withDefault(group.value.policies ?? [], false), {
        id: groupId,
        name: group.value.name,
      })
    else
      look.lacking(
        ['grant'],
        group ?? unknown('not-collected', GROUPS, 'a group of an entity was not among the groups'),
      )
  }
}

export const entities: Stream = {
  kinds: KINDS,
  async *collect(at) {
    const look = await lookAt(at)
    const mounts = await authMounts(look)
    const { keys, key_info } = await look.session.call(LIST, { ns: look.ns }, EntityKeys)
    const groups = await readGroups(look)
    const naming = new Naming(look)
    const asker = new Asker(look.session, READ)
    for (const id of [...keys].sort()) {
      const entity = await asker.ask({ ns: look.ns, name: id }, Entity)
      if (entity.state === 'absent') continue
      const listed = key_info[id]
      const aliases: readonly Alias[] = listed?.aliases ?? []
      yield entityIdentity({ id, name: listed?.name ?? id, types: typesOf(aliases, mounts), entity })
      if (entity.state !== 'known') {
        look.lacking(FROM_ENTITY, entity)
        continue
      }
      yield* grantsOf(id, withDefault(entity.value.policies, false))
      yield* groupGrants(look, entity.value, groups)
      yield* ownerHints(id, entity.value.metadata, { name: 'the entity', id: '' })
      yield* aliasRows(look, entity.value, mounts, naming)
    }
  },
}

/** How it signs in, by the types of the mounts its aliases are on. */
const typesOf = (aliases: readonly Alias[], mounts: readonly Mount[]): string[] => [
  ...new Set(
    aliases.map(
      ({ mount_accessor, mount_type }) =>
        mounts.find(({ accessor }) => accessor === mount_accessor)?.type ?? mount_type ?? '',
    ),
  ),
]
