// The strongest level of what a principal holds: certain, and possible with what is not known.
import { PRIVILEGES, type Principal, type PrivilegeLevel, type Privileges } from '@/core/access'
import { depends, type Answer } from '../three-valued'
import { administers } from './administrator'
import { shortOf, type Level } from './permissions'
import { notRead } from './reach'
import { isOpen } from './roles'
import type { Steps } from './steps'
import { short, spoken } from './words'
import type { Hold, Holding, World } from './world'

const LEVELS: readonly Level[] = ['sensitive', 'write', 'read']
const BECAUSE_MAX = 12

/** Keeps the strongest level on both sides, with what made it so. */
class Levels {
  certain: PrivilegeLevel = 'none'
  possible: PrivilegeLevel = 'none'
  private readonly sure: string[] = []
  private readonly open: string[] = []

  add(level: PrivilegeLevel, { value, because }: Answer): void {
    if (value === 'no') return
    const isNew = stronger(level, value === 'yes' ? this.certain : this.possible)
    if (value === 'yes' && stronger(level, this.certain)) this.certain = level
    if (stronger(level, this.possible)) this.possible = level
    if (isNew) (value === 'yes' ? this.sure : this.open).unshift(...because.slice(0, 4))
  }
  get because(): string[] {
    return [...new Set([...this.sure, ...this.open])].slice(0, BECAUSE_MAX)
  }
}
const stronger = (a: PrivilegeLevel, b: PrivilegeLevel): boolean =>
  PRIVILEGES.indexOf(a) < PRIVILEGES.indexOf(b)

export function privileges(world: World, steps: Steps, principal: Principal): Privileges {
  const holding = world.holding(principal)
  const levels = new Levels()
  // What everybody holds makes nobody privileged.
  for (const hold of holding.holds) if (!hold.common) fromRole(world, holding, hold, levels)
  for (const { mystery, limits } of holding.mysteries)
    if (!limits) levels.add('administrator', depends(mystery))
  const { steps: found } = steps.found(principal)
  for (const { to, answer } of found) {
    if (to.kind === 'administrator') levels.add('escalates', answer)
    if (to.kind === 'more' || to.kind === 'thing') levels.add('sensitive', answer)
    if (to.kind === 'principal' && to.id !== principal.id) fromOther(world, steps, to.id, answer, levels)
  }
  const unread = world.unseen('grants', 'principals')
  if (unread.length) levels.add('administrator', depends(...unread))
  const reach = steps.reach(holding)
  levels.add('administrator', administers(world, reach))
  // A project or folder is run like a realm of its own.
  for (const node of placesOf(holding)) levels.add('administrator', administers(world, reach, node))
  const above = world.hierarchy.unreadAbove
  if (above !== undefined) levels.add('administrator', depends(above))
  const limits = holding.mysteries.flatMap(({ mystery, limits: isLimit }) => (isLimit ? [mystery] : []))
  const { because, missing = [] } = spoken([
    ...levels.because,
    ...(levels.because.length ? [] : ['Nothing that is held gives anything.']),
  ])
  const ceilings = spoken([...world.unseen('rulings'), ...(above ? [above] : []), ...limits]).missing ?? []
  const all = [...new Set([...missing, ...ceilings])]
  return { certain: levels.certain, possible: levels.possible, because, ...(all.length && { missing: all }) }
}

const PLACE = /^(projects|folders|organizations)\//
/** Places below the root at which something is held that may be full control. */
function placesOf(holding: Holding): Set<string> {
  const places = new Set<string>()
  for (const { binding, common } of holding.holds)
    if (!common && binding.node !== undefined && PLACE.test(binding.node)) places.add(binding.node)
  return places
}

/** Acting as another principal gives what that one holds: its own level, one step short of being administrator. */
function fromOther(world: World, steps: Steps, id: string, answer: Answer, levels: Levels): void {
  const other = world.find(id)
  if (!other) return
  const { administrator, certain, possible } = directOf(world, steps, other)
  // Most targets add nothing to what is known already: told first, since there may be thousands.
  if (administrator.value !== 'no')
    levels.add('escalates', {
      value: administrator.value === 'yes' ? answer.value : 'depends',
      because: [...answer.because, `${other.name} is administrator.`],
    })
  levels.add(certain, answer)
  levels.add(possible, { value: 'depends', because: answer.because })
}

type Direct = { administrator: Answer; certain: PrivilegeLevel; possible: PrivilegeLevel }
const directs = new WeakMap<Holding, Direct>()
/** What is held without any step, worked out once for all that hold the same. */
function directOf(world: World, steps: Steps, principal: Principal): Direct {
  const holding = world.holding(principal)
  const found = directs.get(holding)
  if (found) return found
  const own = new Levels()
  for (const hold of holding.holds) if (!hold.common) fromRole(world, holding, hold, own)
  const administrator = administers(world, steps.reach(holding))
  const direct = { administrator, certain: own.certain, possible: own.possible }
  directs.set(holding, direct)
  return direct
}

const kept = new WeakMap<Hold, { level: Level; answer: Answer }[]>()
function fromRole(world: World, holding: Holding, hold: Hold, levels: Levels): void {
  const found = kept.get(hold) ?? levelsOf(world, holding, hold)
  kept.set(hold, found)
  for (const { level, answer } of found) levels.add(level, answer)
  if (!isOpen(hold.binding.role)) return
  const { node } = hold.binding
  const isAccount =
    hold.binding.resource !== undefined && world.targets.account(hold.binding.resource) !== undefined
  const most =
    node === world.hierarchy.root
      ? 'administrator'
      : node !== undefined || isAccount
        ? 'escalates'
        : 'sensitive'
  levels.add(most, notRead(hold))
}

/** The strongest permissions of the role that nothing takes away for certain. */
function levelsOf(
  world: World,
  holding: Holding,
  { binding, held }: Hold,
): { level: Level; answer: Answer }[] {
  const target =
    binding.node !== undefined
      ? world.targets.ofNode(binding.node)
      : world.targets.read(binding.resource ?? '', 'iam.googleapis.com/x')
  const found: { level: Level; answer: Answer }[] = []
  for (const level of LEVELS) {
    let best: Answer | undefined
    for (const permission of binding.role.byLevel[level].slice(0, 2000)) {
      const taken = target ? world.restricted(holding, permission, target, {}) : undefined
      if (taken?.value === 'yes') continue
      const isSure =
        held.value === 'yes' && !binding.condition && (taken === undefined || taken.value === 'no')
      const why = binding.condition ? ['Its condition decides.'] : (taken?.because ?? [])
      best = {
        value: isSure ? 'yes' : 'depends',
        because: [`${short(binding.name, 240)} gives ${shortOf(permission)}.`, ...(isSure ? [] : why)],
      }
      if (isSure) break
    }
    if (best) found.push({ level, answer: best })
    if (best?.value === 'yes') break
  }
  return found
}
