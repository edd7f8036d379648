// All bindings of a scope: from one search over every resource, or, where that may not be asked, from the policies of the
// hierarchy and of each service account. Both give the same rows.
import { createHash } from 'node:crypto'
import type { Unknown } from '@/core/fact'
import type { Accounts, Placed } from './accounts'
import type { CallName } from './calls'
import type { Look } from './look'
import { FoundPolicy, pageOf, Policy, type Binding, type Condition } from './shapes'
import { projectName, projectNamed, type Tree } from './tree'
import { byText } from './values'

export const SEARCH: CallName = 'cloudasset.assets.searchAllIamPolicies'
const ACCOUNT_POLICY: CallName = 'iam.serviceAccounts.getIamPolicy'
const FoundPage = pageOf('results', FoundPolicy)
const MANAGER = '//cloudresourcemanager.googleapis.com/'
const PROJECT_NUMBER = /^\/\/cloudresourcemanager\.googleapis\.com\/projects\/(\d+)$/
const ACCOUNT = /^\/\/iam\.googleapis\.com\/projects\/([^/]+)\/serviceAccounts\/([^/]+)$/

export type HeldBinding = {
  id: string
  role: string
  resource: string
  resourceType: string
  condition: Condition | undefined
  members: string[]
  /** Set where it is a binding on a service account. */
  account: Placed | undefined
}
export type ReadBindings = {
  bindings: HeldBinding[]
  /** Why not all resources were looked at. */
  notAll: Unknown | undefined
  /** Why some of what can become service accounts may be missing. */
  unread: Unknown[]
}

const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12)
export const idOf = (role: string, resource: string, condition: Condition | undefined): string =>
  `${role}@${resource}${condition ? `#${digest([condition.title, condition.expression])}` : ''}`

/** A project goes by its id here, and by its number in many an answer. */
export function resourceIn(tree: Tree, given: string): string {
  const number = PROJECT_NUMBER.exec(given)?.[1]
  const found = number === undefined ? undefined : projectNamed(tree, number)
  return found ? `${MANAGER}${projectName(found)}` : given
}

/** Gathers bindings by their id: the same role on the same resource may be written in several. */
class Gathered {
  private readonly held = new Map<string, Omit<HeldBinding, 'members'> & { members: Set<string> }>()
  readonly unread: Unknown[] = []

  constructor(
    private readonly tree: Tree,
    private readonly accounts: Accounts,
  ) {}

  add(given: string, resourceType: string, bindings: readonly Binding[]): void {
    const named = this.named(given)
    if (!named) return
    for (const { role, members, condition: asked } of bindings) {
      const condition = asked ?? undefined
      const id = idOf(role, named.resource, condition)
      const before = this.held.get(id)
      const into = before ?? { id, role, resourceType, condition, ...named, members: new Set<string>() }
      for (const member of members) into.members.add(member)
      this.held.set(id, into)
    }
  }

  /** One name for one resource, or undefined where it cannot be told without accounts that could not be read. */
  private named(given: string): Pick<HeldBinding, 'resource' | 'account'> | undefined {
    const [, project, account] = ACCOUNT.exec(given) ?? []
    if (project !== undefined && account !== undefined) {
      const found = this.accounts.named(project, account)
      if (found.state === 'unread') this.unread.push(found.refusal)
      if (found.state === 'unread') return undefined
      if (found.state !== 'found') return { resource: given, account: undefined }
      return { resource: accountResource(found.account), account: found.account }
    }
    return { resource: resourceIn(this.tree, given), account: undefined }
  }

  get all(): HeldBinding[] {
    return [...this.held.values()]
      .map((one) => ({ ...one, members: [...one.members].sort(byText) }))
      .sort((a, b) => byText(a.id, b.id))
  }
}

const accountResource = ({ uniqueId, project }: Placed): string =>
  `//iam.googleapis.com/${projectName(project)}/serviceAccounts/${uniqueId}`

const NODE_CALLS = {
  organizations: ['resourcemanager.organizations.getIamPolicy', 'Organization'],
  folders: ['resourcemanager.folders.getIamPolicy', 'Folder'],
  projects: ['resourcemanager.projects.getIamPolicy', 'Project'],
} as const satisfies Record<string, readonly [CallName, string]>

/** The hierarchy and the service accounts: policies of other resources stay unread. */
async function readOneByOne({ asker, tree }: Look, accounts: Accounts, into: Gathered): Promise<void> {
  for (const name of [...tree.nodes, ...tree.projects.map(projectName)]) {
    const [call, type] = NODE_CALLS[name.slice(0, name.indexOf('/')) as keyof typeof NODE_CALLS]
    const policy = await asker.ask(call, { name }, Policy)
    if (policy.state === 'known')
      into.add(`${MANAGER}${name}`, `cloudresourcemanager.googleapis.com/${type}`, policy.value.bindings)
  }
  for (const account of accounts.all) {
    const policy = await asker.ask(ACCOUNT_POLICY, { name: account.name }, Policy)
    if (policy.state === 'known')
      into.add(accountResource(account), 'iam.googleapis.com/ServiceAccount', policy.value.bindings)
    if (policy.state === 'unknown') into.unread.push(policy)
  }
}

export async function readBindings(look: Look, accounts: Accounts): Promise<ReadBindings> {
  const into = new Gathered(look.tree, accounts)
  const found = await look.asker.list(SEARCH, { name: look.tree.root }, FoundPage)
  if (found.state === 'known')
    for (const { resource, assetType, policy } of found.value)
      into.add(resource, assetType || 'unknown', policy.bindings)
  else await readOneByOne(look, accounts, into)
  const notAll = found.state === 'unknown' ? found : undefined
  return { bindings: into.all, notAll, unread: into.unread }
}
