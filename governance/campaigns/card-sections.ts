// The sections of a card, each told or unknown with why: never empty, and never "none" for what was not seen. Pure.
import { KEEP_DAYS_MAX, type Section } from '@/core/campaign'
import type { Absent, Fact, Unknown } from '@/core/fact'
import { nameFew } from '@/core/name-few'
import type { Before } from './carry'
import type { CardFacts } from './card-facts'
import { cutText } from './cut-text'

/** What it means that a kind has no rows: absent since when, or unknown. */
export type Absences = { consumers: Absent | Unknown; grants: Absent | Unknown; trust: Absent | Unknown }

const LINES_MAX = 12
const known = (lines: readonly string[]): Section => ({
  state: 'known',
  lines: lines.slice(0, LINES_MAX).map((line) => cutText(line)),
})
const unknownSection = (why: string, lines: readonly string[] = []): Section => ({
  state: 'unknown',
  why: cutText(why),
  ...(lines.length && { lines: lines.slice(0, LINES_MAX).map((line) => cutText(line)) }),
})
const day = (at: string): string => at.slice(0, 10)

/** Why nobody knows, in words. */
export const whyWords = ({ why, source, detail }: Unknown): string =>
  `${why.replaceAll('-', ' ')}: ${detail ?? source}`

export function doesSection(facts: CardFacts, none: Absences): Section {
  const { description, consumers } = facts
  const lines = [
    ...(description?.state === 'known' ? [`“${description.value}” (${description.source})`] : []),
    ...(consumers.count
      ? [`Runs as it: ${nameFew({ count: consumers.count, names: consumers.named })}`]
      : []),
  ]
  if (lines.length) return known(lines)
  const told = description?.state === 'absent' ? 'it has no description' : 'its description is not known'
  return unknownSection(
    none.consumers.state === 'absent'
      ? `nothing tells what it is for: ${told}, and nothing was seen to run as it`
      : `nothing tells what it is for: ${told}, and what runs as it is not known (${whyWords(none.consumers)})`,
  )
}

export function usedSection({ lastUsed, usage }: CardFacts): Section {
  const by = usage.named.slice(0, 3).map(({ what, at }) => `${day(at)}: ${what}`)
  const more = usage.count > by.length ? [`and ${usage.count - by.length} more lines of logs`] : []
  const lines = [...by, ...more]
  if (lastUsed?.state === 'known')
    return known([
      `Last used ${day(lastUsed.value)} (${lastUsed.source})`,
      ...lines,
      ...(lines.length ? [] : ['By what is not known: no log tells.']),
    ])
  if (lines.length) return known(lines)
  if (lastUsed?.state === 'absent') return known([`Never used, as ${lastUsed.source} tells`])
  return unknownSection(lastUsed ? whyWords(lastUsed) : 'its source does not tell when it is used')
}

const CLASS_WORDS: Record<string, string> = {
  administrator: 'Everything where it is: it is an administrator',
  escalates: 'It can come to be an administrator',
  conditional: 'Everything, where something holds that was not seen',
  sensitive: 'Read or change what is sensitive',
  write: 'Change things',
  read: 'Read',
  none: 'Nothing: it holds no rights',
}

function heldWords({ count, limiting, named }: CardFacts['grants']): string[] {
  const few = (limits: boolean, of: number) =>
    nameFew({ count: of, names: named.filter((one) => one.limits === limits).map(({ name }) => name) })
  return [
    ...(count > limiting ? [`Holds ${few(false, count - limiting)}`] : []),
    ...(limiting ? [`Kept within ${few(true, limiting)}`] : []),
  ]
}

export function couldSection({ privilege, grants, judged }: CardFacts): Section {
  const held = heldWords(grants)
  if (!judged || !privilege) return unknownSection('the rules have not been asked about it yet', held)
  if (privilege.state === 'unknown') return unknownSection(whyWords(privilege), held)
  if (privilege.state === 'absent') return known(['Nothing: it holds no rights', ...held])
  const { class: level, hops, because, missing, depends } = privilege.value
  return known([
    `${CLASS_WORDS[level] ?? level}${hops ? `, in ${hops} ${hops === 1 ? 'step' : 'steps'}` : ''}${depends ? ' (even that depends on something)' : ''}`,
    ...because.slice(0, 3),
    ...held,
    ...(missing ?? []).slice(0, 3).map((what) => `Not seen: ${what}`),
  ])
}

/** @param differs what is another than at the decision before, in words */
export function changedSection(
  facts: Pick<CardFacts, 'firstSeenAt'>,
  before: Before | undefined,
  differs: readonly string[],
): Section {
  if (!before)
    return known([`Nobody has decided about it before. First seen ${day(facts.firstSeenAt.toISOString())}.`])
  const since = day(before.at.toISOString())
  if (!differs.length)
    return known([`Nothing of what is compared changed since ${since}, when ${before.decision} was decided.`])
  return known([`Since ${since}, when ${before.decision} was decided:`, ...differs])
}

export function keepingSection(facts: CardFacts, none: Absences, isHigh: boolean): Section {
  const { trust, steps } = facts
  const until = isHigh
    ? `It can be kept for ${KEEP_DAYS_MAX} days at most, and is then looked at again.`
    : 'It is looked at again in the next campaign.'
  const lines = [until, 'Your name stands beside the decision.']
  // Steps come of trust and of what others hold: where not all of it was seen, there may be more than were found.
  const open = [none.trust, none.grants].find((one) => one.state === 'unknown')
  const when = steps ? ` (as of ${day(steps.at)})` : ''
  if (steps && !open) return known([`${steps.count} can come to act as it${when}.`, ...lines])
  if (steps?.count && open)
    return known([
      `At least ${steps.count} can come to act as it${when}. Others may: ${whyWords(open)}.`,
      ...lines,
    ])
  if (steps && open) return unknownSection(`how many can become it is not known (${whyWords(open)})`, lines)
  if (trust.count) return known([`Lets in ${nameFew({ count: trust.count, names: trust.named })}.`, ...lines])
  if (none.trust.state === 'absent') return known(['Nobody was seen who can become it by trust.', ...lines])
  return unknownSection(`how many can become it is not known (${whyWords(none.trust)})`, lines)
}

export function removingSection(facts: CardFacts, none: Absences): Section {
  const { consumers, lastUsed, trust } = facts
  if (consumers.count)
    return known([
      `Stops: ${nameFew({ count: consumers.count, names: consumers.named })}.`,
      ...(none.consumers.state === 'unknown'
        ? [`Others may stop as well: what runs as it was not seen whole (${whyWords(none.consumers)}).`]
        : []),
      'Turn it off before it is deleted: that can be taken back.',
    ])
  const used =
    lastUsed?.state === 'known'
      ? `Something used it on ${day(lastUsed.value)}: that would stop.`
      : lastUsed?.state === 'absent'
        ? 'Nothing was seen that ever used it.'
        : 'Whether something uses it is not known.'
  if (none.consumers.state === 'unknown')
    return unknownSection(`what runs as it is not known (${whyWords(none.consumers)})`, [used])
  // Whom it lets in runs somewhere else, and is not among what runs at its own place.
  if (trust.count)
    return unknownSection(
      `what it lets in would stop, and where that runs is not told here: ${nameFew({ count: trust.count, names: trust.named })}`,
      [used],
    )
  if (!lastUsed || lastUsed.state === 'unknown')
    return unknownSection('nothing was seen to run as it, and whether something else uses it is not known', [
      used,
    ])
  return known(['Nothing was seen to run as it.', used])
}

/** A fact in a few words, for comparing. */
export function factWords<T>(fact: Fact<T> | null | undefined, words: (value: T) => string): string {
  if (!fact) return 'unknown'
  return fact.state === 'known' ? words(fact.value) : fact.state === 'absent' ? 'none' : 'unknown'
}
