// The direct steps of a principal to others, to all rights, and out of the server: worked out once for all who hold the same.
import type { Principal, Step, StepTarget } from '@/core/access'
import { Budget } from '../budget'
import { all, any, depends, no, yes, type Answer } from '../three-valued'
import { held } from './administrator'
import { bounded, TOO_MUCH } from './answers'
import type { Access } from './can'
import { one, UPDATE, type Definition } from './definition'
import { DEFINITIONS, definition } from './escalations'
import { freshName } from './names'
import { worthAsking, type Place, type Places } from './places'
import { targetsOf, unreadEngines, type Engine, type Targets } from './targets'
import type { World } from './world'
import { groupsOf } from './entities'

const STEPS_MAX = 6_000_000
/** Steps to one sort of thing that are told; past it there are more. */
const TOLD_MAX = { principals: 500, issuers: 500, secrets: 100 } as const
/** Things that are looked at to find them. */
const LOOKED_MAX = 20_000

type Found = { definition: Definition; to: StepTarget; answer: Answer }
export type Told = { found: readonly Found[]; more: boolean }
const ADMINISTRATOR: StepTarget = { kind: 'administrator' }
const GENERAL = DEFINITIONS.filter(
  ({ id, administers, leads }) =>
    (administers && leads === 'administrator' && id !== 'V05-other') || id === 'V10' || id === 'V11-transit',
)

export class Steps {
  private readonly targets: Targets
  private readonly engines: readonly Engine[]
  private readonly pkiMounts: readonly string[]
  /** Mounts of methods whose users or roles whoever writes them can sign in by. */
  private readonly loginForms: readonly string[]
  private readonly tokenRolesWhole: boolean
  private readonly thingsUnseen: readonly string[]
  private readonly shared = new Map<string, Told>()

  constructor(private readonly world: World) {
    const { realm } = world
    this.targets = targetsOf(world)
    this.engines = unreadEngines(realm.things)
    const pki = realm.things.filter(({ type }) => type === 'vault.pki-role')
    this.pkiMounts = [...new Set(pki.map(({ name }) => name.slice(0, name.lastIndexOf('/'))))]
    this.loginForms = loginForms(world)
    this.tokenRolesWhole = !realm.unseen.some(
      ({ part, words }) => part === 'principals' && !/\baccessors?\b/.test(words),
    )
    this.thingsUnseen = realm.unseen.flatMap(({ part, words }) => (part === 'things' ? [words] : []))
  }

  of(principal: Principal): { steps: Step[]; more: boolean } {
    const { found, more } = this.told(principal)
    const missing = this.world.grantsUnseen(principal)
    const steps = found.flatMap(({ definition: { id, gives }, to, answer }): Step[] => {
      if (answer.value === 'no' || (to.kind === 'principal' && to.id === principal.id)) return []
      const isOpen = answer.value === 'depends' || missing.length > 0
      return [
        {
          to,
          by: id,
          answer: isOpen ? 'depends' : 'yes',
          because: [gives, ...answer.because].slice(0, 8),
          ...(missing.length && { missing }),
        },
      ]
    })
    return { steps, more }
  }

  /** Everything found for a principal, by what it holds and by what it is. */
  told(principal: Principal): Told {
    const { access, key } = this.world.holdingOf(principal)
    let shared = this.shared.get(key)
    if (!shared) {
      access.allow(STEPS_MAX)
      shared = bounded(() => this.byHolding(access), tooMuch())
      this.shared.set(key, shared)
    }
    access.allow(STEPS_MAX)
    const own = bounded(() => this.byBeing(access, principal), [])
    return { found: merged([...shared.found, ...own]), more: shared.more }
  }

  private byHolding(access: Access): Told {
    const { root, mysteries, rules } = access.held
    const found: Found[] = []
    let more = false
    if (root) found.push({ definition: definition('V01'), to: ADMINISTRATOR, answer: yes() })
    else if (mysteries.length) found.push(toAll('V22', depends(...mysteries)))
    for (const sort of ['principals', 'issuers', 'secrets'] as const) {
      const here = this.reached(access, this.targets[sort], TOLD_MAX[sort])
      found.push(...here.found)
      more ||= here.more
    }
    if (root) return { found, more }
    const fresh = freshName(rules)
    const budget = new Budget(STEPS_MAX)
    const ask = (each: Definition): Answer => {
      const ways = mysteries.length ? [] : worthAsking(each.ways, rules)
      const answer = ways.length ? held(access, { ...each, ways }, fresh, budget) : no()
      return answer.value === 'no' || each.open === undefined ? answer : depends(...answer.because, each.open)
    }
    const general = this.tokenRolesWhole ? GENERAL : [...GENERAL, definition('V05-other')]
    for (const each of general)
      found.push({
        definition: each,
        to: each.leads === 'more' ? { kind: 'more' } : ADMINISTRATOR,
        answer: ask(each),
      })
    const login = { ...definition('V06-login'), ways: this.loginForms.map((form) => one(form, ['create'])) }
    found.push({ definition: login, to: ADMINISTRATOR, answer: ask(login) })
    for (const { to, forms } of this.engines) {
      const engine = { ...definition('V11-engine'), ways: forms.map((form) => one(form, ['read', 'update'])) }
      found.push({ definition: engine, to, answer: ask(engine) })
    }
    const signing = { ...definition('V11-sign'), ways: this.pkiMounts.flatMap(signingAt) }
    found.push({ definition: signing, to: { kind: 'more' }, answer: ask(signing) })
    if (this.thingsUnseen.length) {
      const unseen = { ...definition('V20-unseen'), open: this.thingsUnseen.join(' ') }
      found.push({ definition: unseen, to: { kind: 'more' }, answer: ask(unseen) })
    }
    return { found, more }
  }

  private reached(access: Access, places: Places, most: number): Told {
    const found: Found[] = []
    let looked = 0
    for (const place of access.held.root ? places.all() : places.near(access.held.rules)) {
      if (found.length >= most || ++looked > LOOKED_MAX) return { found, more: true }
      const { by, to } = place
      const answer = atPlace(access, place)
      if (answer.value === 'no') continue
      found.push({ definition: definition(by), to, answer })
      // Whoever writes a user or an AppRole says what it may do as well.
      if (by === 'V06-role' && place.open === undefined && !place.path.endsWith('/password'))
        found.push({ definition: definition('V06-login'), to: ADMINISTRATOR, answer })
    }
    return { found, more: false }
  }

  /** By the role that it is, and by the entity that its tokens are of. */
  private byBeing(access: Access, principal: Principal): Found[] {
    const found: Found[] = []
    const entities = this.world.entitiesOf(principal)
    for (const entity of entities)
      if (entity !== principal)
        found.push({ definition: definition('V21'), to: { kind: 'principal', id: entity.id }, answer: yes() })
    if (access.held.root || access.held.mysteries.length) return found
    const may = (paths: readonly string[]): Answer => any(paths.map((path) => access.can(path, 'update')))
    const path =
      principal.type === 'vault.token-role'
        ? undefined
        : principal.aliases.find((one) => one.startsWith('auth/'))
    if (path !== undefined) found.push(toAll('V06-own', may([path, `${path}/policies`])))
    if (!hasEntity(principal)) return found
    const own = entities.flatMap((entity) => [
      `identity/entity/id/${entity.id}`,
      `identity/entity/name/${entity.name}`,
      ...[...groupsOf(entity)].map((group) => `identity/group/name/${group}`),
    ])
    found.push(toAll('V08-own', may(['identity/entity', 'identity/group', ...own])))
    return found
  }
}

const toAll = (id: string, answer: Answer): Found => ({
  definition: definition(id),
  to: ADMINISTRATOR,
  answer,
})
const tooMuch = (): Told => ({ found: [toAll('V22', depends(TOO_MUCH))], more: true })

/** Tokens of a login method are of an entity, which is made at the first sign-in; those of token roles are of their maker's. */
const hasEntity = ({ type }: Principal): boolean =>
  type === 'vault.entity' || (/-(role|user)$/.test(type) && type !== 'vault.token-role')

function atPlace(access: Access, { needs, open }: Place): Answer {
  const answer = all(
    needs.map(({ path, capability, sudo }) => {
      const acts = any(capability.map((each) => access.can(path, each)))
      return sudo ? all([acts, access.can(path, 'sudo')]) : acts
    }),
  )
  return answer.value === 'no' || open === undefined ? answer : depends(...answer.because, open)
}

const signingAt = (mount: string) => [
  one(`${mount}/sign-verbatim`, UPDATE),
  one(`${mount}/sign-verbatim/{name}`, UPDATE),
  one(`${mount}/root/sign-intermediate`, UPDATE),
  one(`${mount}/issuer/{name}/sign-intermediate`, UPDATE),
  one(`${mount}/root/sign-self-issued`, UPDATE, true),
]

function loginForms({ realm }: World): string[] {
  const forms = new Set<string>()
  for (const { name, kind } of realm.things) {
    const [, mount, type] = /^auth\/(.+) \((userpass|approle)\)$/s.exec(kind === 'issuer' ? name : '') ?? []
    if (mount !== undefined) forms.add(`auth/${mount}/${type === 'userpass' ? 'users' : 'role'}/{name}`)
  }
  for (const { type, aliases } of realm.principals) {
    const folder = { 'vault.userpass-user': 'users', 'vault.approle-role': 'role' }[type]
    for (const alias of folder === undefined ? [] : aliases) {
      const [, place] = /^(auth\/.+\/(?:users|role)\/)[^/]+$/s.exec(alias) ?? []
      if (place !== undefined) forms.add(`${place}{name}`)
    }
  }
  return [...forms].sort()
}

/** One for each way and target: the surest. What only could lead to all rights says nothing beside what does. */
function merged(found: readonly Found[]): Found[] {
  const kept = new Map<string, Found>()
  const isSure = found.some(({ to, answer }) => to.kind === 'administrator' && answer.value === 'yes')
  const atTarget = (id: string, to: StepTarget): string => `${id} ${to.kind} ${'id' in to ? to.id : ''}`
  for (const each of found) {
    if (
      each.answer.value === 'no' ||
      (isSure && each.to.kind === 'administrator' && each.answer.value === 'depends')
    )
      continue
    const key = atTarget(each.definition.id, each.to)
    const before = kept.get(key)
    if (!before || (before.answer.value !== 'yes' && each.answer.value === 'yes')) kept.set(key, each)
  }
  // A secret id alone is worth telling where the role id cannot be read.
  for (const [
    key,
    {
      definition: { id },
      to,
    },
  ] of kept)
    if (id === 'V07-part' && kept.has(atTarget('V07', to))) kept.delete(key)
  return [...kept.values()]
}
