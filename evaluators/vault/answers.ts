// Answers with what was not seen, and the bound on the work for one.
import type { AccessAnswer } from '@/core/access'
import { TooMuch } from '../budget'
import type { Answer } from '../three-valued'

export const TOO_MUCH = 'What it holds is too large or too tangled to be judged.'

/** Whatever is larger than the bound is said to be so. */
export function bounded<T>(work: () => T, otherwise: T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error
    return otherwise
  }
}

const REASONS_MAX = 12
const unique = (words: readonly string[]): string[] => [...new Set(words)].slice(0, REASONS_MAX)

/** Turns a plain answer into depends for what was not seen. */
export const toldWith = ({ value, because }: Answer, unseen: readonly string[]): AccessAnswer => ({
  answer: unseen.length ? 'depends' : value,
  because: unique(because),
  ...(unseen.length && { missing: unique(unseen) }),
})

export const unknownId = (id: string, realm: string): AccessAnswer => {
  const words = `${id.slice(0, 120)} is not in ${realm}.`
  return { answer: 'depends', because: [words], missing: [words] }
}
