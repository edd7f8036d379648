// What policies together allow at one path: the rules of the deciding pattern, joined over all of them.
import { Budget } from '../budget'
import type { HeldDocument } from '@/core/evaluator'
import { agree, depends, no, yes, type Answer } from '../three-valued'
import { before, mayMatch, rankAt, rankOf, stagesOf, type Rank, type Server, type Stage } from './match'
import { limited } from './parameters'
import { asBytes, readHeld, type Held, type Rule } from './rules'

export const CAPABILITIES = [
  ...([
    'sudo',
    'read',
    'list',
    'update',
    'delete',
    'create',
    'patch',
    'scan',
    'subscribe',
    'recover',
  ] as const),
]
/** Requests that end with a slash whoever asks. */
export const LISTS: ReadonlySet<string> = new Set(['list', 'scan'])
const STEPS_MAX = 2_000_000
/** Paths of which it is remembered what decides about them. */
const DECIDED_MAX = 20_000

/** Names of parameters, whatever they are, or none of it: the server's own list of capabilities looks at none. */
type Asked = readonly string[] | 'unknown' | 'unasked'

/** Rules of the deciding pattern, and those of which it is not known whether they apply: beside them, or before them. */
type Deciding = { rules: readonly Rule[]; beside: readonly Rule[]; above: readonly Rule[] }

export class Access {
  private readonly exact = new Map<string, Rule[]>()
  private readonly prefixes = new Map<string, Rule[]>()
  private readonly segments = new Map<string, Rule[]>()
  /** Patterns with a plus, by what stands before it. */
  private readonly heads = new Map<string, string[]>()
  private readonly decided = new Map<string, Deciding>()
  private readonly unsure: Rule[] = []
  private readonly lengths: number[]
  private readonly headLengths: number[]

  constructor(
    readonly held: Held,
    private budget: Budget,
  ) {
    for (const rule of held.rules) {
      if (rule.unsure) {
        this.unsure.push(rule)
        continue
      }
      const index = { exact: this.exact, prefix: this.prefixes, segments: this.segments }[rule.kind]
      const same = index.get(rule.pattern)
      if (same) same.push(rule)
      else index.set(rule.pattern, [rule])
    }
    for (const pattern of this.segments.keys()) {
      const head = pattern.slice(0, pattern.indexOf('+'))
      const same = this.heads.get(head)
      if (same) same.push(pattern)
      else this.heads.set(head, [pattern])
    }
    this.lengths = lengthsOf(this.prefixes).sort((a, b) => b - a)
    this.headLengths = lengthsOf(this.heads)
  }

  /** What the next questions may cost together; answers that are kept do not outlive it. */
  allow(steps: number): void {
    this.budget = new Budget(steps)
    if (this.decided.size > DECIDED_MAX) this.decided.clear()
  }

  /** Whether a request that needs the capability is allowed, with these parameters; left out: they are not known. */
  can(path: string, capability: string, server?: Server, parameters?: readonly string[]): Answer {
    return this.answered(path, capability, LISTS.has(capability), parameters ?? 'unknown', server)
  }

  /** What the server says about its own capabilities: it looks as if to list, and at no parameters. */
  says(path: string, capability: string, server?: Server): Answer {
    return this.answered(path, capability, true, 'unasked', server)
  }

  private answered(raw: string, capability: string, lists: boolean, asked: Asked, server?: Server): Answer {
    const { root, mysteries } = this.held
    if (root) return yes('The policy root allows everything.')
    if (mysteries.length) return depends(...mysteries)
    const path = asBytes(raw.replace(/^\/+/, ''))
    const servers: Server[] = server
      ? [server]
      : lists && path.endsWith('/')
        ? ['openbao', 'vault']
        : ['openbao']
    return agree(
      servers.map((one) => given(this.deciding(path, lists, one), capability, asked, raw)),
      'Vault and OpenBao take different rules for a path that ends with a slash.',
    )
  }

  private deciding(path: string, lists: boolean, server: Server): Deciding {
    const key = `${lists ? server : ''} ${path}`
    const found = this.decided.get(key) ?? this.decide(stagesOf(path, lists, server))
    this.decided.set(key, found)
    return found
  }

  private decide(stages: readonly Stage[]): Deciding {
    let best: { rank: Rank; rules: readonly Rule[] } | undefined
    for (const [stage, { exact, path }] of stages.entries()) {
      const found = exact ? this.exactAt(path, stage) : this.wildAt(path, stage)
      if (!found) continue
      best = found
      break
    }
    this.budget.spend(this.unsure.length)
    const beside: Rule[] = []
    const above: Rule[] = []
    for (const rule of this.unsure) {
      if (rule.unsure === 'template') {
        const isBehind = best && stages[best.rank.stage]?.exact && rule.kind !== 'exact'
        if (!isBehind && mayMatch(rule, stages)) above.push(rule)
        continue
      }
      const rank = rankOf(rule, stages)
      const place = rank && (best ? before(rank, best.rank) : 1)
      if (place !== undefined && place >= 0) (place > 0 ? above : beside).push(rule)
    }
    return { rules: best?.rules ?? [], beside, above }
  }

  private exactAt(path: string, stage: number) {
    this.budget.spend(1)
    const rules = this.exact.get(path)
    return rules && { rank: { stage, first: path.length, prefix: false, pluses: 0, text: path }, rules }
  }

  private wildAt(path: string, stage: number) {
    this.budget.spend(this.lengths.length + this.headLengths.length)
    let best: { rank: Rank; rules: readonly Rule[] } | undefined
    for (const length of this.lengths) {
      if (length > path.length) continue
      const text = path.slice(0, length)
      const rules = this.prefixes.get(text)
      if (!rules) continue
      best = { rank: { stage, first: length, prefix: true, pluses: 0, text }, rules }
      break
    }
    for (const length of this.headLengths) {
      const patterns = length <= path.length ? this.heads.get(path.slice(0, length)) : undefined
      if (!patterns) continue
      this.budget.spend(patterns.length)
      for (const pattern of patterns) {
        const found = rankAt({ kind: 'segments', pattern }, path)
        const rank = found && { stage, ...found }
        if (rank && (!best || before(rank, best.rank) > 0))
          best = { rank, rules: this.segments.get(pattern) ?? [] }
      }
    }
    return best
  }
}

function given({ rules, beside, above }: Deciding, capability: string, asked: Asked, path: string): Answer {
  const surely = joined(rules, capability, asked, path)
  const maybe = [...beside, ...above]
  if (!maybe.length) return surely
  const alone = above.map((rule) => joined([rule], capability, asked, path))
  const together = joined([...rules, ...maybe], capability, asked, path)
  return agree([surely, ...alone, together], unsureInWords(maybe))
}

/** What rules of one pattern give together: everything any of them gives, and nothing where one denies. */
function joined(rules: readonly Rule[], capability: string, asked: Asked, path: string): Answer {
  if (!rules.length) return no(`No rule is about ${path}.`)
  const denying = rules.find((rule) => rule.capabilities.has('deny'))
  if (denying) return no(`${inWords(denying)} denies.`)
  const giving = rules.find((rule) => rule.capabilities.has(capability))
  if (!giving) return no(`${inWords(rules[0]!)} decides about ${path} and does not give ${capability}.`)
  const words = `${inWords(giving)} gives ${capability}`
  const { value, because } = asked === 'unasked' ? yes() : limited(rules, capability, asked)
  if (value === 'no') return no(`${words}, but ${because.join('; ')}.`)
  return value === 'depends' ? depends(`${words}, ${because.join('; ')}.`) : yes(`${words}.`)
}

const inWords = ({ policy, path }: Rule): string => `The policy ${policy}, path "${path.slice(0, 120)}",`

const unsureInWords = ([rule]: readonly Rule[]): string =>
  rule?.unsure === 'expiration'
    ? `${inWords(rule)} ends at a time that is not read here.`
    : `${rule ? inWords(rule) : 'A rule'} is about whoever asks, who is not known here.`

const lengthsOf = (by: ReadonlyMap<string, unknown>): number[] => [
  ...new Set([...by.keys()].map(({ length }) => length)),
]

/** What is held, ready to be asked about any path. */
export const accessOf = (documents: readonly HeldDocument[], budget = new Budget(STEPS_MAX)): Access =>
  new Access(readHeld(documents), budget)

export const can = (documents: readonly HeldDocument[], path: string, capability: string): Answer =>
  accessOf(documents).can(path, capability)

/** What the server's own list of capabilities for the path holds; `root`, or `deny` for nothing, as the server says it. */
export function capabilities(
  access: Access,
  path: string,
  server?: Server,
): { sure: string[]; possible: string[] } {
  if (access.held.root) return { sure: ['root'], possible: [] }
  const answers = CAPABILITIES.map((one) => [one, access.says(path, one, server).value] as const)
  const sure: string[] = answers.filter(([, value]) => value === 'yes').map(([one]) => one)
  const possible: string[] = answers.filter(([, value]) => value === 'depends').map(([one]) => one)
  return { sure: sure.length || possible.length ? sure : ['deny'], possible }
}
