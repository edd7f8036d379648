// One step of a measurement in a process of its own: takes its task from the parent and hands back what it found.
import { db } from '@/prisma/client'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { closeSender } from '@/jobs/queue'
import type { Answer, Step, Task } from './contract'

/** Loaded one by one: what another step needs must not count as this one's memory. */
const STEPS: Readonly<Record<string, () => Promise<Step>>> = {
  generate: async () => (await import('./sync/generate')).generate,
  'first-sync': async () => (await import('./sync/first-sync')).firstSync,
  memory: async () => (await import('./sync/first-sync')).memoryOfSync,
  copy: async () => (await import('./sync/copy-rows')).copyRows,
  evaluate: async () => (await import('./sync/evaluate')).evaluate,
  fill: async () => (await import('./sync/fill')).fill,
  unchanged: async () => (await import('./sync/again')).unchanged,
  changed: async () => (await import('./sync/again')).changed,
  sizes: async () => (await import('./sync/sizes')).sizes,
  present: async () => (await import('./queries/present')).present,
  past: async () => (await import('./queries/past')).past,
  diff: async () => (await import('./queries/diff')).diff,
  reproduce: async () => (await import('./queries/reproduce')).reproduce,
  watch: async () => (await import('./watch/watch')).watch,
  'access-account': async () => (await import('./access/account')).accessAccount,
  'access-analysis': async () => (await import('./access/analyse')).accessAnalysis,
  'access-cluster': async () => (await import('./access/cluster')).accessCluster,
  'access-graph': async () => (await import('./access/graph')).accessGraph,
  packs: async () => (await import('./packs/packs')).packs,
  report: async () => (await import('./report/report')).report,
}

async function take(task: Task): Promise<Answer> {
  const load = STEPS[task.step]
  if (!load) throw new Error(`there is no step ${task.step}`)
  const step = await load()
  return step(task)
}

// Listening is what keeps the process alive.
process.on('message', (task: Task) => {
  take(task)
    .then(async (answer) => {
      await Promise.all([closeSender(), closeMomentClient(), db.$disconnect()])
      process.send?.(answer, undefined, undefined, () => process.exit(0))
    })
    .catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      process.exit(1)
    })
})
