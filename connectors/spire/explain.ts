// Why there is no answer: what a file does not hold, in words.
import type { Explanation, Transport } from '@/core/upstream'

/** A question without an answer, for a reason already put into words. */
export class Refused extends Error {
  override readonly name = 'Refused'
  constructor(readonly explanation: Explanation) {
    super(explanation.detail)
  }
}
export const explain: Transport['explain'] = (error) =>
  error instanceof Refused ? error.explanation : undefined

export const notHeld = (command: string): Refused =>
  new Refused({ why: 'not-offered', detail: `The file does not hold the output of ${command}.` })
