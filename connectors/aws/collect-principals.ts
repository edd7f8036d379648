// Roles, users, groups and policies: one sweep of the account details per kind of thing, so that each refusal costs only its own.
import type { StreamAt, Stream } from '@/core/connector'
import { mapFact, unknown, type Fact } from '@/core/fact'
import type { Kind, Observation, Of } from '@/core/observation'
import { readReport, type Report } from './credential-report'
import { Documents, GrantsWithUse } from './grants-with-use'
import { reportsIn } from './last-accessed'
import {
  groupGrants,
  inlineEntitlements,
  isMadeByAws,
  managedEntitlement,
  ownGrants,
  policyEntitlement,
  Referenced,
  toGroup,
  type Group,
} from './map-grants'
import {
  DETAILS,
  LIST_ROLES,
  LIST_USERS,
  listedRoleIdentity,
  roleIdentity,
  rootIdentity,
  tagsOf,
  userIdentity,
} from './map-identity'
import { ownerHints } from './map-owner'
import { rootPrivilege } from './map-root'
import { readTrust } from './map-trust'
import { following, pageOf, type Page } from './page'
import type { Document } from './policy-document'
import { GroupDetail, PolicyDetail, RoleDetail, RoleExtra, User, UserDetail } from './shapes'
import type { z } from 'zod'

type Observed = AsyncGenerator<Observation>
type Pages<T> = Fact<AsyncGenerator<Page<T>>>
const KINDS = ['identity', 'grant', 'trust', 'owner-hint', 'entitlement'] as const satisfies readonly Kind[]
/** Only the account details tell these. */
const FROM_DETAILS = ['grant', 'owner-hint', 'entitlement'] as const satisfies readonly Kind[]
/** Made once: building a schema costs more than using it. */
const PAGES = {
  users: pageOf('Users', User),
  roles: pageOf('Roles', RoleDetail),
  roleExtras: pageOf('Roles', RoleExtra),
  userDetails: pageOf('UserDetailList', UserDetail),
  groupDetails: pageOf('GroupDetailList', GroupDetail),
  roleDetails: pageOf('RoleDetailList', RoleDetail),
  policyDetails: pageOf('Policies', PolicyDetail),
}
const DETAILS_PAGE = 500
const LIST_PAGE = 1000

type At = StreamAt & {
  report: Fact<Report>
  groups: Fact<ReadonlyMap<string, Group>>
  referenced: Referenced
  policies: Fact<readonly PolicyDetail[]>
  documents: Documents
  use: GrantsWithUse
}

const sweep = <T>({ session }: StreamAt, filter: string, shape: z.ZodType<Page<T>>): Promise<Pages<T>> =>
  session.tryPages(DETAILS, { Filter: [filter], MaxItems: DETAILS_PAGE }, shape, { next: following })

async function* itemsOf<T>(pages: AsyncGenerator<Page<T>>): AsyncGenerator<T> {
  for await (const page of pages) yield* page.items
}

export const principals: Stream = {
  kinds: KINDS,
  async *collect(stream) {
    const report = await readReport(stream.session)
    yield rootIdentity(stream.scope.nativeId, report)
    yield* rootPrivilege(stream.scope.nativeId)
    const referenced = new Referenced()
    // What a grant gives has to be known before it is told what of it was used.
    const policies = await listPolicies(stream)
    const documents = new Documents(stream.session, documentsOf(policies))
    const use = new GrantsWithUse(await reportsIn(stream), documents)
    const before = { ...stream, report, referenced, policies, documents, use }
    const at: At = { ...before, groups: yield* readGroups(before) }
    yield* readUsers(at)
    yield* readRoles(at)
    yield* readPolicies(at)
  },
}

/** Groups come first: what a user holds through them is known only then. */
async function* readGroups(
  at: Omit<At, 'groups'>,
): AsyncGenerator<Observation, Fact<ReadonlyMap<string, Group>>> {
  const pages = await sweep(at, 'Group', PAGES.groupDetails)
  at.lacking(['grant', 'entitlement'], pages)
  if (pages.state !== 'known') return pages
  const groups = new Map<string, Group>()
  for await (const group of itemsOf(pages.value)) {
    groups.set(group.GroupName, toGroup(group))
    at.referenced.addAll(group.AttachedManagedPolicies)
    yield* at.use.noting(inlineEntitlements(group.GroupId, group.GroupPolicyList))
  }
  return mapFact(pages, () => groups)
}

async function* readUsers(at: At): Observed {
  const { session, lacking } = at
  const details = await sweep(at, 'User', PAGES.userDetails)
  if (details.state !== 'known') {
    lacking(FROM_DETAILS, details)
    const listed = await session.tryPages(LIST_USERS, { MaxItems: LIST_PAGE }, PAGES.users, {
      next: following,
    })
    lacking(['identity'], listed)
    if (listed.state !== 'known') return
    for await (const user of itemsOf(listed.value))
      yield userIdentity(user, {
        ...at,
        tags: details,
        passwordUsedAt: passwordUse(user),
        source: LIST_USERS,
      })
    return
  }
  const listed = await session.gather(LIST_USERS, { MaxItems: LIST_PAGE }, PAGES.users, { next: following })
  const users = mapFact(
    listed,
    (pages) => new Map(pages.flatMap((page) => page.items).map((user) => [user.UserId, user])),
  )
  for await (const user of itemsOf(details.value)) {
    const passwordUsedAt = mapFact(users, (known) => known.get(user.UserId)?.PasswordLastUsed)
    const tags = tagsOf(user.Tags, DETAILS)
    const identity = userIdentity(user, { ...at, tags, passwordUsedAt, source: DETAILS })
    yield identity
    yield* userDetails(at, user, identity)
  }
}
const passwordUse = (user: User): Fact<string> =>
  mapFact({ state: 'known', value: user, source: LIST_USERS }, (u) => u.PasswordLastUsed)

async function* userDetails(at: At, user: UserDetail, identity: Of<'identity'>): Observed {
  const boundary = user.PermissionsBoundary?.PermissionsBoundaryArn
  at.referenced.addAll(user.AttachedManagedPolicies, boundary)
  yield* at.use.noting(inlineEntitlements(user.UserId, user.UserPolicyList))
  const own = ownGrants({
    id: user.UserId,
    inline: user.UserPolicyList,
    attached: user.AttachedManagedPolicies,
    boundary,
  })
  yield* at.use.of(identity, own)
  yield* ownerHints(user.UserId, user.Tags)
  if (at.groups.state !== 'known') return
  for (const name of user.GroupList) {
    const group = at.groups.value.get(name)
    if (group) yield* at.use.of(identity, groupGrants(user.UserId, group))
    else
      at.lacking(
        ['grant', 'entitlement'],
        unknown('not-collected', DETAILS, `the group ${name} was not among the groups`),
      )
  }
}

async function* readRoles(at: At): Observed {
  const { session, lacking } = at
  const details = await sweep(at, 'Role', PAGES.roleDetails)
  if (details.state !== 'known') {
    lacking(FROM_DETAILS, details)
    const listed = await session.tryPages(LIST_ROLES, { MaxItems: LIST_PAGE }, PAGES.roles, {
      next: following,
    })
    lacking(['identity', 'trust'], listed)
    if (listed.state !== 'known') return
    for await (const role of itemsOf(listed.value)) {
      const { trusts, trusted, refusal } = readTrust(role, LIST_ROLES)
      if (refusal) lacking(['trust'], refusal)
      yield listedRoleIdentity(role, trusted, details)
      yield* trusts
    }
    return
  }
  const listed = await session.gather(LIST_ROLES, { MaxItems: LIST_PAGE }, PAGES.roleExtras, {
    next: following,
  })
  const extras = mapFact(
    listed,
    (pages) => new Map(pages.flatMap((page) => page.items).map((role) => [role.RoleId, role])),
  )
  for await (const role of itemsOf(details.value)) yield* roleDetails(at, role, extras)
}

async function* roleDetails(
  at: At,
  role: RoleDetail,
  extras: Fact<ReadonlyMap<string, RoleExtra>>,
): Observed {
  const { trusts, trusted, refusal } = readTrust(role, DETAILS)
  if (refusal) at.lacking(['trust'], refusal)
  const boundary = role.PermissionsBoundary?.PermissionsBoundaryArn
  at.referenced.addAll(role.AttachedManagedPolicies, boundary)
  const identity = roleIdentity(role, trusted, extras)
  yield identity
  yield* trusts
  yield* at.use.noting(inlineEntitlements(role.RoleId, role.RolePolicyList))
  const own = ownGrants({
    id: role.RoleId,
    inline: role.RolePolicyList,
    attached: role.AttachedManagedPolicies,
    boundary,
  })
  yield* at.use.of(identity, own)
  yield* ownerHints(role.RoleId, role.Tags)
}

/** The policies of the account, and in a file those that AWS made as well. */
async function listPolicies({ session }: StreamAt): Promise<Fact<readonly PolicyDetail[]>> {
  const params = { Filter: ['LocalManagedPolicy'], MaxItems: DETAILS_PAGE }
  const pages = await session.gather(DETAILS, params, PAGES.policyDetails, { next: following })
  return mapFact(pages, (known) => known.flatMap(({ items }) => items))
}
const documentsOf = (policies: Fact<readonly PolicyDetail[]>): Map<string, Fact<Document>> =>
  new Map(
    policies.state === 'known' ? policies.value.map((one) => [one.Arn, policyEntitlement(one).document]) : [],
  )

async function* readPolicies({ referenced, policies, documents, lacking }: At): Observed {
  lacking(['entitlement'], policies)
  for (const policy of policies.state === 'known' ? policies.value : []) {
    // A file may hold the policies AWS made as well: only those that somebody holds are of interest.
    if (isMadeByAws(policy.Arn) && !referenced.has(policy.Arn)) continue
    referenced.markSeen(policy.Arn)
    yield policyEntitlement(policy)
  }
  for (const arn of referenced.unseen()) yield managedEntitlement(arn, await documents.of(arn))
}
