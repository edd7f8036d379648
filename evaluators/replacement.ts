// The contract of whoever writes down how a lasting credential is done without: from what is known of it, ways in the form of its platform.
import type { FillIn } from './fill-in'
import type { ProposedFile } from './proposal'

/** Something that is known to run as whoever holds the credential, or to name it. */
export type Consumer = { type: string; name: string; namespace?: string }
/** Something of the same scope that vouches for others. */
export type Vouching = {
  /** Native id at its source, as are all ids here. */
  id: string
  type: string
  name: string
  aliases: readonly string[]
  /** Undefined where that is not known. */
  audiences?: readonly string[]
}
/** What the identity holds now, and so whoever comes in its place will need. */
export type HeldRight = { id: string; name: string; via: string; effect: string }

export type Replaceable = {
  credential: { id: string; type: string; name: string }
  scope: { id: string; name: string }
  /** Undefined where nobody holds it, or whoever does was not seen. */
  identity?: {
    id: string
    type: string
    name: string
    aliases: readonly string[]
    facets: readonly { id: string; type: string }[]
  }
  consumers: readonly Consumer[]
  issuers: readonly Vouching[]
  rights: readonly HeldRight[]
}

/** One way of doing without it, as a replacer draws it up. */
export type DraftWay = {
  /** Of its replacer: stable, tells it from the others. */
  id: string
  title: string
  /** When it is the one to take, as a sentence. */
  fits: string
  /** None where it is told in words alone. */
  files: readonly ProposedFile[]
  /** In their order, from what has to be there to the end of the credential. */
  steps: readonly string[]
  /** What to know before it is used, and what was not seen. */
  notes: readonly string[]
}
export type Way = DraftWay & { fillIn: readonly FillIn[] }

export type Replacer = {
  /** Types of credentials that it knows a way around. */
  types: readonly string[]
  replace(known: Replaceable): readonly DraftWay[]
}

/** So many ways of one sort are written down, such as one for each cluster. */
export const ALIKE_MAX = 3
const SHOWN_MAX = 200

/** A name in a sentence: one line, and not without end. */
export const inWords = (name: string): string => {
  const line = name.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
  return line.length > SHOWN_MAX ? `${line.slice(0, SHOWN_MAX)}…` : line
}

const FILL =
  'Fill in what is marked FILL_IN, and look at the rest: it is applied by you, with your own tools.'
/** From files to the end of the credential; what is done in between is the way's own. */
export const stepsOf = ({ credential }: Replaceable, ...own: readonly string[]): string[] => [
  FILL,
  ...own,
  ...endOf(credential.name),
]
/** The same of a way that is told in words alone. */
export const wordsOnly = ({ credential }: Replaceable, ...own: readonly string[]): string[] => [
  ...own,
  ...endOf(credential.name),
]
const endOf = (name: string): string[] => [
  `Watch the last use of ${inWords(name)} stop. Where its source does not tell it, switch it off first, where it can be, and wait.`,
  `Then delete this credential: ${inWords(name)}.`,
]

/** What is known to use it, for the notes of a way; nothing where nothing is known. */
export function usedBy(
  { consumers }: Replaceable,
  fits: (consumer: Consumer) => boolean = () => true,
): string[] {
  const names = consumers.filter(fits).map(({ name }) => inWords(name))
  if (!names.length) return []
  const more = names.length > 5 ? ` and ${names.length - 5} more` : ''
  return [`Known to use it or to run as its holder: ${names.slice(0, 5).join(', ')}${more}.`]
}
