// How roles of any auth method are read: the mounts of its type, the list of each, and each role by its name.
import type { Stream } from '@/core/connector'
import { known, unknown, type Fact } from '@/core/fact'
import type { IdentityClass, Kind, Observation } from '@/core/observation'
import type { z } from 'zod'
import type { CallName } from './calls'
import { Asker, authMounts, lookAt, type Look, type Mount } from './look'
import {
  grantsOf,
  policiesOf,
  roleId,
  roleIdentity,
  rolePath,
  sessionSeconds,
  tagsOf,
  tokenTags,
} from './observed'
import type { TokenFields } from './shapes'
import { Keys } from './values'

type RoleAt<R, C> = { look: Look; mount: Mount; id: string; name: string; role: R; context: C }
export type Classified = { class: IdentityClass; classReason: string; classUnseen?: true }

type Method<R extends TokenFields, C> = {
  /** The type of mount, and what the path of a role is made of: `auth/<mount>/<folder>/<name>`. */
  mountType: string
  folder: 'role' | 'users' | 'certs'
  type: string
  list: CallName
  read: CallName
  shape: z.ZodType<R>
  /** Whether nothing but what it is bound to proves who signs in. */
  keyless: boolean
  /** What cannot be decided because the role could not be read is marked so. */
  classify: (name: string, role: Fact<R>) => Classified
  /** Settings of a role, beyond those all roles have. */
  tags?: (role: R) => Record<string, string>
  /** What has to be known of the mount before it can be told whom a role lets in. */
  prepare?: (look: Look, mount: Mount) => Promise<Fact<C>>
  /** Whom the role lets in. */
  trust?: (at: RoleAt<R, C>) => Iterable<Observation>
  /** What is there as soon as the role is. */
  also?: (at: { id: string; mount: Mount; name: string }) => Iterable<Observation>
  kinds: readonly Kind[]
}

export const loginRoles = <R extends TokenFields, C = undefined>(method: Method<R, C>): Stream => ({
  kinds: method.kinds,
  async *collect(at) {
    const look = await lookAt(at)
    for (const mount of await authMounts(look))
      if (mount.type === method.mountType) yield* rolesOf(look, mount, method)
  },
})

async function* rolesOf<R extends TokenFields, C>(
  look: Look,
  mount: Mount,
  method: Method<R, C>,
): AsyncGenerator<Observation> {
  const at = { ns: look.ns, mount: mount.path }
  const listed = await look.session.ask(method.list, at, Keys)
  look.lacking(method.kinds, listed)
  if (listed.state !== 'known') return
  const context: Fact<C> = method.prepare
    ? await method.prepare(look, mount)
    : known(undefined as C, method.list)
  const asker = new Asker(look.session, method.read)
  for (const name of [...listed.value.keys].sort()) {
    const role = await asker.ask({ ...at, name }, method.shape)
    if (role.state !== 'absent') yield* roleRows(look, mount, method, { name, role, context })
  }
}

function* roleRows<R extends TokenFields, C>(
  look: Look,
  mount: Mount,
  method: Method<R, C>,
  { name, role, context }: { name: string; role: Fact<R>; context: Fact<C> },
): Generator<Observation> {
  const { folder, type, read, keyless } = method
  const id = roleId(mount, folder, name)
  const seconds: Fact<number> = role.state === 'known' ? sessionSeconds(role.value, mount, read) : role
  yield roleIdentity({
    id,
    path: rolePath(mount, folder, name),
    name,
    type,
    ...method.classify(name, role),
    scope: look.scope.nativeId,
    source: read,
    tags: tagsOf(role, (known) => ({ ...tokenTags(known), ...method.tags?.(known) })),
    maxSessionSeconds: seconds,
    ...(keyless && { keyless }),
  })
  yield* method.also?.({ id, mount, name }) ?? []
  if (role.state !== 'known') {
    look.lacking(
      method.kinds.filter((kind) => kind === 'trust' || kind === 'grant'),
      role,
    )
    return
  }
  yield* grantsOf(id, policiesOf(role.value))
  if (!method.trust) return
  if (context.state === 'known')
    yield* method.trust({ look, mount, id, name, role: role.value, context: context.value })
  else look.lacking(['trust'], lackOf(context))
}

const lackOf = <T>(fact: Fact<T>): Fact<never> =>
  fact.state === 'unknown'
    ? fact
    : unknown('not-offered', fact.source, 'the auth method is not configured: it lets nobody in')
