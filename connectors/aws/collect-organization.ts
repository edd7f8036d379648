// What caps the account from outside: its organization, and the policies on every level from the root down to the account.
// Only the management account and whom it delegates to may ask for policies: for all others they are unknown, never none.
import type { Stream, StreamAt } from '@/core/connector'
import { known, mapFact, unknown, type Fact, type Unknown } from '@/core/fact'
import type { Observation } from '@/core/observation'
import {
  organizationRuling,
  policyRuling,
  RESOURCE,
  SERVICE,
  statusRuling,
  type Sort,
  type Status,
} from './map-organization'
import { following, tokenPageOf } from './page'
import type { OrganizationPermissionName } from './permissions'
import {
  AttachedPolicy,
  OrganizationAnswer,
  Parent,
  PolicyAnswer,
  Root,
  type Organization,
} from './shapes-organization'

const KINDS = ['entitlement'] as const
const ORGANIZATION = 'organizations:DescribeOrganization' satisfies OrganizationPermissionName
const ROOTS = 'organizations:ListRoots' satisfies OrganizationPermissionName
const PARENTS = 'organizations:ListParents' satisfies OrganizationPermissionName
const ATTACHED = 'organizations:ListPoliciesForTarget' satisfies OrganizationPermissionName
const POLICY = 'organizations:DescribePolicy' satisfies OrganizationPermissionName
const NOT_IN_USE = ['AWSOrganizationsNotInUseException']
const GONE = ['PolicyNotFoundException', 'TargetNotFoundException']
const PAGES = {
  roots: tokenPageOf('Roots', 'NextToken', Root),
  parents: tokenPageOf('Parents', 'NextToken', Parent),
  attached: tokenPageOf('Policies', 'NextToken', AttachedPolicy),
}
/** Units lie in each other at most five deep: more is no tree of an organization. */
const DEPTH_MAX = 10
/** Only organizations with all features have policies. */
const ALL_FEATURES = 'ALL'

/** Absent: the account is in none, which AWS says by an error of its own. */
const organizationOf = async ({ session }: StreamAt): Promise<Fact<Organization>> =>
  mapFact(
    await session.ask(ORGANIZATION, {}, OrganizationAnswer, { absentOn: NOT_IN_USE }),
    (answer) => answer.Organization,
  )

export const organization: Stream = {
  kinds: KINDS,
  async *collect(at) {
    const found = await organizationOf(at)
    if (found.state === 'unknown') return at.lacking(KINDS, found)
    const value = found.state === 'known' ? found.value : undefined
    yield organizationRuling(at.scope.nativeId, value, found.source)
  },
}

const policiesOf = (sort: Sort): Stream => ({
  kinds: KINDS,
  async *collect(at) {
    const found = await organizationOf(at)
    if (found.state === 'unknown') return at.lacking(KINDS, found)
    if (found.state === 'absent') return
    const status = await statusOf(at, found.value, sort)
    yield statusRuling(at.scope.nativeId, sort, status)
    if (status.state === 'unknown') return at.lacking(KINDS, explained(status))
    if (status.state === 'known' && status.value === 'enabled') yield* readPolicies(at, sort)
  },
})
export const serviceControlPolicies = policiesOf(SERVICE)
export const resourceControlPolicies = policiesOf(RESOURCE)

/** A policy that allows the call is not enough, and nobody would find that out from the refusal. */
const explained = (refusal: Unknown): Unknown =>
  refusal.why === 'denied'
    ? unknown(
        refusal.why,
        refusal.source,
        `${refusal.detail ?? 'It was refused.'} Only the management account of the organization, and accounts that it delegates to, may ask at all.`,
      )
    : refusal

async function statusOf(
  { session }: StreamAt,
  { FeatureSet }: Organization,
  { policyType }: Sort,
): Promise<Fact<Status>> {
  if (FeatureSet !== ALL_FEATURES) return known('disabled', ORGANIZATION)
  const pages = await session.gather(ROOTS, {}, PAGES.roots, { next: following })
  if (pages.state !== 'known') return pages
  const roots = pages.value.flatMap(({ items }) => items)
  if (!roots.length) return unknown('malformed', ROOTS, 'the organization has no root')
  const types = roots.flatMap(({ PolicyTypes }) => PolicyTypes.filter(({ Type }) => Type === policyType))
  if (!types.length) return known('disabled', ROOTS)
  return types.every(({ Status: is }) => is === 'ENABLED')
    ? known('enabled', ROOTS)
    : unknown('not-collected', ROOTS, 'this sort of policy is just being turned on or off')
}

async function* readPolicies(at: StreamAt, sort: Sort): AsyncGenerator<Observation> {
  const targets = await targetsOf(at)
  if (targets.state !== 'known') return at.lacking(KINDS, targets)
  const contents = new Map<string, Fact<string>>()
  for (const [level, target] of targets.value.entries()) {
    const params = { TargetId: target, Filter: sort.policyType }
    const attached = await at.session.gather(ATTACHED, params, PAGES.attached, { next: following })
    at.lacking(KINDS, attached)
    if (attached.state !== 'known') continue
    for (const policy of byId(attached.value.flatMap(({ items }) => items))) {
      const content = contents.get(policy.Id) ?? (await contentOf(at, policy.Id))
      contents.set(policy.Id, content)
      // It was deleted since it was listed, and so is attached to nothing any more.
      if (content.state !== 'absent') yield policyRuling({ sort, policy, target, level, content })
    }
  }
}

const byId = (policies: readonly AttachedPolicy[]): AttachedPolicy[] =>
  [...policies].sort((a, b) => (a.Id < b.Id ? -1 : a.Id > b.Id ? 1 : 0))

const contentOf = async ({ session }: StreamAt, PolicyId: string): Promise<Fact<string>> =>
  mapFact(
    await session.ask(POLICY, { PolicyId }, PolicyAnswer, { absentOn: GONE }),
    ({ Policy }) => Policy.Content,
  )

/** The root, the units and the account itself, from above. */
async function targetsOf({ session, scope }: StreamAt): Promise<Fact<string[]>> {
  const path = [scope.nativeId]
  let child = scope.nativeId
  for (let depth = 0; depth < DEPTH_MAX; depth++) {
    const pages = await session.gather(PARENTS, { ChildId: child }, PAGES.parents, { next: following })
    if (pages.state !== 'known') return pages
    const [parent, another] = pages.value.flatMap(({ items }) => items)
    if (!parent || another) return unknown('malformed', PARENTS, 'it has not exactly one parent')
    path.unshift(parent.Id)
    if (parent.Type === 'ROOT') return known(path, PARENTS)
    child = parent.Id
  }
  return unknown('malformed', PARENTS, `there is no root within ${DEPTH_MAX} levels`)
}
