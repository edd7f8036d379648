// What stands beside an identity in its lineage: who acts as it, and what it becomes, reaches and was seen using.
import type { ReactNode } from 'react'
import type { ConnectionView } from '@/inventory/queries/connection-view'
import type { IdentityDetail, TrustView, UsageView, WorkloadView } from '@/inventory/queries/types'
import { typeTitle } from '@/app/_inventory/type-title'
import { count } from '@/app/_inventory/words'
import { Moment } from '@/app/_ui/moment'
import { PRINCIPAL_WORDS } from './trust'

export type Line = 'observed' | 'possible' | 'declared'
export type Shape = 'circle' | 'square'
export type Node = { key: string; shape: Shape; line: Line; title: string; href?: string; note: ReactNode }

const LINES: Record<ConnectionView['relation'], Line> = {
  declared: 'declared',
  permitted: 'possible',
  observed: 'observed',
}
/** The telling end of a long name of a principal. */
const short = (principal: string) =>
  principal.startsWith('arn:') ? principal.slice(principal.indexOf('/') + 1) : principal

function noteOf({ other, hidden, broad, state, through }: ConnectionView): string {
  if (other)
    return [
      typeTitle(other.type),
      through && `through ${through.name}`,
      other.scope.name,
      other.retiredAt && 'gone',
    ]
      .filter(Boolean)
      .join(' · ')
  if (hidden) return 'you may not see it'
  if (broad) return 'fits very many'
  return state === 'dangling' ? 'does not exist' : 'not known whether it exists'
}

const connectionNode = (connection: ConnectionView): Node => {
  const { id, other, hidden, relation, asked } = connection
  return {
    key: id,
    shape: other && other.kind !== 'identity' ? 'square' : 'circle',
    line: LINES[relation],
    title: other?.name ?? (hidden ? 'An identity' : asked.value),
    ...(other?.identityId && { href: `/identities/${other.identityId}` }),
    note: noteOf(connection),
  }
}
const trustNode = (trust: TrustView): Node => ({
  key: trust.id,
  shape: 'circle',
  line: 'possible',
  title:
    trust.principalIdentity?.name ?? (trust.principalType === 'anyone' ? 'Anyone' : short(trust.principal)),
  href: trust.principalIdentity && `/identities/${trust.principalIdentity.id}`,
  note: `${PRINCIPAL_WORDS[trust.principalType]}${trust.conditions ? ', on conditions' : ''}`,
})
const workloadNode = (workload: WorkloadView): Node => ({
  key: workload.id,
  shape: 'square',
  line: 'declared',
  title: workload.name,
  note: `${typeTitle(workload.type)} runs as it${workload.replicas?.state === 'known' ? `, ${count(workload.replicas.value, 'replica')}` : ''}`,
})
const usageNode = (use: UsageView): Node => ({
  key: use.id,
  shape: 'square',
  line: 'observed',
  title: use.what,
  note: (
    <>
      seen <Moment at={use.usedAt} />
    </>
  ),
})

/** That a permission set is made of another one leads nowhere by itself. */
const isReached = ({ other }: ConnectionView) => other?.kind !== 'entitlement'

/** A trust that a connection speaks for already, with whom it means, is not told twice; nor is one thing said in two ways. */
export function lineageOf({ trust, usedBy, usage, connections }: IdentityDetail): {
  before: Node[]
  after: Node[]
} {
  const { becomeIt, itBecomes, reaches } = connections
  const told = new Set(becomeIt.rows.map(({ trustId }) => trustId))
  const allowed = trust.rows.filter((row) => row.effect === 'allow' && !told.has(row.id))
  return {
    before: once([
      ...usedBy.rows.map(workloadNode),
      ...becomeIt.rows.map(connectionNode),
      ...allowed.map(trustNode),
    ]),
    after: once([
      ...[...itBecomes.rows, ...reaches.rows.filter(isReached)].map(connectionNode),
      ...usage.rows.map(usageNode),
    ]),
  }
}

const SURENESS: readonly Line[] = ['observed', 'declared', 'possible']
/** Of nodes that lead to the same page the one that is most sure: in the place of the first. */
function once(nodes: Node[]): Node[] {
  const places = new Map<string, Node>()
  for (const node of nodes) {
    const place = node.href ?? node.key
    const other = places.get(place)
    if (!other || SURENESS.indexOf(node.line) < SURENESS.indexOf(other.line)) places.set(place, node)
  }
  return [...places.values()]
}
