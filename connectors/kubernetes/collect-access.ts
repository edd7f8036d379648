// What roles allow, and who holds them.
import type { Stream, StreamAt } from '@/core/connector'
import { valueOf } from '@/core/fact'
import type { Kind, Observation } from '@/core/observation'
import { gather, tryList } from './list'
import { grants, named, type AccountIds } from './map-bindings'
import { subjectOf } from './map-joins'
import { entitlement } from './map-roles'
import { LIST } from './permissions'
import { placeOf } from './place'
import { Binding, Role, ServiceAccount } from './shapes'

const ROLE_KINDS = ['entitlement'] as const satisfies readonly Kind[]
export const roles: Stream = {
  kinds: ROLE_KINDS,
  async *collect(at) {
    const { params } = placeOf(at.scope)
    const own = await tryList(at, { permission: LIST.roles, params, item: Role, kinds: ROLE_KINDS })
    at.lacking(ROLE_KINDS, own)
    if (own.state === 'known') for await (const role of own.value) yield entitlement(role)
    // All of them at once: an aggregated role is made of the others.
    const all = await gather(at, { permission: LIST.clusterRoles, params, item: Role, kinds: ROLE_KINDS })
    at.lacking(ROLE_KINDS, all)
    for (const role of valueOf(all) ?? []) yield entitlement(role, valueOf(all))
  },
}

const BINDING_KINDS = ['grant', 'identity'] as const satisfies readonly Kind[]
export const bindings: Stream = {
  kinds: BINDING_KINDS,
  async *collect(at) {
    const accounts = await accountIds(at)
    const seen = new Set<string>()
    for (const permission of [LIST.roleBindings, LIST.clusterRoleBindings])
      yield* ofList(at, permission, accounts, seen)
  },
}

async function accountIds(at: StreamAt): Promise<AccountIds> {
  const { params } = placeOf(at.scope)
  const listed = await gather(at, {
    permission: LIST.serviceAccounts,
    params,
    item: ServiceAccount,
    kinds: ['grant'],
  })
  at.lacking(['grant'], listed)
  return valueOf(listed) && accountMap(valueOf(listed) ?? [])
}
export const accountMap = (accounts: readonly ServiceAccount[]): ReadonlyMap<string, string> =>
  new Map(accounts.map(({ metadata: m }) => [subjectOf(m.namespace, m.name), m.uid]))

async function* ofList(
  at: StreamAt,
  permission: string,
  accounts: AccountIds,
  seen: Set<string>,
): AsyncGenerator<Observation> {
  const { params, uid } = placeOf(at.scope)
  const listed = await tryList(at, { permission, params, item: Binding, kinds: BINDING_KINDS })
  at.lacking(BINDING_KINDS, listed)
  if (listed.state !== 'known') return
  for await (const binding of listed.value) {
    for (const identity of named(binding, uid)) {
      if (seen.has(identity.nativeId)) continue
      seen.add(identity.nativeId)
      yield identity
    }
    yield* grants(binding, accounts)
  }
}
