// Who holds which role where, and who can become which service account.
import type { Stream } from '@/core/connector'
import { unknown, type Fact } from '@/core/fact'
import type { Exercised, Observation, Of } from '@/core/observation'
import type { Accounts, Placed } from './accounts'
import { readBindings, SEARCH, type HeldBinding } from './bindings'
import { readGroups, type Groups } from './groups'
import { AS_A_WHOLE, readInsights, type Insights } from './insights'
import { lookAt, type Look } from './look'
import { accountTrust, bindingEntitlement, grant, type Meant } from './map-access'
import { CLUSTER_ACCOUNT, outsideAccount, principalIdentity } from './map-principal'
import { readMember, type Member } from './members'
import type { Pools } from './pools'
import { readRoles, roleEntitlement, waysToBecome, type Roles } from './roles'
import { byText } from './values'

const KINDS = ['identity', 'entitlement', 'grant', 'trust'] as const
const ODD = 'a member of a binding is in a form that is not known'

class Access {
  private readonly outside = new Map<string, Of<'identity'>>()

  constructor(
    private readonly look: Look,
    private readonly read: {
      accounts: Accounts
      pools: Pools
      groups: Groups
      roles: Roles
      insights: Insights
    },
  ) {}

  *rows(bindings: readonly HeldBinding[]): Generator<Observation> {
    for (const binding of bindings) {
      const members = binding.members.map(readMember)
      const grants = members.flatMap((member) =>
        this.meant(member).map((meant) =>
          grant(binding, member, meant, this.exercised(binding, member, meant)),
        ),
      )
      // What only people hold is no business of this inventory.
      if (grants.length) yield bindingEntitlement(this.look.tree.root, binding)
      yield* grants
      if (binding.account) yield* this.trusts(binding, binding.account, members)
    }
    yield* [...this.outside.values()].sort((a, b) => byText(a.nativeId, b.nativeId))
  }

  private exercised(binding: HeldBinding, member: Member, { through }: Meant): Fact<Exercised> {
    return through === undefined ? this.read.insights.of(binding, member) : AS_A_WHOLE
  }

  private *trusts(binding: HeldBinding, account: Placed, members: readonly Member[]): Generator<Of<'trust'>> {
    const { roles, pools } = this.read
    const actions = waysToBecome(binding.role, roles)
    this.look.lacking(['trust'], actions)
    if (actions.state !== 'known' || !actions.value.length) return
    for (const member of members)
      yield accountTrust(binding, account, member, { actions: actions.value, pools })
  }

  private meant(member: Member): Meant[] {
    if (member.kind === 'service-account') return this.account(member.email)
    // It may be gone for long; whoever bore that id holds the role, and nobody else.
    if (member.kind === 'deleted') return [{ identity: member.id ?? member.email ?? member.text }]
    if (member.kind === 'group') return this.group(member)
    if (member.kind === 'resource-set') return this.resourceSet(member.resource, member.text)
    if (member.kind === 'other') this.lack(unknown('malformed', SEARCH, ODD))
    const own = principalIdentity(member, this.read.pools, SEARCH)
    if (!own) return []
    this.outside.set(own.nativeId, own)
    return [{ identity: own.nativeId }]
  }

  private account(email: string): Meant[] {
    const found = this.read.accounts.resolve(email)
    if (found.state === 'found') return [{ identity: found.account.uniqueId }]
    if (found.state === 'unread') {
      this.look.lacking(['identity', 'grant', 'entitlement'], found.refusal)
      return []
    }
    // Its project was read and it is not there: bindings may be seen before the account is, or outlive it for a while.
    if (found.state === 'outside') this.outside.set(email, outsideAccount(email, this.look.tree, SEARCH))
    return [{ identity: email }]
  }

  private group({ email, text }: Extract<Member, { kind: 'group' }>): Meant[] {
    const members = this.read.groups.get(email)
    if (members?.state === 'unknown') this.lack(members)
    if (members?.state !== 'known') return []
    return members.value.flatMap((one) => this.account(one).map((meant) => ({ ...meant, through: text })))
  }

  /** Every service account of a project, folder or organisation, as far as it is read here. */
  private resourceSet(resource: string, text: string): Meant[] {
    const { accounts } = this.read
    for (const refusal of accounts.refusals) this.lack(refusal)
    const { tree } = this.look
    const isIn = ({ project }: Placed): boolean =>
      [project.projectId, project.number].some((id) => resource === `projects/${id}`) ||
      (tree.above.get(project.projectId) ?? []).includes(resource)
    return accounts.all.filter(isIn).map(({ uniqueId }) => ({ identity: uniqueId, through: text }))
  }

  private lack(refusal: Parameters<Look['lacking']>[1]): void {
    this.look.lacking(['grant', 'entitlement'], refusal)
  }
}

/** Whether anything but a person may hold the role, or become somebody by it. */
const concernsMachines = ({ account, members }: HeldBinding): boolean =>
  account !== undefined || members.some((member) => readMember(member).kind !== 'person')

const groupsIn = (bindings: readonly HeldBinding[]): Set<string> =>
  new Set(
    bindings.flatMap(({ members }) =>
      members.map(readMember).flatMap((member) => (member.kind === 'group' ? [member.email] : [])),
    ),
  )

export const access: Stream = {
  kinds: KINDS,
  about: {
    identity: [
      'gcp.foreign-service-account',
      'gcp.service-agent',
      'gcp.federated-principal',
      'gcp.agent-identity',
      'gcp.resource-identity',
      'gcp.everyone',
    ],
    keys: [CLUSTER_ACCOUNT],
  },
  async *collect(at) {
    const look = await lookAt(at)
    for (const refusal of look.tree.refusals) look.lacking(KINDS, refusal)
    const accounts = await look.accounts()
    const { bindings, notAll, unread } = await readBindings(look, accounts)
    if (notAll) look.lacking(['identity', 'entitlement', 'grant'], notAll)
    for (const refusal of unread) look.lacking(KINDS, refusal)
    for (const refusal of accounts.refusals) look.lacking(['trust'], refusal)
    const groups = await readGroups(look.asker, groupsIn(bindings))
    const ofMachines = bindings.filter(concernsMachines)
    const roles = await readRoles(look, new Set(ofMachines.map(({ role }) => role)))
    const insights = await readInsights(look, ofMachines)
    const pools = await look.pools()
    yield* new Access(look, { accounts, pools, groups, roles, insights }).rows(bindings)
    for (const [name, role] of [...roles].sort(([a], [b]) => byText(a, b)))
      yield roleEntitlement(look.tree.root, name, role)
  },
}
