// Workload identity pools and their providers: whom outside Google Cloud a member of a pool is. Read once a run, since both
// who holds roles and who can become a service account are named by them.
import type { Unknown } from '@/core/fact'
import type { Asker } from './asker'
import type { CallName } from './calls'
import { Refusals } from './refusals'
import { pageOf, Pool, Provider } from './shapes'
import { hasProject, projectName, type Tree } from './tree'
import { byName, lastPart } from './values'

export const POOLS: CallName = 'iam.workloadIdentityPools.list'
export const PROVIDERS: CallName = 'iam.workloadIdentityPoolProviders.list'
const PoolPage = pageOf('workloadIdentityPools', Pool)
const ProviderPage = pageOf('workloadIdentityPoolProviders', Provider)

export type ReadPool = Pool & { id: string; project: string; providers: readonly Provider[] }
export type Pools = {
  all: readonly ReadPool[]
  refusals: readonly Unknown[]
  /** By the number of its project and its id. Undefined: it is not read here. */
  find: (projectNumber: string, id: string) => ReadPool | Unknown | undefined
}
export const isRead = (pool: ReadPool | Unknown | undefined): pool is ReadPool =>
  pool !== undefined && 'providers' in pool

export async function readPools(asker: Asker, tree: Tree): Promise<Pools> {
  const all: ReadPool[] = []
  const found = new Map<string, ReadPool>()
  const refused = new Map<string, Unknown>()
  const refusals = new Refusals()
  for (const project of tree.projects) {
    const { number } = project
    const pools = await asker.list(POOLS, { name: projectName(project) }, PoolPage)
    if (pools.state === 'unknown') {
      refused.set(number, pools)
      refusals.add(projectName(project), pools)
    }
    if (pools.state !== 'known') continue
    for (const pool of byName(pools.value)) {
      const providers = await asker.list(PROVIDERS, { name: pool.name }, ProviderPage)
      const id = lastPart(pool.name)
      if (providers.state === 'unknown') {
        refused.set(`${number}/${id}`, providers)
        refusals.add(`${projectName(project)}, pool ${id}`, providers)
      }
      if (providers.state !== 'known') continue
      const read = { ...pool, id, project: number, providers: byName(providers.value) }
      all.push(read)
      found.set(`${number}/${id}`, read)
    }
  }
  return {
    all,
    refusals: [...tree.refusals, ...refusals.all],
    find: (projectNumber, id) => {
      const pool = found.get(`${projectNumber}/${id}`)
      const refusal = refused.get(projectNumber) ?? refused.get(`${projectNumber}/${id}`)
      return pool ?? refusal ?? (hasProject(tree, projectNumber) ? undefined : tree.refusals[0])
    },
  }
}
