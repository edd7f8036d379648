// The service accounts of all projects, and whom an email means: the one that bears it now, one of a project that could not
// be read, or one from outside.
import type { Unknown } from '@/core/fact'
import type { Asker } from './asker'
import type { CallName } from './calls'
import { Refusals } from './refusals'
import { Account, pageOf, type Project } from './shapes'
import { hasProject, projectName, type Tree } from './tree'
import { byText } from './values'

export const ACCOUNTS: CallName = 'iam.serviceAccounts.list'
const AccountPage = pageOf('accounts', Account)

export type Placed = Account & { project: Project }
export type Accounts = {
  all: readonly Placed[]
  refusals: readonly Unknown[]
  resolve: (email: string) => Resolved
  /** By what stands in the name of a resource: its unique id or its email, beside the project. */
  named: (project: string, idOrEmail: string) => Resolved
}
/** `outside`: of a project that is not read here; `missing`: its project was read, and it is not there. */
export type Resolved =
  | { state: 'found'; account: Placed }
  | { state: 'unread'; refusal: Unknown }
  | { state: 'outside' }
  | { state: 'missing' }

/**
 * The project whose service account it is, by its id or, for those that Google makes, its number. Undefined for accounts of
 * Google itself.
 */
export function projectOf(email: string): string | undefined {
  const [local = '', domain = ''] = email.split('@')
  if (domain === 'appspot.gserviceaccount.com') return withDomain(local)
  if (domain === 'developer.gserviceaccount.com') return /^(\d+)-compute$/.exec(local)?.[1]
  if (!domain.endsWith('.iam.gserviceaccount.com') || domain.startsWith('gcp-sa-')) return undefined
  // Service agents of older services are in projects of Google that look like any other.
  if (/^service-\d+$/.test(local)) return undefined
  return withDomain(domain.slice(0, -'.iam.gserviceaccount.com'.length))
}
/** `shop.example.com` is how `example.com:shop` is written in an address. */
function withDomain(text: string): string {
  const dot = text.indexOf('.')
  return dot < 0 ? text : `${text.slice(dot + 1)}:${text.slice(0, dot)}`
}

export async function readAccounts(asker: Asker, tree: Tree): Promise<Accounts> {
  const all: Placed[] = []
  const refused = new Map<string, Unknown>()
  const refusals = new Refusals()
  for (const project of tree.projects) {
    const accounts = await asker.list(ACCOUNTS, { name: projectName(project) }, AccountPage)
    if (accounts.state === 'known') for (const one of accounts.value) all.push({ ...one, project })
    if (accounts.state !== 'unknown') continue
    refusals.add(projectName(project), accounts)
    refused.set(project.projectId, accounts)
    refused.set(project.number, accounts)
  }
  all.sort((a, b) => byText(a.uniqueId, b.uniqueId))
  const byEmail = new Map(all.map((one) => [one.email, one]))
  const byId = new Map(all.map((one) => [one.uniqueId, one]))
  const whereNotFound = (project: string): Resolved => {
    const refusal = refused.get(project)
    if (refusal) return { state: 'unread', refusal }
    if (hasProject(tree, project)) return { state: 'missing' }
    // It may be of a project that could not be seen.
    const [unseen] = tree.refusals
    return unseen ? { state: 'unread', refusal: unseen } : { state: 'outside' }
  }
  const resolve = (email: string): Resolved => {
    const account = byEmail.get(email)
    if (account) return { state: 'found', account }
    const project = projectOf(email)
    return project === undefined ? { state: 'outside' } : whereNotFound(project)
  }
  return {
    all,
    refusals: [...tree.refusals, ...refusals.all],
    resolve,
    named(project, idOrEmail) {
      const account = byId.get(idOrEmail) ?? byEmail.get(idOrEmail)
      if (account) return { state: 'found', account }
      return project === '-' ? resolve(idOrEmail) : whereNotFound(project)
    },
  }
}
