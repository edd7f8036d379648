// As whom an identity of another system is let in: the users, groups and nodes of the cluster that it thereby is.
import type { StepTarget } from '@/core/access'
import type { Lead, Scene } from './leads'
import type { Subject } from './subjects'
import { MORE } from './targets'

const BY = 'K28'
const AUTHENTICATED = 'system:authenticated'
const NAMED_MAX = 5
const CHOSEN =
  'Its session has to be called so: whoever assumes it chooses that, unless its trust demands a name.'
const WHICH_NODE = 'Which of the nodes it is, is decided by the machine that its session is named after.'

export function entered({ cluster, targets }: Scene, { guest, groups, name, kind }: Subject): Lead[] {
  const entry = guest === undefined ? undefined : cluster.guests.get(guest)
  if (!entry) return []
  const told = (to: readonly StepTarget[], because: string, missing: readonly string[] = []): Lead[] =>
    to.length ? [{ by: BY, because: [because], missing, to }] : []
  const of = (some: readonly { id: string }[]): StepTarget[] => some.map(({ id }) => targets.of(id))
  if (kind === 'node')
    return [
      ...told([MORE], `${entry.name} lets it in as a node.`),
      ...told(targets.nodes, `${entry.name} lets it in as a node.`, [WHICH_NODE]),
    ]
  // Whoever is let in at all is in this one.
  const member = cluster.groups.filter((one) => groups.includes(one.name) && one.name !== AUTHENTICATED)
  const chosen = cluster.usersLike(entry)
  const policies = [...new Set(entry.grants.map(({ held }) => held.name))]
  const brings = policies.length ? `, with ${policies.slice(0, NAMED_MAX).join(', ')}` : ''
  return [
    ...told([MORE], `${entry.name} lets it in as ${name || 'somebody'}${brings}.`),
    ...told(of(cluster.users.filter((one) => one.name === name)), `${entry.name} makes it the user ${name}.`),
    ...told(of(chosen), `${entry.name} makes it the user ${name}.`, [CHOSEN]),
    ...told(of(member), `${entry.name} makes it a member of ${member.map((one) => one.name).join(', ')}.`),
  ]
}
