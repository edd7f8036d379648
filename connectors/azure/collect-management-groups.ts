// Which subscription lies in which management group, and which group in which: what is assigned at a group holds for all below.
import type { Stream } from '@/core/connector'
import { known, unknown } from '@/core/fact'
import { groupBy } from '@/core/group-by'
import type { Of } from '@/core/observation'
import { DESCENDANTS } from './arm-calls'
import { estateOf, groupScope, MANAGEMENT_GROUP } from './estate'
import type { Descendant } from './shapes-arm'
import { resourceId } from './keys'

const KINDS = ['entitlement'] as const
const ROW = 'azure.management-groups:'

const scopeOf = ({ name, type }: Descendant): string =>
  resourceId(type === MANAGEMENT_GROUP ? groupScope(name) : `/subscriptions/${name}`)

/** One row for each group, so that a subscription more changes a small one. */
const groupRow = (group: string, children: readonly Descendant[]): Of<'entitlement'> => ({
  kind: 'entitlement',
  nativeId: `${ROW}${group}`,
  aliases: [],
  type: 'azure.management-groups',
  name: `What lies in management group ${group.slice(group.lastIndexOf('/') + 1)}`,
  language: 'azure-management-groups',
  managedBy: 'customer',
  document: known(
    { parents: Object.fromEntries(children.map((one) => [scopeOf(one), group] as const).sort()) },
    DESCENDANTS,
  ),
  gives: 'nothing',
})

export const managementGroups: Stream = {
  kinds: KINDS,
  async *collect(at) {
    const { below } = await estateOf(at.session)
    // Many tenants have no management groups to ask, or let nobody ask: that hides no row unless one is held.
    if (below.state !== 'known') return at.unlooked(KINDS, [ROW], below)
    if (below.value.some(({ parent }) => parent === undefined))
      at.lacking(KINDS, unknown('malformed', DESCENDANTS, 'the answer does not say in which group each lies'))
    const told = below.value.filter(({ parent }) => parent !== undefined)
    const groups = [...groupBy(told, ({ parent = '' }) => parent)].sort(([a], [b]) => (a < b ? -1 : 1))
    for (const [group, children] of groups) yield groupRow(group, children)
  },
}
