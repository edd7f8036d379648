// Which project lies where, as far as the realm tells it: from a ruling of type `gcp.tree` where there is one, otherwise only what
// lies in the realm and that its root is above all of it.
import type { Realm } from '@/core/access'
import { depends, no, yes, type Answer } from '../three-valued'
import { nodeOf, projectIn } from './resources'
import { recordOf, textOf, unseen } from './words'

const DEPTH_MAX = 40
const POOL =
  /projects\/(\d+)\/locations\/global\/workloadIdentityPools\/([a-z][a-z0-9-]{4,28}[a-z0-9])\.svc\.id\.goog(?:\/|$)/

export class Hierarchy {
  readonly root: string
  /** By their ids. */
  readonly projects = new Set<string>()
  private readonly ids = new Map<string, string>()
  private readonly numbers = new Map<string, string>()
  private readonly parents = new Map<string, string>()
  /** Folders and organisation above the root, where that is told. */
  private above: readonly string[] | undefined

  constructor(realm: Realm) {
    this.root = realm.id
    if (this.root.startsWith('organizations/')) this.above = []
    for (const ruling of realm.rulings) if (ruling.type === 'gcp.tree') this.readTree(ruling.document)
    for (const { id, aliases, held } of realm.principals) {
      this.learn([id, ...aliases])
      for (const { document } of held) this.see(textOf(document?.resource) ?? '')
    }
    for (const { id, aliases } of realm.runners) for (const name of [id, ...aliases]) this.see(name)
    for (const { id } of realm.rulings) if (/^projects\/[^/]+\/roles\//.test(id)) this.see(id)
    for (const node of this.parents.keys()) this.see(node)
    this.see(this.root)
  }

  /** `{ parents: { 'projects/shop': 'folders/7' }, numbers: { shop: '123' }, above: ['organizations/1'] }` */
  private readTree(document: Readonly<Record<string, unknown>> | undefined): void {
    for (const [child, parent] of Object.entries(recordOf(document?.parents) ?? {}))
      if (typeof parent === 'string' && nodeOf(child) === child && nodeOf(parent) === parent)
        this.parents.set(child, parent)
    for (const [id, number] of Object.entries(recordOf(document?.numbers) ?? {}))
      if (typeof number === 'string') this.name(id, number)
    const above = document?.above
    if (Array.isArray(above)) this.above = above.filter((one): one is string => typeof one === 'string')
  }

  private name(id: string, number: string): void {
    if (!/^\d+$/.test(number) || /^\d+$/.test(id)) return
    this.ids.set(number, id)
    this.numbers.set(id, number)
  }
  private see(name: string): void {
    const project = projectIn(name)
    if (project !== undefined && !/^\d+$/.test(project)) this.projects.add(project)
  }
  /** The default account of a project bears its number, the pool of its clusters its id. */
  private learn(names: readonly string[]): void {
    for (const name of names) {
      const [, pooled, pool] = POOL.exec(name) ?? []
      if (pooled !== undefined && pool !== undefined) this.name(pool, pooled)
      const [, id, number] =
        /^projects\/([^/]+)\/serviceAccounts\/(\d+)-compute@developer\.gserviceaccount\.com$/.exec(name) ?? []
      if (id !== undefined && number !== undefined) this.name(id, number)
      if (/^projects\/[^/]+\/serviceAccounts\//.test(name)) this.see(name)
    }
  }

  /** The id of a project that is named by id or number; its number where nothing tells the id. */
  projectId(idOrNumber: string): string {
    return this.ids.get(idOrNumber) ?? idOrNumber
  }
  numberOf(id: string): string | undefined {
    return /^\d+$/.test(id) ? id : this.numbers.get(id)
  }

  /** Whether the project lies in the realm at all. */
  isInRealm(project: string): boolean {
    return this.projects.has(project)
  }

  /** Whether a project, folder or organisation lies in another, or is it. */
  isUnder(node: string, above: string): Answer {
    if (node === above) return yes()
    if (above.startsWith('projects/')) return this.isSameProject(node, above)
    if (node.startsWith('organizations/')) return no()
    const chain = this.chain(node)
    if (chain.includes(above)) return yes()
    if ((node === this.root || chain.includes(this.root)) && this.above)
      return this.above.includes(above) ? yes() : no()
    if (above === this.root) return this.underRoot(node)
    return depends(
      unseen(`which folders and projects lie in ${above} is not collected, so whether ${node} does is open.`),
    )
  }

  private isSameProject(node: string, above: string): Answer {
    if (!node.startsWith('projects/')) return no()
    const [a, b] = [node, above].map((one) => this.projectId(one.slice('projects/'.length)))
    if (a === b) return yes()
    return /^\d+$/.test(a ?? '') !== /^\d+$/.test(b ?? '')
      ? depends(unseen(`whether ${node} is ${above} is not known: one is named by its number.`))
      : no()
  }

  private underRoot(node: string): Answer {
    const isKnown = node.startsWith('projects/')
      ? this.isInRealm(node.slice('projects/'.length))
      : this.parents.has(node)
    if (isKnown) return yes()
    return depends(unseen(`whether ${node} lies in ${this.root} is not known.`))
  }

  /** Nodes above one, as far as the tree tells; the realm lies below its root. */
  private chain(node: string): string[] {
    const chain: string[] = []
    for (
      let at = this.parents.get(node);
      at !== undefined && chain.length < DEPTH_MAX;
      at = this.parents.get(at)
    ) {
      if (chain.includes(at)) break
      chain.push(at)
    }
    return chain
  }

  /** What is above the realm and was not read: undefined where there is nothing. */
  get unreadAbove(): string | undefined {
    if (this.above?.length === 0) return undefined
    const names = this.above?.join(', ') ?? 'the folders and the organisation above it'
    return unseen(`what is granted, denied and bounded at ${names} was not read: ${this.root} inherits it.`)
  }
}
