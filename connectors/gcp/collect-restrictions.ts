// Deny policies and principal access boundaries: what takes away from what roles give.
import type { Stream } from '@/core/connector'
import { known, mapFact, type Fact } from '@/core/fact'
import type { Of } from '@/core/observation'
import type { CallName } from './calls'
import { lookAt, type Look } from './look'
import { conditionOf } from './map-access'
import { Refusals } from './refusals'
import { Boundary, DenyPolicy, DenyPolicyName, pageOf, PolicyBinding } from './shapes'
import { projectName } from './tree'
import { byName, lastPart } from './values'

const LIST: CallName = 'iam.denypolicies.list'
const GET: CallName = 'iam.denypolicies.get'
const BOUNDARIES: CallName = 'iam.principalaccessboundarypolicies.list'
const BINDINGS: CallName = 'iam.policybindings.list'
const DenyPage = pageOf('policies', DenyPolicyName)
const BoundaryPage = pageOf('principalAccessBoundaryPolicies', Boundary)
const BindingPage = pageOf('policyBindings', PolicyBinding)
const KINDS = ['entitlement'] as const

type Row = {
  id: string
  alias?: string
  type: string
  name: string
  language: string
  document: Fact<Record<string, unknown>>
}
const restriction = ({ id, alias, ...row }: Row): Of<'entitlement'> => ({
  kind: 'entitlement',
  nativeId: id,
  aliases: alias === undefined ? [] : [alias],
  ...row,
  managedBy: 'customer',
  gives: 'nothing',
})

/** The list leaves the rules out: each policy is asked for by itself. */
async function* denyPolicies(
  { asker }: Look,
  node: string,
  refusals: Refusals,
): AsyncGenerator<Of<'entitlement'>> {
  const id = `cloudresourcemanager.googleapis.com/${node}`
  const listed = await asker.list(LIST, { id }, DenyPage)
  if (listed.state === 'unknown') refusals.add(node, listed)
  if (listed.state !== 'known') return
  for (const { name } of byName(listed.value)) {
    const policy = lastPart(name)
    const read = await asker.ask(GET, { id, policy }, DenyPolicy)
    if (read.state === 'absent') continue
    yield restriction({
      id: name,
      type: 'gcp.deny-policy',
      name: `${policy} on ${node}`,
      language: 'gcp-deny',
      document: mapFact(read, ({ rules }) => denyDocument(node, rules)),
    })
  }
}
function denyDocument(node: string, rules: DenyPolicy['rules']): Record<string, unknown> {
  return {
    resource: `//cloudresourcemanager.googleapis.com/${node}`,
    rules: rules.flatMap(({ denyRule }) => {
      if (!denyRule) return []
      const { denialCondition, ...rest } = denyRule
      return [{ ...rest, ...(denialCondition && { denialCondition: conditionOf(denialCondition) }) }]
    }),
  }
}

async function* boundaries({ asker, lacking, tree }: Look): AsyncGenerator<Of<'entitlement'>> {
  if (tree.root.startsWith('organizations/')) {
    const listed = await asker.list(BOUNDARIES, { name: tree.root }, BoundaryPage)
    lacking(KINDS, listed)
    for (const { name, uid, displayName, details } of listed.state === 'known' ? byName(listed.value) : [])
      yield restriction({
        id: uid,
        alias: name,
        type: 'gcp.access-boundary',
        name: displayName || lastPart(name),
        language: 'gcp-access-boundary',
        document: known(
          { enforcementVersion: details?.enforcementVersion ?? '', rules: details?.rules ?? [] },
          BOUNDARIES,
        ),
      })
  }
  const refusals = new Refusals()
  for (const node of [...tree.nodes, ...tree.projects.map(projectName)]) {
    const bound = await asker.list(BINDINGS, { name: node }, BindingPage)
    if (bound.state === 'unknown') refusals.add(node, bound)
    for (const one of bound.state === 'known' ? byName(bound.value) : []) yield boundaryBinding(node, one)
  }
  for (const refusal of refusals.all) lacking(KINDS, refusal)
}
const boundaryBinding = (node: string, one: PolicyBinding): Of<'entitlement'> =>
  restriction({
    id: one.uid,
    alias: one.name,
    type: 'gcp.access-boundary-binding',
    name: `${one.displayName || lastPart(one.name)} on ${node}`,
    language: 'gcp-access-boundary',
    document: known(
      {
        policy: one.policy,
        ...(one.policyUid && { policyUid: one.policyUid }),
        ...(one.policyKind && { policyKind: one.policyKind }),
        ...(one.target?.principalSet && { principalSet: one.target.principalSet }),
        ...(one.condition && { condition: conditionOf(one.condition) }),
      },
      BINDINGS,
    ),
  })

export const restrictions: Stream = {
  kinds: KINDS,
  async *collect(at) {
    const look = await lookAt(at)
    for (const refusal of look.tree.refusals) look.lacking(KINDS, refusal)
    const refusals = new Refusals()
    for (const node of [...look.tree.nodes, ...look.tree.projects.map(projectName)])
      yield* denyPolicies(look, node, refusals)
    for (const refusal of refusals.all) look.lacking(KINDS, refusal)
    yield* boundaries(look)
  },
}
