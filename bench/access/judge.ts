// Asks a compiled realm about all of its principals, and compares with what else could be done with it in the same process.
import type { Access, Realm } from '@/core/access'
import { judgedRealm } from '@/governance/access/realm-cache'
import { Heap, spentOn, type Spent } from './work'

export type Judging = {
  realm: Realm
  access: Access
  escalations: readonly { needs: readonly string[] }[]
  compile: Spent
  steps: Spent
  privileges: Spent
  told: { steps: number; principals: number; cut: number; levels: Map<string, number> }
  heapMiB: number
  /** Reading the same realm, and no more than that, from text. */
  read: Spent
}

const LOOK_EVERY = 100
const READINGS = 10

/** On average, for what it is compared with goes on for long. */
async function readingOf(text: string): Promise<Spent> {
  const { cpuSeconds, seconds } = await spentOn(() => {
    for (let reading = 0; reading < READINGS; reading++) JSON.parse(text)
  })
  return { cpuSeconds: cpuSeconds / READINGS, seconds: seconds / READINGS }
}

/** Compiled anew, so that nothing is known yet of what is asked. */
export async function judgeAll(scopeId: string): Promise<Judging> {
  const judged = await judgedRealm(scopeId)
  if (!judged?.platform) throw new Error('nobody can judge the realm')
  const { realm, platform } = judged
  const read = await readingOf(JSON.stringify(realm))
  const heap = new Heap()
  const { value: access, ...compile } = await spentOn(() => platform.within(realm))
  const told = { steps: 0, principals: 0, cut: 0, levels: new Map<string, number>() }
  const steps = await spentOn(() => {
    for (const [at, { id }] of realm.principals.entries()) {
      const { steps: found, more } = access.steps(id)
      told.steps += found.length
      told.principals += found.length ? 1 : 0
      told.cut += more ? 1 : 0
      if (at % LOOK_EVERY === 0) heap.look()
    }
  })
  const privileges = await spentOn(() => {
    for (const { id } of realm.principals) {
      const { certain } = access.privileges(id)
      told.levels.set(certain, (told.levels.get(certain) ?? 0) + 1)
    }
  })
  const heapMiB = heap.peakMiB
  return { realm, access, escalations: platform.escalations, compile, steps, privileges, told, heapMiB, read }
}

export const together = (...spent: readonly Spent[]): Spent => ({
  cpuSeconds: spent.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
  seconds: spent.reduce((sum, { seconds }) => sum + seconds, 0),
})

export const levelsOf = ({ levels }: Judging['told']): string =>
  [...levels]
    .sort(([, a], [, b]) => b - a)
    .map(([level, count]) => `${count} ${level}`)
    .join(', ')
