// The streams of what runs as a role, in every region that is on: what a region is asked is theirs, the rest is the same for all.
import type { Stream } from '@/core/connector'
import type { Fact } from '@/core/fact'
import type { Observation } from '@/core/observation'
import { inEveryRegion, type RegionLook } from './regions'
import { roleIds, type RoleIds } from './role-ids'

export const KINDS = ['workload'] as const

/** One look at one region. */
export type RegionOfWorkloads = {
  look: RegionLook<'workload'>
  region: string
  /** Roles are listed when the first thing that runs as one is met. */
  roles: () => Promise<Fact<RoleIds>>
  /** What is refused costs this region. */
  lack: (refusal: Fact<unknown>) => void
}

type Workloads = {
  /** As ARNs name it: native ids of its rows begin so. */
  service: string
  read: (region: RegionOfWorkloads) => AsyncGenerator<Observation>
}

export const roleWorkloads = ({ service, read }: Workloads): Stream => ({
  kinds: KINDS,
  collect(at) {
    const roles = roleIds(at.session)
    return inEveryRegion(at, {
      kinds: KINDS,
      service,
      read: (look, region) =>
        read({ look, region, roles, lack: (refusal) => look.lack(KINDS, refusal, region) }),
    })
  },
})

/** Rows of what was found. Without the roles it would seem to run as none: then nothing is known of any region. */
export async function* withRoles<T>(
  { look, roles }: RegionOfWorkloads,
  found: readonly T[],
  toRow: (one: T, ids: RoleIds) => Observation,
): AsyncGenerator<Observation> {
  if (!found.length) return
  const ids = await roles()
  if (ids.state !== 'known') return look.at.lacking(KINDS, ids)
  yield* found.map((one) => toRow(one, ids.value))
}
