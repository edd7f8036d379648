// How far the permissions of one set of holdings reach: which service accounts, projects and nodes, worked out once for all
// principals that hold the same.
import { all, any, depends, not, yes, type Answer } from '../three-valued'
import { coversOf, type Binding } from './bindings'
import { holds } from './conditions'
import { RELEVANT } from './escalations'
import { isOpen, type Role } from './roles'
import type { Account, Target } from './targets'
import { short, unseen } from './words'
import type { Hold, Holding, World } from './world'

/** Service accounts that one permission is followed to; beyond, the answer says that there are more. */
const ACCOUNTS_MAX = 1000

/** `plain`: whatever its condition says. */
export type Granted = { binding: Binding; plain: Answer; answer: Answer }
export type Reached = { accounts: ReadonlyMap<Account, Answer>; more: boolean }

/** Service accounts by project, and those first from which most can be reached: what is cut off matters least. */
export class Accounts {
  readonly all: readonly Account[]
  private readonly byProject = new Map<string, Account[]>()

  constructor(world: World) {
    const strong = new Map(world.targets.accounts.map((account) => [account, strengthOf(world, account)]))
    this.all = [...world.targets.accounts].sort(
      (a, b) => (strong.get(b) ?? 0) - (strong.get(a) ?? 0) || a.index - b.index,
    )
    for (const account of this.all) {
      const same = this.byProject.get(account.project)
      if (same) same.push(account)
      else this.byProject.set(account.project, [account])
    }
  }
  in(project: string): readonly Account[] {
    return this.byProject.get(project) ?? []
  }
  get projects(): Iterable<string> {
    return this.byProject.keys()
  }
}
const STRONG = /setIamPolicy|\.actAs$|getAccessToken$/
function strengthOf(world: World, { id }: Account): number {
  const principal = world.find(id)
  if (!principal) return 0
  const places = world.holding(principal).holds.map(({ binding: { role, node } }) => {
    const isStrong =
      isOpen(role) ||
      role.byLevel.sensitive.some((one) => STRONG.test(one)) ||
      role.byLevel.write.some((one) => STRONG.test(one))
    return isStrong ? (node === world.hierarchy.root ? 3 : 2) : 1
  })
  return Math.max(0, ...places)
}

/** The permissions of a role that definitions ask for: of one that was not read only what is known of it. */
const relevantOf = (role: Role): [string, Answer][] =>
  [...RELEVANT].flatMap((permission): [string, Answer][] => {
    const answer = role.has(permission)
    return answer.value === 'no' || answer.value === 'depends' ? [] : [[permission, answer]]
  })

export class Reach {
  private readonly granted = new Map<string, Granted[]>()
  private readonly reached = new Map<string, Reached>()
  private readonly placed = new Map<string, Answer>()
  private readonly restricts: boolean
  /** Bindings of roles that were not read. */
  readonly open: readonly Hold[]

  constructor(
    private readonly world: World,
    readonly holding: Holding,
    private readonly accounts: Accounts,
    roles: Map<Role, [string, Answer][]>,
  ) {
    const { denials, bounds, mysteries } = holding
    this.restricts = denials.length + bounds.length > 0 || mysteries.some(({ limits }) => limits)
    this.open = holding.holds.filter(({ binding }) => isOpen(binding.role))
    for (const { binding, held } of holding.holds) {
      const relevant = roles.get(binding.role) ?? relevantOf(binding.role)
      roles.set(binding.role, relevant)
      const condition = binding.condition && relevant.length ? holds(binding.condition, {}) : yes()
      for (const [permission, has] of relevant) {
        const plain = all([held, has])
        const answer = all([plain, condition])
        if (answer.value === 'no') continue
        const same = this.granted.get(permission)
        if (same) same.push({ binding, plain, answer })
        else this.granted.set(permission, [{ binding, plain, answer }])
      }
    }
  }

  grants(permission: string): readonly Granted[] {
    return this.granted.get(permission) ?? []
  }
  hasAny(need: readonly string[]): boolean {
    return need.some((permission) => this.granted.has(permission))
  }

  /** Service accounts on which the permission is held. Conditions ask nothing of them: IAM tells conditions nothing of its own. */
  onAccounts(permission: string): Reached {
    const found = this.reached.get(permission)
    if (found) return found
    const accounts = new Map<Account, Answer>()
    let more = false
    for (const granted of this.grants(permission)) {
      const { binding } = granted
      const candidates = this.candidates(binding)
      // Whoever may change a policy has to be allowed to put such a role into it.
      const answer = permission.endsWith('.setIamPolicy')
        ? mayGrant(this.world, granted, 'tokens', undefined)
        : granted.answer
      if (answer.value === 'no') continue
      for (const account of candidates) {
        const before = accounts.get(account)
        if (before?.value === 'yes') continue
        if (!before && accounts.size >= ACCOUNTS_MAX) {
          more = true
          break
        }
        const reaches = coversOf(binding, this.world.targets.ofAccount(account), this.world.targets)
        if (reaches.value !== 'no')
          accounts.set(account, this.better(before, binding, all([answer, reaches])))
      }
    }
    if (this.restricts)
      for (const [account, answer] of accounts) {
        const open = all([not(this.restricted(permission, account.project)), answer])
        if (open.value === 'no') accounts.delete(account)
        else accounts.set(account, open)
      }
    const reached = { accounts, more }
    this.reached.set(permission, reached)
    return reached
  }

  private better(before: Answer | undefined, { name }: Binding, { value, because }: Answer): Answer {
    const held = `It holds ${short(name, 240)}.`
    const now: Answer = { value, because: value === 'yes' ? [held, ...because] : [...because, held] }
    return before ? any([before, now]) : now
  }

  private candidates({ node, resource }: Binding): readonly Account[] {
    if (node?.startsWith('projects/')) return this.accounts.in(node.slice('projects/'.length))
    if (node !== undefined) return this.accounts.all
    const account = resource === undefined ? undefined : this.world.targets.account(resource)
    return account ? [account] : []
  }

  /** Whether one of the permissions is held for what is in a project: not known is what exactly is asked about there. */
  inProject(need: readonly string[], project: string): Answer {
    const key = `${need.join()} ${project}`
    const found = this.placed.get(key)
    if (found) return found
    const answer = any(
      need.map((permission) => this.onNode(permission, this.world.targets.ofNode(`projects/${project}`))),
    )
    this.placed.set(key, answer)
    return answer
  }

  onNode(permission: string, target: Target): Answer {
    const held = any(
      this.grants(permission).map(({ binding, answer }) => {
        const { value, because } = all([answer, coversOf(binding, target, this.world.targets)])
        const words = `It holds ${short(binding.name, 240)}.`
        return { value, because: value === 'yes' ? [words, ...because] : [...because, words] }
      }),
    )
    if (held.value === 'no' || !this.restricts) return held
    return all([not(this.world.restricted(this.holding, permission, target, {})), held])
  }

  private restricted(permission: string, project: string): Answer {
    const key = `! ${permission} ${project}`
    const found = this.placed.get(key)
    if (found) return found
    const target = this.world.targets.ofNode(`projects/${project}`)
    const answer = this.world.restricted(this.holding, permission, target, {})
    this.placed.set(key, answer)
    return answer
  }

  /** Projects in which one of the permissions is held: by name, or everywhere. */
  projectsWith(need: readonly string[]): Set<string> {
    const projects = new Set<string>()
    for (const { binding } of need.flatMap((permission) => this.grants(permission))) {
      if (binding.node?.startsWith('projects/')) projects.add(binding.node.slice('projects/'.length))
      else if (binding.node !== undefined)
        for (const project of this.world.hierarchy.projects) projects.add(project)
    }
    return projects
  }
}

const TOKENS = [
  'roles/iam.serviceAccountTokenCreator',
  'roles/iam.serviceAccountKeyAdmin',
  'roles/iam.workloadIdentityUser',
  'roles/owner',
]
const ADMINISTERS = [
  ...['roles/owner', 'roles/iam.securityAdmin', 'roles/resourcemanager.organizationAdmin'],
  ...[
    'roles/resourcemanager.projectIamAdmin',
    'roles/resourcemanager.folderIamAdmin',
    'roles/resourcemanager.folderAdmin',
  ],
]
export type Purpose = 'tokens' | 'everything' | 'some'
/** Whether a policy may be changed to the purpose: a condition may let it grant certain roles only. */
export function mayGrant(
  world: World,
  { binding, plain, answer }: Granted,
  purpose: Purpose,
  target: Target | undefined,
): Answer {
  const { condition } = binding
  const asked = target ? world.asked(target) : {}
  if (!condition?.asksGrants) return condition && target ? all([plain, holds(condition, asked)]) : answer
  const named = condition.text.match(/(?:(?:projects|organizations)\/[\w.:-]+\/)?roles\/[\w.]+/g) ?? []
  const roles = purpose === 'tokens' ? TOKENS : purpose === 'everything' ? ADMINISTERS : named
  return all([plain, any(roles.slice(0, 50).map((role) => holds(condition, { ...asked, grants: [role] })))])
}

export const notRead = ({ binding }: Hold): Answer =>
  depends(
    unseen(`what ${short(binding.role.name)} allows was not read.`),
    `It holds ${short(binding.name, 240)}.`,
  )
