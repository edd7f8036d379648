// EC2 instances that an instance profile gives a role, in every region that is on. What they are started with (user data) is
// not in the answer and is never asked for.
import type { Stream } from '@/core/connector'
import { mapFact, type Fact } from '@/core/fact'
import type { Observation } from '@/core/observation'
import type { Session } from '@/core/session'
import { instanceWorkload } from './map-workload'
import { following, pageOf, tokenPageOf } from './page'
import type { WorkloadPermissionName } from './permissions'
import { inEveryRegion, type RegionLook } from './regions'
import { InstanceProfile } from './shapes'
import { Reservation } from './shapes-workloads'

const KINDS = ['workload'] as const
const LIST = 'ec2:DescribeInstances' satisfies WorkloadPermissionName
const PROFILES = 'iam:ListInstanceProfiles'
const PAGE = 1000
const PAGES = {
  reservations: tokenPageOf('Reservations', 'NextToken', Reservation),
  profiles: pageOf('InstanceProfiles', InstanceProfile.pick({ InstanceProfileId: true, Roles: true })),
}
/** It is shown for about an hour after it is gone for ever. */
const ENDED = 'terminated'

/** Roles by the unique id of the profile: one that is made anew under the same name is not the one the instance has. */
type Profiles = ReadonlyMap<string, string[]>
async function profilesOf(session: Session): Promise<Fact<Profiles>> {
  const pages = await session.gather(PROFILES, { MaxItems: PAGE }, PAGES.profiles, { next: following })
  return mapFact(
    pages,
    (known) =>
      new Map(
        known.flatMap(({ items }) =>
          items.map(({ InstanceProfileId, Roles }) => [InstanceProfileId, Roles.map(({ RoleId }) => RoleId)]),
        ),
      ),
  )
}

export const instances: Stream = {
  kinds: KINDS,
  collect(at) {
    let listed: Promise<Fact<Profiles>> | undefined
    const profiles = () => (listed ??= profilesOf(at.session))
    return inEveryRegion(at, {
      kinds: KINDS,
      service: 'ec2',
      read: (look, region) => readRegion(look, region, profiles),
    })
  },
}

async function* readRegion(
  look: RegionLook<'workload'>,
  region: string,
  profiles: () => Promise<Fact<Profiles>>,
): AsyncGenerator<Observation> {
  const { session, lacking, scope } = look.at
  const params = { region, MaxResults: PAGE }
  const listed = await session.gather(LIST, params, PAGES.reservations, { next: following })
  if (listed.state !== 'known') return look.lack(KINDS, listed, region)
  const placed = { account: scope.nativeId, region, source: LIST }
  const reservations = listed.value.flatMap(({ items }) => items)
  for (const instance of reservations.flatMap(({ Instances }) => Instances)) {
    if (!instance.IamInstanceProfile || instance.State.Name === ENDED) continue
    const roles = await profiles()
    if (roles.state !== 'known') return lacking(KINDS, roles)
    yield instanceWorkload(instance, roles.value.get(instance.IamInstanceProfile.Id) ?? [], placed)
  }
}
