// Which role an ARN means now: roles are listed once for a stream, when the first thing that runs as one is met.
import type { Fact } from '@/core/fact'
import { mapFact } from '@/core/fact'
import type { Session } from '@/core/session'
import { LIST_ROLES } from './map-identity'
import { following, pageOf } from './page'
import { RunRole } from './shapes-workloads'

const RolePage = pageOf('Roles', RunRole)
const ROLES_PAGE = 1000

/** Unique ids by ARN. */
export type RoleIds = ReadonlyMap<string, string>

export function roleIds(session: Session): () => Promise<Fact<RoleIds>> {
  let listed: Promise<Fact<RoleIds>> | undefined
  return () => (listed ??= list(session))
}

async function list(session: Session): Promise<Fact<RoleIds>> {
  const pages = await session.gather(LIST_ROLES, { MaxItems: ROLES_PAGE }, RolePage, { next: following })
  return mapFact(
    pages,
    (known) => new Map(known.flatMap(({ items }) => items.map(({ Arn, RoleId }) => [Arn, RoleId]))),
  )
}
