// Which project lies in which folder, and in which of them the whole lies: what roles, denials and boundaries are inherited by.
import type { Stream } from '@/core/connector'
import { lookAt } from './look'
import { aboveId, aboveRows, treeRows } from './map-tree'
import { aboveRoot } from './tree'

const KINDS = ['entitlement'] as const

export const hierarchy: Stream = {
  kinds: KINDS,
  async *collect(at) {
    const { tree, asker, lacking, unlooked } = await lookAt(at)
    for (const refusal of tree.refusals) lacking(KINDS, refusal)
    yield* treeRows(tree)
    if (tree.root.startsWith('organizations/')) return
    // Often nothing may be asked above a folder or project that is read by itself: that hides no row unless one is held.
    const above = await aboveRoot(asker, tree)
    if (above.state === 'known') yield* aboveRows(tree, above)
    else unlooked(KINDS, [aboveId(tree.root)], above)
  },
}
