// What caps a whole account: the policies of its organization, level by level, and which of them were seen.
import type { Realm, Ruling } from '@/core/access'
import { isRecord } from './json'
import { Layer } from './holding'
import { mystery, readStatements, type Kind } from './statements'

/** `none`: the account is in no organization. */
export type Organization = { none: boolean; id: string | undefined; management: string | undefined }
export type Ceilings = {
  organization: Organization | undefined
  /** Each has to allow: the root of the organization first. */
  service: readonly Layer[]
  resource: readonly Layer[]
  /** Of which kind not everything was seen, in words. */
  unseen: { service: readonly string[]; resource: readonly string[] }
}

const NOT_READ = {
  service: 'Whether a service control policy of its organization takes this away was not read',
  resource: 'Whether a resource control policy of its organization takes this away was not read',
}

export function readCeilings(realm: Realm): Ceilings {
  const organization = organizationOf(realm.rulings)
  const service = levelsOf(realm.rulings, 'aws.service-control-policy', 'identity')
  const resource = levelsOf(realm.rulings, 'aws.resource-control-policy', 'resource')
  const none = organization?.none === true
  const off = (sort: 'SERVICE' | 'RESOURCE') => none || isOff(realm.rulings, `${sort}_CONTROL_POLICY`)
  return {
    organization,
    service: none ? [] : service.layers,
    resource: none ? [] : resource.layers,
    unseen: {
      service: off('SERVICE') ? [] : service.layers.length ? service.gaps : [NOT_READ.service],
      // Where the ceilings of principals were read, resource control policies without a ruling are not in use.
      resource: off('RESOURCE')
        ? []
        : service.layers.length || resource.layers.length
          ? resource.gaps
          : [NOT_READ.resource],
    },
  }
}

/** A sort of control policy that is not turned on at the root takes nothing away. */
const isOff = (rulings: readonly Ruling[], sort: string): boolean =>
  rulings.some(
    ({ type, document }) =>
      type === 'aws.control-policy-type' && document?.policyType === sort && document.status === 'disabled',
  )

function organizationOf(rulings: readonly Ruling[]): Organization | undefined {
  const document = rulings.find(({ type }) => type === 'aws.organization')?.document
  if (!document) return undefined
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
  if (document.none === true) return { none: true, id: undefined, management: undefined }
  const organization = { none: false, id: text(document.id), management: text(document.management) }
  return organization.id === undefined && organization.management === undefined ? undefined : organization
}

type Level = { level: number; target: string; rulings: Ruling[] }
function levelsOf(rulings: readonly Ruling[], type: string, kind: Kind): { layers: Layer[]; gaps: string[] } {
  const levels = new Map<number, Level>()
  for (const ruling of rulings) {
    if (ruling.type !== type) continue
    const { level, target } = ruling.document ?? {}
    // A policy that tells no level could be on any: it is one more that has to allow.
    const at = typeof level === 'number' && Number.isInteger(level) && level >= 0 ? level : -1 - levels.size
    const found = levels.get(at) ?? { level: at, target: '', rulings: [] }
    if (typeof target === 'string') found.target = target
    found.rulings.push(ruling)
    levels.set(at, found)
  }
  const inOrder = [...levels.values()].sort((a, b) => a.level - b.level)
  const last = inOrder.at(-1)?.level ?? -1
  const gaps = Array.from({ length: Math.min(last, 16) }, (_, at) => at)
    .filter((at) => !levels.has(at))
    .map((at) => `The policies on level ${at} of its organization were not read`)
  const layers = inOrder.map(({ level, target, rulings: of }) => {
    const where = target
      ? `the organization's policy on ${target}`
      : `the organization's policy on level ${level}`
    return new Layer(
      where,
      of.flatMap((ruling) => statementsOf(ruling, where, kind)),
    )
  })
  return { layers, gaps }
}

function statementsOf(ruling: Ruling, where: string, kind: Kind) {
  const name = `${ruling.name.slice(0, 120)} (${where})`
  if (!ruling.document) return [mystery(`${name} could not be read.`)]
  const { policy } = ruling.document
  return isRecord(policy) ? readStatements(name, policy, kind) : [mystery(`${name} was not understood.`)]
}
