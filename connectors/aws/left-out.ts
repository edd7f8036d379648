// The settings do not want something: then nothing is asked of AWS about it.
import type { Explanation } from '@/core/upstream'

export class LeftOut extends Error {
  override readonly name = 'LeftOut'
  readonly explanation: Explanation

  /** @param what is off, as the beginning of a sentence */
  constructor(what: string) {
    super(what)
    this.explanation = { why: 'left-out', detail: `${what} is off in the settings of the connection.` }
  }
}
