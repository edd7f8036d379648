// "What could take its place?": for a lasting credential the ways to do without it, each with its files. Nothing of it is run here.
import { RollcallError } from '@/core/errors'
import { valueOf } from '@/core/fact'
import type { Instant } from '@/core/fact'
import type { Actor } from '@/core/permissions'
import type { Consumer, Way } from '@/evaluators/replacement'
import { waysWithout } from '@/evaluators/replacers'
import { wordFact } from '@/governance/evaluation/facts/words'
import { completenessOf } from '@/inventory/queries/completeness-of'
import type { FullCompleteness } from '@/inventory/queries/types'
import { knownOf, type Known } from './known-of'

export type ReplacementAnswer = {
  credential: { id: string; name: string; type: string; scope: { id: string; name: string } }
  /** Who holds it, where that is known. */
  identity?: { id: string; name: string }
  /** What its platform offers instead, in words. */
  alternative?: string
  /** What is known to run as whoever holds it, or to name it. */
  consumers: Consumer[]
  ways: Way[]
  /** Why there is none. */
  why?: string
  /** What was not seen, and what is not done here. */
  notes: string[]
  /** What the answer rests on. */
  completeness: FullCompleteness
  at: Instant
}

export const NOT_RUN =
  'Nothing of this is run by Rollcall: the files are for your own tools, and are of use only when what is marked FILL_IN is filled in.'
const GONE = 'It is gone: there is nothing left to replace.'
const RENEWED =
  'Nothing lasting has to be kept for it: it is not of a sort that its platform offers another way for.'

const MORE: Readonly<Record<Known['more'][number], string>> = {
  consumers: 'More uses it, or runs as its holder, than was looked at.',
  issuers: 'The scope has more issuers than were looked at.',
  rights: 'Its holder has more rights than were looked at: what comes in its place would lack some.',
}

function notesOf({ replaceable: { identity, consumers }, more }: Known): string[] {
  return [
    NOT_RUN,
    ...(identity ? [] : ['Who holds it was not seen: what it may do is not known here.']),
    ...(consumers.length
      ? ['That something runs as its holder does not tell that it uses this credential.']
      : ['Nothing is known to use it. What is not collected may.']),
    ...more.map((what) => MORE[what]),
  ]
}

/** What uses a credential may lie in any scope. */
export const mayReplace = ({ within }: Actor): boolean => within === undefined

/**
 * Whoever may read the credential may ask: an owner about their own.
 * @throws RollcallError `forbidden` or `not-found`
 */
export async function replacementOf(actor: Actor, id: string): Promise<ReplacementAnswer> {
  if (!mayReplace(actor))
    throw new RollcallError(
      'forbidden',
      'Your access is limited to some scopes; what uses a credential may lie in any of them.',
    )
  const known = await knownOf(actor, id)
  const { row, replaceable, holder } = known
  const ways = row.retired ? [] : waysWithout(replaceable)
  const alternative = valueOf(wordFact(row.type, 'alternative'))
  return {
    credential: {
      id: row.id,
      name: row.name,
      type: row.type,
      scope: { id: row.scopeId, name: row.scopeName },
    },
    ...(holder && { identity: holder }),
    ...(alternative !== undefined && { alternative }),
    consumers: [...replaceable.consumers],
    ways,
    ...(!ways.length && { why: row.retired ? GONE : RENEWED }),
    notes: ways.length ? notesOf(known) : [],
    completeness: await completenessOf(actor, {
      scopeIds: [row.scopeId],
      kinds: ['credential', 'identity', 'workload', 'issuer', 'grant'],
    }),
    at: new Date().toISOString(),
  }
}
