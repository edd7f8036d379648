// Whom a principal of a trust domain can act as: what lies below a node, and wider entries that a workload fits as well.
import type { Principal, Step } from '@/core/access'
import { isWithin, type Domain, type Entry } from './domain'
import { ADMIN, DOWNSTREAM, FITS_TOO, GOES_BY, HANDS_OUT } from './escalations'
import { MEANS, rightsOf } from './rights'

/** Steps told of one principal. */
const STEPS_MAX = 1000
/** Entries looked at for one principal. */
const LOOKED_AT_MAX = 100_000
type Told = { steps: readonly Step[]; more: boolean }
type Sure = { answer: Step['answer']; words: string; missing?: string }

export function stepsOf(domain: Domain, principal: Principal): Told {
  const found = new Map<string, Step>()
  const { rights, open } = rightsOf(domain, principal)
  for (const right of rights)
    found.set(right, {
      to: { kind: 'administrator' },
      by: right === 'admin' ? ADMIN : DOWNSTREAM,
      answer: 'yes',
      because: [MEANS[right]],
    })
  const add = (to: string, by: string, { answer, words, missing }: Sure): void => {
    const before = found.get(to)
    if (to === principal.id || before?.answer === 'yes') return
    const step: Step = {
      to: { kind: 'principal', id: to },
      by,
      answer,
      because: [words],
      ...(missing !== undefined && { missing: [missing] }),
    }
    found.set(to, before && answer !== 'yes' ? before : step)
  }
  ofParent(domain, principal, add)
  if (domain.isAgent(principal.id)) ofAgent(domain, principal, add)
  const isOfNodes = domain.isAgent(principal.id) || domain.isAlias(principal.id)
  const more = !isOfNodes && ofWorkload(domain, principal.id, add)
  const steps = [...found.values()]
  const unseen = open.length > 0 || domain.unseen('principals', 'trusts').length > 0
  return { steps: steps.slice(0, STEPS_MAX), more: more || unseen || steps.length > STEPS_MAX }
}

type Add = (to: string, by: string, sure: Sure) => void

/** Banned: the server gives it nothing any more. */
const isBanned = ({ enabled }: Principal): boolean => enabled === false

function ofParent(domain: Domain, principal: Principal, add: Add): void {
  if (isBanned(principal)) return
  for (const { identity } of domain.below.get(principal.id) ?? [])
    add(identity, HANDS_OUT, { answer: 'yes', words: `Its entry names ${principal.name} as the parent.` })
}

function ofAgent(domain: Domain, principal: Principal, add: Add): void {
  const found = isBanned(principal) ? undefined : domain.foundOf(principal.id)
  if (!found) return
  for (const alias of domain.aliases)
    for (const { selectors } of domain.entriesOf(alias))
      if (isWithin(selectors, found))
        add(alias, GOES_BY, { answer: 'yes', words: 'Its node has all selectors of the alias.' })
}

/** @returns whether there is more than was looked at */
function ofWorkload(domain: Domain, id: string, add: Add): boolean {
  const own = domain.entriesOf(id)
  /** By whom it could act as: the best that each of its own entries says. */
  const ways = new Map<string, (Sure | undefined)[]>()
  let looked = 0
  for (const [nth, entry] of own.entries())
    for (const wider of domain.fitting(entry.selectors)) {
      if (++looked > LOOKED_AT_MAX) return told(ways, own.length, add, true)
      if (wider.identity === id || domain.isAlias(wider.identity)) continue
      const sure = sameNodes(domain, entry, wider)
      const all = ways.get(wider.identity) ?? []
      if (sure && all[nth]?.answer !== 'yes') all[nth] = sure
      if (sure) ways.set(wider.identity, all)
    }
  return told(ways, own.length, add, false)
}

function told(ways: Map<string, (Sure | undefined)[]>, own: number, add: Add, more: boolean): boolean {
  for (const [to, all] of ways) {
    const [first] = all.filter((one) => one !== undefined)
    const isSure = all.length === own && all.every((one) => one?.answer === 'yes')
    if (first && (isSure || first.answer === 'depends')) add(to, FITS_TOO, first)
    else if (first)
      add(to, FITS_TOO, {
        answer: 'depends',
        words: first.words,
        missing: 'It has other entries too: by which of them somebody got it is not told.',
      })
  }
  return more
}

/** Whether what an entry is for runs where the wider one is for as well; undefined where it never does. */
function sameNodes(domain: Domain, entry: Entry, wider: Entry): Sure | undefined {
  const words = `Whatever fits its entry fits the wider one too: ${[...wider.selectors].join(', ')}.`
  if (entry.parent === wider.parent) return { answer: 'yes', words }
  const [from, to] = [entry.parent, wider.parent]
  const missing = 'Their parents differ: whether a node goes by both is not told.'
  if (domain.isAlias(to)) {
    const asked = domain.entriesOf(to).map(({ selectors }) => selectors)
    const given = domain.isAlias(from)
      ? domain.entriesOf(from).map(({ selectors }) => selectors)
      : [domain.foundOf(from)]
    const all = given.length > 0 && given.every((one) => one && asked.some((some) => isWithin(some, one)))
    if (all) return { answer: 'yes', words }
    // An agent that is known goes by the alias or does not.
    if (domain.foundOf(from)) return undefined
    return { answer: 'depends', words, missing }
  }
  // Two agents are two nodes.
  if (!domain.isAlias(from) && (domain.isAgent(from) || domain.isAgent(to))) return undefined
  return { answer: 'depends', words, missing }
}
