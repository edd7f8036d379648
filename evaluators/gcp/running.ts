// What runs in which project and as whom, as far as it is collected.
import { depends, no, yes, type Answer } from '../three-valued'
import { projectIn } from './resources'
import type { Account } from './targets'
import { unseen } from './words'
import type { World } from './world'

export type Runners = { has: (asked: { type: string; uses: boolean }, account: Account) => Answer }

export function runnersIn(world: World): Runners {
  const placed = new Set<string>()
  const used = new Set<string>()
  for (const { id, type, aliases, uses } of world.realm.runners) {
    const project = [id, ...aliases].map(projectIn).find((one) => one !== undefined)
    if (project !== undefined) placed.add(`${type} ${world.hierarchy.projectId(project)}`)
    for (const one of uses) used.add(`${type} ${one}`)
  }
  const missing = world.unseen('runners')
  return {
    has: ({ type, uses }, { id, project, email }) => {
      if (uses ? used.has(`${type} ${id}`) || used.has(`${type} ${email}`) : placed.has(`${type} ${project}`))
        return yes()
      if (missing.length) return depends(...missing)
      // An import without any workload tells nothing of what runs.
      return world.realm.runners.length ? no() : depends(unseen(`what runs in ${project} is not collected.`))
    },
  }
}
