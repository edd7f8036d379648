// Accounts of people are identities too: where names of people are left out, what such an account is called is replaced wherever a
// cell has it, whole or as a word of a text. So are the people of the directory and the members.
import { RollcallError } from '@/core/errors'
import { reader } from '@/inventory/moment/at-moment'
import type { Column } from '@/inventory/queries/columns'
import { Prisma } from '@/prisma/generated/client'
import type { PackAt } from '../part'
import { peopleOf, type Named } from './people'

/** Held in memory while a pack is built; with more the pack is refused, for some names would stay in it. */
export const NAMES_MAX = 500_000
/** What ends a word in a text, in a list within a cell and in JSON. */
const WORD = /[^\s"'“”‘’`,;()[\]{}<>|=]+/gu
/** Ends that belong to the sentence and not to the name. */
const SENTENCE_END = /[.:!?]+$/u
/** What ends a piece of a name. */
const PIECE = /[:/#?&\\]/gu
/** A short word may be anything; what has one of these is a name of its own. */
const OWN = /[@:/\\]/u

/** Columns in which people are called by a name alone. */
const CALLED: ReadonlySet<string> = new Set([
  ...['name', 'nativeId', 'alias', 'identity', 'subject', 'subjectNativeId', 'item', 'principal'],
  ...['message', 'because', 'evidence', 'latent', 'changes', 'detail', 'steps'],
])

export type Veil = {
  /** Of a cell that holds a name, or words that people are called in. */
  words: (text: string) => string
  /** Of any other cell: names that can be nothing else. */
  cell: (text: string) => string
}

/** An address of whom it is unclear may be a person's. At the moment of the pack and now: one name more does no harm in a list of what is to be left out. */
const NAMES = Prisma.sql`
  SELECT name FROM human UNION SELECT native_id FROM human UNION SELECT alias FROM human, unnest(aliases) alias
  UNION SELECT name FROM unclear UNION SELECT native_id FROM unclear
  UNION SELECT owner_name FROM posture WHERE owner_name LIKE '%@%'
  UNION SELECT name FROM public.person UNION SELECT email FROM public.person WHERE email IS NOT NULL
  UNION SELECT name FROM public."user" UNION SELECT email FROM public."user"`

/** @throws RollcallError `conflict` where there are too many to be sure of all */
async function namesOf(most: number): Promise<ReadonlySet<string>> {
  const rows = await reader.$queryRaw<{ name: string }[]>(Prisma.sql`
    WITH human AS (
      SELECT name, native_id, aliases FROM identity WHERE class = 'human'
      UNION ALL SELECT name, native_id, aliases FROM public.identity WHERE class = 'human'),
    unclear AS (SELECT name, native_id FROM identity WHERE class = 'unclear' AND name LIKE '%@%')
    SELECT lower(name) AS name FROM (${NAMES}) n (name) WHERE length(name) > 1 LIMIT ${most + 1}::int`)
  if (rows.length > most)
    throw new RollcallError(
      'conflict',
      `There are more than ${most.toLocaleString('en')} names of people. Ask for fewer scopes, or without leaving names out.`,
    )
  return new Set(rows.map(({ name }) => name))
}

/** Replaces names in words. A name may be a part of another: `user:ann@example.com`, `team/ann/key-1`. */
function replacing(names: ReadonlySet<string>, named: Named) {
  const pieces = [...names].reduce((longest, name) => Math.max(longest, name.split(PIECE).length), 1)
  const isName = (text: string, isAny: boolean) => (isAny || OWN.test(text)) && names.has(text.toLowerCase())
  /** Every part of at most so many pieces that is a name. */
  const parted = (text: string, most: number): string => {
    const ends = [...text.matchAll(PIECE)].map(({ index }) => index)
    const stops = [...ends, text.length]
    let told = ''
    let from = 0
    for (const [at, start] of [0, ...ends.map((end) => end + 1)].entries()) {
      const found = stops.slice(at, at + most).findLast((stop) => isName(text.slice(start, stop), false))
      if (start < from || found === undefined) continue
      told += text.slice(from, start) + named(text.slice(start, found))
      from = found
    }
    return told + text.slice(from)
  }
  /** What is one piece goes first, so that it is the same word everywhere. @returns undefined where it holds no name */
  return (text: string, isAny: boolean): string | undefined => {
    const without = OWN.test(text) ? parted(parted(text, 1), pieces) : text
    if (without !== text) return without
    return isName(text, isAny) ? named(text) : undefined
  }
}

/** @returns undefined where names are not left out */
export async function veilOf(at: PackAt, most = NAMES_MAX): Promise<Veil | undefined> {
  const named = peopleOf(at)
  if (!named) return undefined
  const word = replacing(await namesOf(most), named)
  const inText = (text: string, isAny: boolean): string => {
    const body = text.replace(SENTENCE_END, '')
    return word(text, isAny) ?? (word(body, isAny) ?? body) + text.slice(body.length)
  }
  const over = (isAny: boolean) => (text: string) =>
    word(text, isAny) ?? text.replace(WORD, (one) => inText(one, isAny))
  return { words: over(true), cell: over(false) }
}

/** The same columns, with their cells as they may be given on. */
export const veiled = <R>(columns: readonly Column<R>[], veil: Veil | undefined): readonly Column<R>[] =>
  veil
    ? columns.map((one) => {
        const over = CALLED.has(one.key) ? veil.words : veil.cell
        return { ...one, csv: (row) => over(one.csv(row)) }
      })
    : columns
