// What every stream begins with: the hierarchy it looks at and the service accounts in it. Both are read once a run, whoever
// asks first.
import type { StreamAt } from '@/core/connector'
import type { Session } from '@/core/session'
import { readAccounts, type Accounts } from './accounts'
import { Asker } from './asker'
import { readPools, type Pools } from './pools'
import { readTree, type Tree } from './tree'

/** Held by the session: with the run it goes. */
class Held {
  private readonly trees = new Map<string, Promise<Tree>>()
  private readonly accounts = new Map<string, Promise<Accounts>>()
  private readonly pools = new Map<string, Promise<Pools>>()
  readonly asker: Asker

  constructor(session: Session) {
    this.asker = new Asker(session)
  }

  async tree(root: string): Promise<Tree> {
    const tree = await once(this.trees, root, () => readTree(this.asker, root))
    // A project that the settings name by its number goes by its id from here on.
    if (!this.trees.has(tree.root)) this.trees.set(tree.root, Promise.resolve(tree))
    return tree
  }
  accountsOf(tree: Tree): Promise<Accounts> {
    return once(this.accounts, tree.root, () => readAccounts(this.asker, tree))
  }
  poolsOf(tree: Tree): Promise<Pools> {
    return once(this.pools, tree.root, () => readPools(this.asker, tree))
  }
}
function once<T>(held: Map<string, Promise<T>>, key: string, read: () => Promise<T>): Promise<T> {
  const before = held.get(key)
  if (before) return before
  const made = read()
  held.set(key, made)
  return made
}

const sessions = new WeakMap<Session, Held>()
export function heldBy(session: Session): Held {
  const held = sessions.get(session) ?? new Held(session)
  sessions.set(session, held)
  return held
}

export type Look = StreamAt & {
  tree: Tree
  asker: Asker
  accounts: () => Promise<Accounts>
  pools: () => Promise<Pools>
}

export async function lookAt(at: StreamAt): Promise<Look> {
  const held = heldBy(at.session)
  const tree = await held.tree(at.scope.nativeId)
  return {
    ...at,
    tree,
    asker: held.asker,
    accounts: () => held.accountsOf(tree),
    pools: () => held.poolsOf(tree),
  }
}
