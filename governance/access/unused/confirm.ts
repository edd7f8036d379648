// A proposal counts only once the evaluator has found that it allows everything that was seen, in the realm as it would be.
import type { AccessAnswer, Platform, Question, Realm } from '@/core/access'
import type { Proposal, ProposedFile } from '@/evaluators/proposal'

export type Confirmed = {
  made: boolean
  /** Why it is withheld, in words; empty where it is made. */
  why: string
  files: readonly ProposedFile[]
  notes: string[]
  /** How many deeds were asked again, each of which is allowed. */
  asked: number
}

const withheld = (why: string): Confirmed => ({ made: false, why, files: [], notes: [], asked: 0 })
const ASKS_MAX = 5000

/**
 * What was not seen (ceilings above the realm, grants that were not read) bears on what is held now and on the proposal alike:
 * both are judged without it, so that a yes means that the proposal itself allows it, and it is said.
 */
export function confirmed(proposal: Proposal, now: Realm, id: string, platform: Platform): Confirmed {
  if (!proposal.made) return withheld(proposal.why)
  if (proposal.asks.length > ASKS_MAX)
    return withheld(`More than ${ASKS_MAX} deeds would have to be asked again.`)
  const then = platform.within(seenAlone(proposal.realm))
  const before = platform.within(seenAlone(now))
  for (const question of proposal.asks) {
    const answer = then.can(id, question)
    if (answer.answer !== 'yes') return withheld(lost(question, answer))
    const own = before.can(id, question)
    if (own.answer === 'no')
      return withheld(`${inWords(question)} is not allowed now: the proposal would give more.`)
  }
  const unseen = [...new Set(now.unseen.map(({ words }) => words))]
  return {
    made: true,
    why: '',
    files: proposal.files,
    notes: [
      ...proposal.notes,
      ...(unseen.length
        ? [
            `Judged by what was seen. What was not could take rights away, now as then: ${unseen.slice(0, 3).join(' ')}`,
          ]
        : []),
    ],
    asked: proposal.asks.length,
  }
}

const seenAlone = (realm: Realm): Realm => ({ ...realm, unseen: [] })
const inWords = ({ action, resource, place }: Question): string =>
  `${action} on ${resource}${place ? ` in ${place}` : ''}`

function lost(question: Question, { answer, because, missing }: AccessAnswer): string {
  const reasons = [...(missing ?? []), ...because].slice(0, 2).join(' ')
  return `With it, ${inWords(question)} would be answered “${answer}”: ${reasons}`
}
