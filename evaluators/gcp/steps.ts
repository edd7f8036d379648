// The direct steps of a principal to others, to every right in the realm or to more, by the table of escalations: worked out once
// for all that hold the same.
import type { Principal, Step, StepTarget } from '@/core/access'
import { all, any, depends, no, not, yes, type Answer } from '../three-valued'
import { administers } from './administrator'
import { elsewhereSteps } from './elsewhere'
import { DEFINITIONS, type Definition } from './escalations'
import { canonical } from './permissions'
import { poolOf } from './members'
import { ownerOf } from './roles'
import { Accounts, mayGrant, notRead, Reach, type Purpose } from './reach'
import { secretSteps } from './secrets'
import { runnersIn, type Runners } from './running'
import type { Account } from './targets'
import { short, spoken } from './words'
import type { Hold, Holding, World } from './world'

const STEPS_MAX = 2000
const BETWEEN_MAX = 200
/** Sets of holdings whose steps are kept: what thousands hold in common is worked out once, and memory stays bounded. */
const KEPT_MAX = 1000
const GET_TOKEN = canonical('iam.serviceAccounts.getAccessToken') ?? ''

export type Found = { to: StepTarget; by: string; answer: Answer }
export type Stepped = { steps: readonly Found[]; more: boolean }

/** Collects steps up to a bound; the same target by the same definition is one step. */
class Collected {
  private readonly found = new Map<string, Found>()
  more = false

  add(to: StepTarget, by: string, answer: Answer): void {
    if (answer.value === 'no') return
    const key = `${by} ${to.kind} ${'id' in to ? to.id : ''}`
    const before = this.found.get(key)
    if (before?.answer.value === 'yes') return
    if (!before && this.found.size >= STEPS_MAX) this.more = true
    else this.found.set(key, { to, by, answer })
  }
  get steps(): Stepped {
    return { steps: [...this.found.values()], more: this.more }
  }
}

export class Steps {
  readonly accounts: Accounts
  private readonly reaches = new Map<Holding, Reach>()
  private readonly roles = new Map<Hold['binding']['role'], [string, Answer][]>()
  private readonly stepped = new Map<Holding, Stepped>()
  private readonly runners: Runners
  private pools: Map<string, [Account, string][]> | undefined

  constructor(private readonly world: World) {
    this.accounts = new Accounts(world)
    this.runners = runnersIn(world)
  }

  of(principal: Principal): { steps: readonly Step[]; more: boolean } {
    const { steps, more } = this.found(principal)
    const own = steps.filter(({ to }) => !(to.kind === 'principal' && to.id === principal.id))
    return { steps: [...own, ...elsewhereSteps(this.world, principal)].map((one) => this.step(one)), more }
  }
  found(principal: Principal): Stepped {
    const holding = this.world.holding(principal)
    const before = this.stepped.get(holding)
    if (before) return before
    const stepped = this.work(this.reach(holding))
    if (this.stepped.size >= KEPT_MAX) this.stepped.clear()
    this.stepped.set(holding, stepped)
    return stepped
  }
  reach(holding: Holding): Reach {
    const found = this.reaches.get(holding)
    if (found) return found
    if (this.reaches.size >= KEPT_MAX) this.reaches.clear()
    const reach = new Reach(this.world, holding, this.accounts, this.roles)
    this.reaches.set(holding, reach)
    return reach
  }

  /** What restricts and was not seen is named, and does not take a step away. */
  private step({ to, by, answer }: Found): Step {
    const above = this.world.hierarchy.unreadAbove
    const ceilings =
      answer.value === 'yes' ? [...(above ? [above] : []), ...this.world.unseen('rulings')] : []
    const said = spoken([...answer.because, ...ceilings])
    return {
      to,
      by,
      answer: answer.value === 'yes' ? 'yes' : 'depends',
      because: said.because,
      ...(said.missing && { missing: said.missing }),
    }
  }

  private work(reach: Reach): Stepped {
    const into = new Collected()
    for (const definition of DEFINITIONS) {
      const { account, place, to } = definition
      if (![...account, ...place].every((need) => reach.hasAny(need))) continue
      if (to === 'account') this.toAccounts(definition, reach, into)
      if (to === 'chain') this.throughAnother(definition, reach, into)
      if (to === 'agent') this.toAgents(definition, reach, into)
      if (to === 'policy') this.toPolicies(definition, reach, into)
      if (to === 'own-role') this.toOwnRoles(definition, reach, into)
      if (to === 'pool') this.toPools(definition, reach, into)
      if (to === 'more') this.toMore(definition, reach, into)
      if (to === 'secret')
        for (const one of secretSteps(this.world, definition, reach)) into.add(one.to, one.by, one.answer)
    }
    this.unread(reach, into)
    return into.steps
  }

  private toAccounts(definition: Definition, reach: Reach, into: Collected): void {
    const { id, account: needs, place } = definition
    const [first] = needs
    const candidates = first ? this.allOn(first, reach, into) : this.placedIn(definition, reach)
    for (const [account, held] of candidates) {
      const others = needs
        .slice(1)
        .map((need) => any(need.map((one) => reach.onAccounts(one).accounts.get(account) ?? no())))
      const there = all(place.map((need) => reach.inProject(need, account.project)))
      const placed =
        there.value === 'no' && definition.attaches ? this.attached(definition, reach, account) : there
      const ran = definition.runner ? this.runners.has(definition.runner, account) : yes()
      const answer = all([
        held,
        ...others,
        placed,
        ran,
        ...(definition.open ? [depends(definition.open)] : []),
      ])
      into.add({ kind: 'principal', id: account.id }, id, toAccount(definition, account, answer))
    }
  }
  private allOn(need: readonly string[], reach: Reach, into: Collected): Map<Account, Answer> {
    const found = new Map<Account, Answer>()
    for (const permission of need) {
      const { accounts, more } = reach.onAccounts(permission)
      if (more) into.more = true
      for (const [account, answer] of accounts) {
        const before = found.get(account)
        found.set(account, before ? any([before, answer]) : answer)
      }
    }
    return found
  }
  private placedIn({ place }: Definition, reach: Reach): Map<Account, Answer> {
    const found = new Map<Account, Answer>()
    for (const project of reach.projectsWith(place[0] ?? []))
      for (const account of this.accounts.in(project)) found.set(account, yes())
    return found
  }
  /** In another project than the account's: an organisation policy forbids that, unless somebody switched it off. */
  private attached({ place }: Definition, reach: Reach, { project }: Account): Answer {
    const others = [...reach.projectsWith(place[0] ?? [])].filter((one) => one !== project).slice(0, 50)
    const there = any(others.map((one) => all(place.map((need) => reach.inProject(need, one)))))
    if (there.value === 'no') return no()
    return depends(
      'It would run in another project: an organisation policy (iam.disableCrossProjectServiceAccountUsage) decides.',
      ...there.because,
    )
  }

  private throughAnother(definition: Definition, reach: Reach, into: Collected): void {
    const between = this.allOn(definition.account[0] ?? [], reach, into)
    let left = BETWEEN_MAX
    for (const [account, held] of between) {
      if (left-- <= 0) {
        into.more = true
        return
      }
      const principal = this.world.find(account.id)
      if (!principal) continue
      const next = this.reach(this.world.holding(principal)).onAccounts(GET_TOKEN)
      if (next.more) into.more = true
      for (const [end, answer] of next.accounts) {
        if (end === account) continue
        const through = all([held, answer])
        const because = [`Between them stands ${account.email}.`, ...through.because]
        into.add(
          { kind: 'principal', id: end.id },
          definition.id,
          toAccount(definition, end, { ...through, because }),
        )
      }
    }
  }

  private toAgents({ id, place, agents, gives, open }: Definition, reach: Reach, into: Collected): void {
    for (const project of reach.projectsWith(place[0] ?? [])) {
      const there = all(place.map((need) => reach.inProject(need, project)))
      const number = this.world.hierarchy.numberOf(project)
      if (there.value === 'no' || number === undefined) continue
      for (const email of agents?.(number) ?? []) {
        const agent = this.world.find(email)
        const answer = all([there, ...(open ? [depends(open)] : [])])
        if (agent)
          into.add({ kind: 'principal', id: agent.id }, id, {
            ...answer,
            because: [`${gives} Project: ${project}.`, ...answer.because],
          })
      }
    }
  }

  private toPolicies({ id, gives }: Definition, reach: Reach, into: Collected): void {
    for (const kind of ['projects', 'folders', 'organizations']) {
      const permission = canonical(`resourcemanager.${kind}.setIamPolicy`) ?? ''
      for (const granted of reach.grants(permission)) {
        const { node } = granted.binding
        if (node === undefined) continue
        const target = this.world.targets.ofNode(node)
        const taken = this.world.restricted(reach.holding, permission, target, this.world.asked(target))
        const words = [`${gives} Place: ${node}.`, `It holds ${short(granted.binding.name, 240)}.`]
        const to = (purpose: Purpose): Answer => {
          const answer = all([not(taken), mayGrant(this.world, granted, purpose, target)])
          return { value: answer.value, because: [...words, ...answer.because] }
        }
        const everything = to('everything')
        const isRoot = node.startsWith(kind) && node === this.world.hierarchy.root
        if (isRoot) into.add({ kind: 'administrator' }, id, everything)
        if (!isRoot || everything.value === 'no')
          into.add(
            { kind: 'more' },
            id,
            everything.value === 'yes' ? everything : any([everything, to('some')]),
          )
        const tokens = to('tokens')
        if (tokens.value !== 'no') this.accountsBelow(id, node, tokens, into)
      }
    }
  }
  /** Whoever sets a policy above service accounts can let itself become them. */
  private accountsBelow(by: string, node: string, answer: Answer, into: Collected): void {
    const accounts = node.startsWith('projects/')
      ? this.accounts.in(node.slice('projects/'.length))
      : this.accounts.all
    for (const account of accounts) {
      if (into.more) return
      const under = this.world.hierarchy.isUnder(`projects/${account.project}`, node)
      into.add({ kind: 'principal', id: account.id }, by, all([answer, under]))
    }
  }

  private toOwnRoles({ id, gives, place }: Definition, reach: Reach, into: Collected): void {
    for (const { binding, held } of reach.holding.holds) {
      const owner = ownerOf(binding.role.name)
      if (owner === undefined || binding.node === undefined) continue
      const target = this.world.targets.ofNode(owner)
      const widens = any((place[0] ?? []).map((permission) => reach.onNode(permission, target)))
      if (widens.value === 'no') continue
      const answer = all([widens, held])
      const because = [`${gives} Role: ${binding.role.name}, held on ${binding.node}.`, ...answer.because]
      const isRoot = binding.node === this.world.hierarchy.root
      into.add(isRoot ? { kind: 'administrator' } : { kind: 'more' }, id, { ...answer, because })
    }
  }

  private toPools({ id, place, gives }: Definition, reach: Reach, into: Collected): void {
    for (const project of reach.projectsWith(place[0] ?? [])) {
      const there = all(place.map((need) => reach.inProject(need, project)))
      if (there.value === 'no') continue
      for (const [account, pool] of this.pooled().get(project) ?? []) {
        const because = [`${gives} Pool: ${pool}; service account: ${account.email}.`, ...there.because]
        into.add({ kind: 'principal', id: account.id }, id, { ...there, because })
      }
    }
  }
  /** Which accounts trust a pool of which project. Pools of clusters belong to Google: nobody adds to them. */
  private pooled(): Map<string, [Account, string][]> {
    if (this.pools) return this.pools
    this.pools = new Map()
    for (const account of this.accounts.all)
      for (const { principal, effect } of this.world.find(account.id)?.trusts ?? []) {
        const pool = poolOf(principal)
        if (effect !== 'allow' || !pool || pool.pool.endsWith('.svc.id.goog')) continue
        const project = this.world.hierarchy.projectId(pool.project)
        this.pools.set(project, [...(this.pools.get(project) ?? []), [account, pool.pool]])
      }
    return this.pools
  }

  private toMore({ id, place, gives, open }: Definition, reach: Reach, into: Collected): void {
    const held = any(
      (place[0] ?? []).flatMap((permission) => reach.grants(permission)).map(({ answer }) => answer),
    )
    const names = (place[0] ?? [])
      .flatMap((permission) => reach.grants(permission))
      .map(({ binding }) => `It holds ${short(binding.name, 240)}.`)
    const answer = all([held, ...(open ? [depends(open)] : [])])
    into.add({ kind: 'more' }, id, { ...answer, because: [gives, ...answer.because, ...names.slice(0, 3)] })
  }

  /** What was not read may allow anything where it is held: said once for each place, not by every definition. */
  private unread(reach: Reach, into: Collected): void {
    for (const { mystery, limits } of reach.holding.mysteries)
      if (!limits) into.add({ kind: 'administrator' }, 'G08', depends(mystery))
    for (const hold of reach.open) {
      const { node, resource } = hold.binding
      if (node === this.world.hierarchy.root)
        into.add({ kind: 'administrator' }, 'G08', administers(this.world, reach))
      else if (node !== undefined) into.add({ kind: 'more' }, 'G08', notRead(hold))
      const on = resource === undefined ? undefined : this.world.targets.account(resource)
      const accounts = on
        ? [on]
        : node === undefined
          ? []
          : node.startsWith('projects/')
            ? this.accounts.in(node.slice(9))
            : this.accounts.all
      for (const account of accounts.slice(0, 500))
        into.add({ kind: 'principal', id: account.id }, 'G01', notRead(hold))
    }
  }
}

/** A service account that is disabled gives no tokens until somebody enables it. */
function toAccount({ gives }: Definition, { email, enabled }: Account, answer: Answer): Answer {
  if (answer.value === 'no') return answer
  const because = [`${gives} Service account: ${email}.`, ...answer.because]
  return enabled
    ? { value: answer.value, because }
    : { value: 'depends', because: [...because, `${email} is disabled: somebody has to enable it first.`] }
}
