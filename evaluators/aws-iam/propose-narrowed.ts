// What is left of the actions a statement names once those go that were looked for and not seen in use.
import { actionNamed, actionsLike, actionsOf, serviceOf } from './catalogue'
import { literal } from './condition-operators'
import { covers } from './glob'
import { overlap } from './match'
import type { Exercised } from '../proposal'

/** Catalogue of services by what a pattern says of them. */
const ALL = '*'
/**
 * Rights that are checked with other calls and never called themselves: that they were not seen says nothing. IAM user guide,
 * "Grant a user permissions to pass a role to an AWS service"; AWS STS, "Pass session tags", "Monitor and control actions taken
 * with assumed roles".
 */
const NEVER_CALLED: ReadonlySet<string> = new Set(['iam:passrole', 'sts:tagsession', 'sts:setsourceidentity'])

export type Use = 'seen' | 'may-be' | 'not-seen'
const isWild = (pattern: string): boolean => /[*?]/.test(pattern)

/** What a source told of one document, with what it was silent about: of that no more is known than that it may be used. */
export class Told {
  private readonly seen: ReadonlySet<string>
  private readonly unseen: readonly string[]
  /** Services that are told of. */
  readonly services: readonly string[]

  constructor({ actions, unseen = [] }: Pick<Exercised, 'actions' | 'unseen'>) {
    this.seen = new Set(actions.map((one) => one.toLowerCase()))
    this.unseen = unseen.map((one) => one.toLowerCase())
    this.services = [...new Set([...this.seen, ...this.unseen].map(serviceOf))].filter((one) => !isWild(one))
  }

  /** Of one action, in any case. */
  useOf(action: string): Use {
    const name = action.toLowerCase()
    if (this.seen.has(name)) return 'seen'
    if (NEVER_CALLED.has(name)) return 'may-be'
    const [by, ...more] = this.unseen.filter((pattern) => covers(pattern, name))
    if (by === undefined) return 'may-be'
    // Tags are given with what makes a thing, without a call of their own: only where nothing of the service was used is it plain.
    const isPlain = [by, ...more].some(isWild) || actionNamed(name)?.level !== 'T'
    return isPlain ? 'not-seen' : 'may-be'
  }

  /** Of a right as a policy names it: a pattern is not seen where all that it covers is not. */
  useOfRight(right: string): Use {
    if (!isWild(right)) return this.useOf(right)
    return this.left(right).length ? 'may-be' : 'not-seen'
  }

  /** Whether anything that the pattern covers is told not to have been seen. */
  private isCut(pattern: string): boolean {
    const name = pattern.toLowerCase()
    return this.unseen.some((one) => overlap(one, name))
  }

  /** What stays of a right: itself where nothing of it goes, else the actions that stay. Never anything that it does not cover. */
  left(right: string): string[] {
    if (!isWild(right)) return this.useOf(right) === 'not-seen' ? [] : [right]
    if (!this.isCut(right)) return [right]
    const service = right === ALL ? ALL : serviceOf(right)
    if (!isWild(service)) return this.leftOfService(right, service)
    const rest = right === ALL ? ALL : right.slice(right.indexOf(':') + 1)
    return allServices(this.services)
      .filter((one) => covers(service, one))
      .flatMap((one) => this.left(`${one}:${rest}`))
  }

  /** What stays of all actions but those that are named. */
  leftBut(named: readonly string[]): string[] {
    const except = named.map((one) => one.toLowerCase())
    return allServices(this.services).flatMap((service) => {
      const all = `${service}:*`
      if (except.some((one) => covers(one, all))) return []
      if (!except.some((one) => overlap(one, all))) return this.left(all)
      return [...actionsOf(service).values()]
        .map(({ name }) => name)
        .filter((name) => !except.some((one) => covers(one, name.toLowerCase())))
        .filter((name) => this.useOf(name) !== 'not-seen')
    })
  }

  private leftOfService(right: string, service: string): string[] {
    const all = [...actionsLike(right)].map(({ name }) => name)
    const stay = all.filter((name) => this.useOf(name) !== 'not-seen')
    // Of what the catalogue does not know, it goes only as a whole.
    if (!all.length)
      return this.unseen.some((one) => covers(one, literal(right.toLowerCase()))) ? [] : [right]
    if (stay.length === all.length) return [right]
    return right === `${service}:*` ? inFewWords(service, stay, all) : stay
  }
}

let known: readonly string[] | undefined
/** Services of the catalogue, and those that are told of and are not in it. */
function allServices(told: readonly string[]): readonly string[] {
  known ??= [...new Set([...actionsLike(ALL)].map(({ name }) => serviceOf(name)))]
  return [...new Set([...known, ...told])].sort()
}

/** Verbs as patterns, where none of what goes begins so: a policy has room for 6,144 characters. */
function inFewWords(service: string, stay: readonly string[], all: readonly string[]): string[] {
  const kept = new Set(stay)
  const gone = all.filter((name) => !kept.has(name))
  const words = stay.map((name) => {
    const verb = /^[A-Z][a-z]+/.exec(name.slice(service.length + 1))?.[0]
    const begins = `${service}:${verb}`
    const isShort = verb !== undefined && stay.filter((one) => one.startsWith(begins)).length > 1
    return isShort && !gone.some((one) => one.startsWith(begins)) ? `${begins}*` : name
  })
  return [...new Set(words)]
}
