// All steps of a principal: what principals that hold the same share is worked out once.
import type { Principal, PrivilegeLevel, Step } from '@/core/access'
import { PRIVILEGES } from '@/core/access'
import { managedIdentityIn } from './admits'
import type { At } from './arm'
import { ARM } from './escalations'
import type { Holding } from './holding'
import { Places } from './places'
import { armSteps } from './steps-arm'
import { applicationsOf, entraSteps, ownerSteps, type Applications } from './steps-entra'
import type { Tenant } from './tenant'

/** So many steps of one principal are told; the strongest targets come first. */
export const STEPS_MAX = 2000
/** One more may be the holder itself, which is not told, and one says that there are more. */
const MADE_MAX = STEPS_MAX + 2

/** Who is let in by whom: to what a principal can go because the other names it. */
type Doors = {
  owned: Map<string, Principal[]>
  trusting: Map<string, { principal: Principal; because: string }[]>
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const same = map.get(key)
  if (same) same.push(value)
  else map.set(key, [value])
}

function doorsOf(tenant: Tenant): Doors {
  const doors: Doors = { owned: new Map(), trusting: new Map() }
  const { principals, elsewhere } = tenant.realm
  const byClientId = new Map(
    principals.flatMap((one) => one.aliases.map((alias) => [alias.toLowerCase(), one] as const)),
  )
  for (const principal of [...principals, ...elsewhere]) {
    for (const trust of principal.trusts) {
      if (trust.effect !== 'allow') continue
      if (trust.principalType === 'identity') push(doors.owned, trust.principal.toLowerCase(), principal)
      const identity = trust.principalType === 'federated' ? managedIdentityIn(trust, tenant.id) : undefined
      const type = identity === undefined ? undefined : tenant.principals.get(identity)?.type
      if (identity !== undefined && type === 'azure.managed-identity')
        push(doors.trusting, identity, {
          principal,
          because: 'A federated credential accepts tokens of this managed identity.',
        })
    }
    const blueprint = principal.type === 'azure.agent-identity' ? principal.tags?.['blueprint'] : undefined
    const maker = blueprint === undefined ? undefined : byClientId.get(blueprint.toLowerCase())
    if (maker)
      push(doors.trusting, maker.id.toLowerCase(), {
        principal,
        because: 'It is the blueprint of the agent, and its credentials sign in as the agent.',
      })
  }
  return doors
}

const keyOf = ({ to, by }: Step): string => `${by} ${to.kind} ${'id' in to ? to.id : ''}`
/** Several roles may lead to the same; of what `more` stands for each may be another. */
function unique(steps: readonly Step[]): Step[] {
  const told = new Set<string>()
  return steps.filter((step) => {
    const key = keyOf(step)
    return step.to.kind === 'more' || (!told.has(key) && Boolean(told.add(key)))
  })
}

export class Steps {
  private readonly shared = new Map<string, readonly Step[]>()
  private readonly places: Places
  private readonly doors: Doors
  private applications: Applications | undefined

  constructor(
    private readonly tenant: Tenant,
    private readonly levelOf: (principal: Principal) => PrivilegeLevel,
  ) {
    this.places = new Places(tenant)
    this.doors = doorsOf(tenant)
  }

  of(principal: Principal, at: At): { steps: readonly Step[]; more: boolean } {
    const { id } = principal
    const shared = this.sharedBy(at.holding, at)
    const own = this.throughDoors(id.toLowerCase(), at.holding)
    const others = shared.filter(({ to }) => to.kind !== 'principal' || to.id !== id)
    const told = new Set(own.length ? others.map(keyOf) : [])
    for (const step of own) {
      const key = keyOf(step)
      if (('id' in step.to && step.to.id === id) || told.has(key)) continue
      told.add(key)
      others.push(step)
    }
    return { steps: others.slice(0, STEPS_MAX), more: others.length > STEPS_MAX }
  }

  private throughDoors(id: string, holding: Holding): Step[] {
    return [
      ...ownerSteps(holding, this.doors.owned.get(id) ?? []),
      ...(this.doors.trusting.get(id) ?? []).map(({ principal: to, because }): Step => ({
        to: { kind: 'principal', id: to.id },
        by: 'trust',
        answer: 'yes',
        because: [because],
      })),
    ]
  }

  private sharedBy(holding: Holding, at: At): readonly Step[] {
    const found = this.shared.get(holding.key)
    if (found) return found
    const made = [
      ...unique(entraSteps(holding, this.strongestFirst())),
      ...armSteps(ARM, { ...at, places: this.places }),
    ]
    const order = (step: Step): number =>
      step.to.kind === 'administrator' ? 0 : step.to.kind === 'more' ? 1 : 2
    // Sorting is stable: applications stay in the order of their strength.
    const steps = made.sort((a, b) => order(a) - order(b)).slice(0, MADE_MAX)
    this.shared.set(holding.key, steps)
    return steps
  }

  private strongestFirst(): Applications {
    if (this.applications) return this.applications
    const applications = applicationsOf(this.tenant.realm.principals)
    const ranked = applications.all.map((one) => ({
      one,
      rank: PRIVILEGES.indexOf(this.levelOf(one.principal)),
    }))
    ranked.sort((a, b) => a.rank - b.rank)
    this.applications = { ...applications, all: ranked.slice(0, MADE_MAX).map(({ one }) => one) }
    return this.applications
  }
}
