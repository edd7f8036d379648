// What runs as an identity: machines, functions, jobs. One may use a second identity, its neighbour.
import { known } from '@/core/fact'
import type { Observation } from '@/core/observation'
import { instantBefore } from './calendar'
import { below, mix, share } from './hash'
import { hex8 } from './hex'
import { memberAt, nameOf, type Member } from './member'

const Salt = { has: 0xd1, type: 0xd2, second: 0xd3, id: 0xd4 } as const
const SECOND_SHARE = 0.1
const TYPES = {
  account: ['estate.machine', 'estate.function', 'estate.job', 'estate.function'],
  cluster: ['estate.deployment', 'estate.deployment', 'estate.cluster-job'],
} as const
const SOURCE = 'estate:ListWorkloads'

/** Adds the workload that runs as the identity, if one does. It outlives an identity that is made again. */
export function addWorkload(rows: Observation[], member: Member, day: number): void {
  const { key, place, slot, sort } = member
  if (share(mix(key, Salt.has)) >= sort.workloads) return
  const types = TYPES[place.kind]
  const type = types[below(mix(key, Salt.type), types.length)]!
  const name = `${nameOf(member)}-run`
  const neighbour =
    slot > 0 && share(mix(key, Salt.second)) < SECOND_SHARE ? memberAt(place, slot - 1, day) : undefined
  rows.push({
    kind: 'workload',
    nativeId: `${hex8(mix(key, Salt.id))}-${place.hex}-${hex8(slot)}-run`,
    aliases: [`estate:${place.kind}:${place.nativeId}:workload/${name}`],
    type,
    name,
    uses: neighbour ? [member.id, neighbour.id] : [member.id],
    // It came with the slot: a new identity under the old name changes what it uses, not when it was made.
    createdAt: known(instantBefore(-below(key, 1000), key), SOURCE),
  })
}
