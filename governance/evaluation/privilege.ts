// What an identity may do, judged over everything it holds together.
import { known, unknown, type Fact } from '@/core/fact'
import type { HeldDocument } from '@/core/evaluator'
import type { Privilege, PrivilegeClass } from '@/core/subject'
import { evaluatorOf } from '@/evaluators'
import { absenceOf, type LookRow } from './absence'

export type HeldGrant = HeldDocument & { language: string }

/** The language of a document nobody has seen: it may deny, so every evaluator is told of it. */
export const UNREAD = 'unread'

const CLASS: Record<'yes' | 'no' | 'depends', PrivilegeClass> = {
  yes: 'administrator',
  no: 'limited',
  depends: 'conditional',
}
const WORST_FIRST = ['yes', 'depends', 'no'] as const

const unread = (documents: readonly HeldGrant[]) => ({
  answer: 'depends' as const,
  because: [
    `What ${documents.length === 1 ? 'one of its grants allows' : `${documents.length} of its grants allow`} could not be read (${UNREAD}).`,
  ],
})

const unevaluated = (languages: readonly string[]): string[] =>
  [...new Set(languages)].filter((language) => language !== UNREAD && !evaluatorOf(language)).sort()

function notEvaluated(held: readonly HeldGrant[], languages: readonly string[]): Fact<Privilege> {
  const count = held.filter(({ language }) => languages.includes(language)).length
  const what = count === 0 ? 'rights are' : count === 1 ? '1 grant is' : `${count} grants are`
  return unknown('not-collected', `grants in ${languages.join(', ')}`, `${what} not evaluated yet`)
}

/**
 * Unknown until the grants of the scope have been seen whole once: a grant that was not seen may be the one that matters.
 * @param languages of all documents of the scope: in one that nobody reads yet, rights may come in ways that no grant of its
 *   own tells of, so that holding none means nothing
 */
export function privilegeFact(
  held: readonly HeldGrant[],
  looks: readonly LookRow[],
  languages: readonly string[] = [],
): Fact<Privilege> {
  const read = [...new Set(held.map((h) => h.language))].filter((language) => language !== UNREAD)
  const foreign = unevaluated(read.length ? read : languages)
  const none = absenceOf(looks, 'grant')
  if (none.state === 'unknown') return foreign.length ? notEvaluated(held, foreign) : none
  if (!read.length && foreign.length) return notEvaluated(held, foreign)
  const { state: _, note: __, ...seen } = none
  if (!held.length)
    return { ...seen, state: 'known', value: { class: 'none', because: ['It holds no grant.'] } }
  const spoken = read.length ? read : [UNREAD]
  const answers = spoken.flatMap((language) => {
    const documents = held.filter((h) => h.language === language || h.language === UNREAD)
    const evaluator = evaluatorOf(language)
    if (evaluator) return [evaluator.administrator(documents)]
    return language === UNREAD ? [unread(documents)] : []
  })
  // What nobody can judge may be the one that matters, unless the rest is the worst there is.
  if (foreign.length && !answers.some(({ answer }) => answer === 'yes')) return notEvaluated(held, foreign)
  const worst = WORST_FIRST.find((a) => answers.some((x) => x.answer === a)) ?? 'depends'
  const because = answers.filter((a) => a.answer === worst).flatMap((a) => a.because)
  return {
    ...known(
      { class: CLASS[worst], because: because.slice(0, 50) },
      `${held.length === 1 ? '1 grant' : `${held.length} grants`}, read as ${spoken.join(', ')}`,
    ),
    ...(seen.at && { at: seen.at }),
    ...(seen.unconfirmed && { unconfirmed: seen.unconfirmed }),
  }
}
