// Looks at every region that is on, one after the other. What one region refuses costs that region; one that is turned off
// cannot be looked at, and what was seen in it before stays.
import type { StreamAt } from '@/core/connector'
import { unknown, type Fact, type Unknown } from '@/core/fact'
import type { Kind, Observation } from '@/core/observation'
import { following, tokenPageOf } from './page'
import { Region } from './shapes-clusters'

const REGIONS = 'account:ListRegions'
/** The most that the listing gives at a time. */
const REGIONS_PAGE = 50
const RegionPage = tokenPageOf('Regions', 'NextToken', Region)
/** Those that are being turned on or off are asked too: what is in them is there, and a refusal says that it was not seen. */
const OFF = 'DISABLED'
/** So many regions are named in one sentence. */
const NAMED_MAX = 5

/** One look at all regions: what they refused, by kind. */
export class RegionLook<K extends Kind> {
  private readonly refused = new Map<K, { first: Unknown; regions: Set<string> }>()
  /** The settings do not want it: no other region is asked. */
  leftOut = false

  constructor(
    readonly at: StreamAt,
    readonly kinds: readonly K[],
  ) {}

  lack(kinds: readonly K[], refusal: Fact<unknown>, region: string): void {
    if (refusal.state !== 'unknown') return
    if (refusal.why === 'left-out') {
      this.leftOut = true
      return this.at.lacking(kinds, refusal)
    }
    for (const kind of kinds) {
      const before = this.refused.get(kind) ?? { first: refusal, regions: new Set() }
      before.regions.add(region)
      this.refused.set(kind, before)
    }
  }

  /** Says once for each kind what is lacking, and where. */
  conclude(): void {
    for (const [kind, { first, regions }] of this.refused) {
      const detail = `${first.detail ?? 'There was no answer.'} Region: ${few([...regions])}.`
      this.at.lacking([kind], unknown(first.why, first.source, detail))
    }
  }
}

/** Partitions whose regions can be told by their names; all others are regions of `aws`. */
const PARTITIONS: readonly (readonly [beginning: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['eusc-', 'aws-eusc'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['us-isof-', 'aws-iso-f'],
  ['eu-isoe-', 'aws-iso-e'],
]
const partitionOf = (region: string): string =>
  PARTITIONS.find(([beginning]) => region.startsWith(beginning))?.[1] ?? 'aws'
/** How the ARN of everything begins that a service keeps in a region. */
export const arnIn = (region: string, service: string): string =>
  `arn:${partitionOf(region)}:${service}:${region}:`

const few = (names: readonly string[]): string => {
  const more = names.length - NAMED_MAX
  return `${names.slice(0, NAMED_MAX).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

type Where<K extends Kind> = {
  kinds: readonly K[]
  /** As ARNs name it: native ids of its rows have to begin so. */
  service: string
  read: (look: RegionLook<K>, region: string) => AsyncGenerator<Observation>
}

export async function* inEveryRegion<K extends Kind>(
  at: StreamAt,
  { kinds, service, read }: Where<K>,
): AsyncGenerator<Observation> {
  const regions = await at.session.gather(REGIONS, { MaxResults: REGIONS_PAGE }, RegionPage, {
    next: following,
  })
  if (regions.state !== 'known') return at.lacking(kinds, regions)
  const look = new RegionLook(at, kinds)
  const all = regions.value.flatMap(({ items }) => items)
  // Every one of them is asked, however many refuse: a policy that forbids most regions lets in the few that are used.
  for (const region of namesOf(all, (status) => status !== OFF)) {
    yield* read(look, region)
    if (look.leftOut) return
  }
  leaveOff(
    look,
    service,
    namesOf(all, (status) => status === OFF),
  )
  look.conclude()
}

/** AWS keeps what is in a region that is turned off, and tells nobody of it. */
function leaveOff<K extends Kind>(
  { at, kinds }: RegionLook<K>,
  service: string,
  regions: readonly string[],
): void {
  if (!regions.length) return
  const detail = `These regions are turned off in the account, and what was seen there before cannot be looked at: ${few(regions)}. Turn on the one that was in use: a look then says what is left of it.`
  at.unlooked(
    kinds,
    regions.map((region) => arnIn(region, service)),
    unknown('unreachable', REGIONS, detail),
  )
}

const namesOf = (regions: readonly Region[], has: (status: string) => boolean): string[] =>
  [
    ...new Set(
      regions.flatMap(({ RegionName, RegionOptStatus }) => (has(RegionOptStatus ?? '') ? [RegionName] : [])),
    ),
  ].sort()
