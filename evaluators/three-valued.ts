// Logic with three answers: yes, no, and depends. Each answer carries the statements it rests on, in words.

export type Answer = { value: 'yes' | 'no' | 'depends'; because: readonly string[] }

/** Reasons kept with one answer: more do not help a reader. */
const REASONS_MAX = 12

const merged = (answers: readonly Answer[]): string[] => {
  const reasons = new Set<string>()
  for (const { because } of answers) {
    for (const reason of because) reasons.add(reason)
    if (reasons.size >= REASONS_MAX) break
  }
  return [...reasons].slice(0, REASONS_MAX)
}

export const yes = (...because: string[]): Answer => ({ value: 'yes', because })
export const no = (...because: string[]): Answer => ({ value: 'no', because })
export const depends = (...because: string[]): Answer => ({ value: 'depends', because })

/** No where any is no, yes where all are, otherwise depends: with the reasons for that first. */
export function all(answers: Iterable<Answer>): Answer {
  const open: Answer[] = []
  const settled: Answer[] = []
  for (const answer of answers) {
    if (answer.value === 'no') return answer
    ;(answer.value === 'yes' ? settled : open).push(answer)
  }
  return { value: open.length ? 'depends' : 'yes', because: merged([...open, ...settled]) }
}

/** Yes where any is yes, no where all are, otherwise depends. */
export function any(answers: Iterable<Answer>): Answer {
  const open: Answer[] = []
  const settled: Answer[] = []
  for (const answer of answers) {
    if (answer.value === 'yes') return answer
    ;(answer.value === 'no' ? settled : open).push(answer)
  }
  return open.length ? { value: 'depends', because: merged(open) } : { value: 'no', because: merged(settled) }
}

export const not = ({ value, because }: Answer): Answer => ({
  value: value === 'yes' ? 'no' : value === 'no' ? 'yes' : 'depends',
  because,
})

/**
 * One answer for cases of which exactly one holds and nobody knows which: theirs where they agree, otherwise depends.
 * @param which what would have to be known
 */
export function agree(answers: Iterable<Answer>, which: string): Answer {
  const cases = [...answers]
  const [first] = cases
  if (!first) return no()
  if (cases.every(({ value }) => value === first.value)) {
    if (first.value === 'yes') return first
    return { value: first.value, because: merged(cases) }
  }
  const telling = [
    ...cases.filter(({ value }) => value === 'depends'),
    ...cases.filter(({ value }) => value === 'yes'),
  ]
  return { value: 'depends', because: [which, ...merged(telling)].slice(0, REASONS_MAX) }
}
