// What a question is about: a resource under one name, with the project it lies in, and which policies reach it.
import type { Realm } from '@/core/access'
import { depends, no, yes, type Answer } from '../three-valued'
import type { Hierarchy } from './hierarchy'
import { accountIn, attributesOf, MANAGER, nodeOf, oneName, projectIn, type Attributes } from './resources'
import { short, unseen } from './words'

export type Account = {
  id: string
  index: number
  /** By its id. */
  project: string
  full: string
  email: string
  enabled: boolean
}
export type Target = {
  full: string
  node: string | undefined
  /** By its id, where that is known. */
  project: string | undefined
  account: Account | undefined
  attributes: Attributes | undefined
}

/** Short names of resources begin with their project; the permission tells which API they belong to. */
const RELATIVE = /^projects\/[^/]+\/.+$/

export class Targets {
  readonly accounts: readonly Account[]
  private readonly byName = new Map<string, Account>()
  /** Names of resources that policies of this realm are on: they lie in it. */
  private readonly here = new Set<string>()

  constructor(
    realm: Realm,
    private readonly hierarchy: Hierarchy,
  ) {
    const accounts: Account[] = []
    for (const { id, type, name, aliases, enabled } of realm.principals) {
      const placed = aliases.map(accountIn).find((one) => one !== undefined)
      if (!placed || type !== 'gcp.service-account') continue
      const project = hierarchy.projectId(placed.project)
      const full = `//iam.googleapis.com/projects/${project}/serviceAccounts/${id}`
      const email = placed.account.includes('@') ? placed.account : name
      const account = { id, index: accounts.length, project, full, email, enabled: enabled !== false }
      accounts.push(account)
      for (const one of [id, email.toLowerCase(), full]) this.byName.set(one, account)
    }
    this.accounts = accounts
    for (const { held } of realm.principals)
      for (const { document } of held)
        if (typeof document?.resource === 'string') this.here.add(this.canonical(document.resource))
  }

  account(name: string): Account | undefined {
    return this.byName.get(name) ?? this.byName.get(name.toLowerCase())
  }

  /** One name for one resource: projects by their id, service accounts by their unique id. */
  canonical(full: string): string {
    const placed = accountIn(full)
    const account = placed && this.account(placed.account)
    if (account) return account.full
    return oneName(full).replace(
      /(\/|^)projects\/(\d+)(?=\/|$)/,
      (_, before: string, number: string) => `${before}projects/${this.hierarchy.projectId(number)}`,
    )
  }

  /** Undefined where the text names no resource. @param permission in its long form, which tells the API */
  read(text: string, permission: string): Target | undefined {
    const account = this.account(text.replace(/^serviceAccount:/, ''))
    if (account) return this.ofAccount(account)
    const node = nodeOf(text)
    if (node !== undefined) return this.ofNode(node)
    if (text.startsWith('//') && text.length > 2) return this.ofFull(text)
    const placed = accountIn(text)
    if (placed) return this.ofFull(`//iam.googleapis.com/${text}`)
    if (!RELATIVE.test(text)) return undefined
    const service = permission.slice(0, permission.indexOf('/'))
    return this.ofFull(`//${service}/${text}`)
  }

  ofAccount(account: Account): Target {
    return { full: account.full, node: undefined, project: account.project, account, attributes: undefined }
  }
  ofNode(node: string): Target {
    const project = node.startsWith('projects/')
      ? this.hierarchy.projectId(node.slice('projects/'.length))
      : undefined
    const name = project === undefined ? node : `projects/${project}`
    return {
      full: `${MANAGER}${name}`,
      node: name,
      project,
      account: undefined,
      attributes: attributesOf(`${MANAGER}${name}`),
    }
  }
  private ofFull(text: string): Target {
    const full = this.canonical(text)
    const account = this.byName.get(full)
    if (account) return this.ofAccount(account)
    const project = projectIn(full)
    return { full, node: undefined, project, account: undefined, attributes: attributesOf(full) }
  }

  /** Whether what holds at a project, folder or organisation holds for the target. */
  under(target: Target, node: string): Answer {
    if (target.node !== undefined) return this.hierarchy.isUnder(target.node, node)
    if (target.project !== undefined) return this.hierarchy.isUnder(`projects/${target.project}`, node)
    if (node === this.hierarchy.root && this.isHere(target.full)) return yes()
    return depends(unseen(`in which project ${short(target.full)} lies is not known.`))
  }
  /** Whether a policy on a resource by itself reaches the target: on it, or on what it is part of. */
  within(target: Target, resource: string): Answer {
    return target.full === resource || target.full.startsWith(`${resource}/`) ? yes() : no()
  }
  private isHere(full: string): boolean {
    for (let name = full; name.length > 2; name = name.slice(0, name.lastIndexOf('/')))
      if (this.here.has(name)) return true
    return false
  }

  projectNames(target: Target): { id: string | undefined; number: string | undefined } | undefined {
    if (target.project === undefined) return undefined
    const isNumber = /^\d+$/.test(target.project)
    return { id: isNumber ? undefined : target.project, number: this.hierarchy.numberOf(target.project) }
  }
}
