// A question about Azure with the answer that Microsoft's documentation gives.
import type { AccessAnswer, Held, Question, Realm } from '@/core/access'

export type CanCase = {
  name: string
  held: readonly Held[]
  action: string
  resource: string
  answer: AccessAnswer['answer']
  /** The page, and why. */
  why: string
  more?: Partial<Realm>
  context?: Question['context']
  others?: readonly string[]
}
