// What stands beside an identity in its lineage: who acts as it, and what it becomes, reaches and was seen using.
import type { ReactNode } from 'react'
import type { Reached } from '@/governance/access/questions/reach'
import type { Neighbours } from '@/governance/access/questions/neighbours'
import type { ConnectionEnd } from '@/inventory/queries/connection-rows'
import type { ConnectionView } from '@/inventory/queries/connection-view'
import type { IdentityDetail, TrustView, UsageView, WorkloadView } from '@/inventory/queries/types'
import type { LineKind } from '@/app/_access/lines'
import { typeTitle } from '@/app/_inventory/type-title'
import { count } from '@/app/_inventory/words'
import { Moment } from '@/app/_ui/moment'
import { PRINCIPAL_WORDS } from './trust'

export type Shape = 'circle' | 'square' | 'diamond'
export type Node = {
  key: string
  shape: Shape
  line: LineKind
  title: string
  href?: string
  note: ReactNode
  /** By what else it may be named elsewhere, where it has no page. */
  alias?: string
}

const LINES: Record<ConnectionView['relation'], LineKind> = {
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

/** What has no page is known again by its name. */
const aliasOf = ({ kind, name, scope }: Pick<ConnectionEnd, 'kind' | 'name' | 'scope'>) =>
  `${kind} ${scope.id} ${name}`

const connectionNode = (connection: ConnectionView): Node => {
  const { id, other, hidden, relation, asked } = connection
  return {
    key: id,
    shape: other && other.kind !== 'identity' ? 'square' : 'circle',
    line: LINES[relation],
    title: other?.name ?? (hidden ? 'An identity' : asked.value),
    ...(other?.identityId && { href: `/identities/${other.identityId}` }),
    note: noteOf(connection),
    ...(other && { alias: aliasOf(other) }),
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

const reachedNode = ({ id, kind, end, hops, step: { certainty } }: Reached): Node => ({
  key: id,
  shape: kind === 'identity' || kind === 'issuer' ? 'circle' : 'square',
  line: certainty,
  title: end?.name ?? 'Something that you may not see',
  ...(end?.identityId && { href: `/identities/${end.identityId}` }),
  ...(end?.credentialId && { href: `/credentials/${end.credentialId}` }),
  note: [hops > 1 && `${hops} steps`, end && typeTitle(end.type), end?.scope.name]
    .filter(Boolean)
    .join(' · '),
  ...(end && { alias: aliasOf(end) }),
})
const everythingNode = ({ scope, step }: Neighbours['everything'][number]): Node => ({
  key: `administrator ${scope.id}`,
  shape: 'diamond',
  line: step.certainty,
  title: `Everything in ${scope.name}`,
  href: `/identities?scope=${scope.id}`,
  note: 'administrator',
})

/** What one sees of the other comes first, then what only one of the two knows. What was seen happening stays seen. */
function joined(known: Node[], analysed: Node[]): Node[] {
  const isSame = (a: Node, b: Node) =>
    a.key === b.key ||
    (a.href !== undefined && a.href === b.href) ||
    (a.alias !== undefined && a.alias === b.alias)
  const told = analysed.map((node) => {
    const other = known.find((one) => isSame(one, node))
    return other?.line === 'observed' ? { ...node, line: other.line } : node
  })
  return [...told, ...known.filter((one) => !told.some((node) => isSame(one, node)))]
}

/** A trust that a connection speaks for already, with whom it means, is not told twice; nor is one thing said in two ways. */
export function lineageOf(
  { identity, trust, usedBy, usage, connections }: IdentityDetail,
  near?: Neighbours,
): { before: Node[]; after: Node[]; lines: Set<LineKind> } {
  const { becomeIt, itBecomes, reaches } = connections
  const told = new Set(becomeIt.rows.map(({ trustId }) => trustId))
  const allowed = trust.rows.filter((row) => row.effect === 'allow' && !told.has(row.id))
  const runs = usedBy.rows.map((row) => ({
    ...workloadNode(row),
    alias: aliasOf({ kind: 'workload', name: row.name, scope: identity.scope }),
  }))
  const before = once([...runs, ...becomeIt.rows.map(connectionNode), ...allowed.map(trustNode)])
  const after = once([
    ...[...itBecomes.rows, ...reaches.rows.filter(isReached)].map(connectionNode),
    ...usage.rows.map(usageNode),
  ])
  const both = near
    ? {
        before: joined(before, near.before.rows.map(reachedNode)),
        after: joined(after, [...near.everything.map(everythingNode), ...near.after.rows.map(reachedNode)]),
      }
    : { before, after }
  const drawn = [...both.before, ...both.after].map(({ line }) => line)
  return { ...both, lines: new Set(drawn) }
}

const SURENESS: readonly LineKind[] = ['observed', 'declared', 'possible', 'depends']
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
