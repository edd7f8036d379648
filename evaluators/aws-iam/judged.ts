// An answer with what was not seen and could decide it.
import type { AccessAnswer } from '@/core/access'
import type { Answer } from '../three-valued'

export type Judged = Answer & { missing: readonly string[] }

const REASONS_MAX = 12
const MISSING_MAX = 8
const merged = (lists: Iterable<readonly string[]>, max: number): string[] => {
  const found = new Set<string>()
  for (const list of lists) {
    for (const one of list) found.add(one)
    if (found.size >= max) break
  }
  return [...found].slice(0, max)
}

export const judged = ({ value, because }: Answer, missing: readonly string[] = []): Judged => ({
  value,
  because,
  missing,
})

/** No where any is no, yes where all are, otherwise depends; what is missing counts where it is not no. */
export function allOf(answers: readonly Judged[]): Judged {
  const refused = answers.find(({ value }) => value === 'no')
  if (refused) return refused
  const open = answers.filter(({ value }) => value === 'depends')
  const settled = answers.filter(({ value }) => value === 'yes')
  return {
    value: open.length ? 'depends' : 'yes',
    because: merged(
      [...open, ...settled].map(({ because }) => because),
      REASONS_MAX,
    ),
    missing: merged(
      answers.map(({ missing }) => missing),
      MISSING_MAX,
    ),
  }
}

/** Yes where any is yes, no where all are, otherwise depends. */
export function anyOf(answers: readonly Judged[]): Judged {
  const found = answers.find(({ value }) => value === 'yes')
  if (found) return found
  const open = answers.filter(({ value }) => value === 'depends')
  const told = open.length ? open : answers
  return {
    value: open.length ? 'depends' : 'no',
    because: merged(
      told.map(({ because }) => because),
      REASONS_MAX,
    ),
    missing: merged(
      told.map(({ missing }) => missing),
      MISSING_MAX,
    ),
  }
}

/** Turns a plain answer into depends for what was not seen. */
export const unless = ({ value, because, missing }: Judged, unseen: readonly string[]): Judged =>
  unseen.length
    ? { value: 'depends', because, missing: merged([missing, unseen], MISSING_MAX) }
    : { value, because, missing }

export const told = ({ value, because, missing }: Judged): AccessAnswer => ({
  answer: value,
  because,
  ...(missing.length && { missing }),
})
