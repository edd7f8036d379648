// A transport that answers from a list of recorded questions, and knows no other answer.
import type { Explanation, Transport } from '@/core/upstream'

export type Question = { permission: string; params: Readonly<Record<string, unknown>> }
/** A recorded question with what the source answered: a value, or how it refused. */
export type Recorded = Question & ({ answer: unknown } | { refusal: Explanation })

/** A recorded refusal, thrown as the source would. */
class Refused extends Error {
  constructor(readonly explanation: Explanation) {
    super(explanation.detail)
  }
}

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  )
}

/** Parameters are asked about several times on their way. */
const texts = new WeakMap<object, string>()

/** One text for one question, however its parameters are ordered. */
export function questionKey({ permission, params }: Question): string {
  const text = texts.get(params) ?? JSON.stringify(sorted(params))
  texts.set(params, text)
  return `${permission} ${text}`
}

/** The value with nothing in it that can be changed: a connector has no business to change an answer. */
function frozen(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value))
    Object.values(Object.freeze(value)).forEach(frozen)
  return value
}

/** Replays the recording. A question that was never recorded is a bug of the connector or of the recording. */
export function replay(recording: readonly Recorded[]): Transport {
  const answers = new Map(recording.map((one) => [questionKey(one), one]))
  return {
    async send(permission, params) {
      const recorded = answers.get(questionKey({ permission, params }))
      if (!recorded) throw new Error(`never recorded: ${questionKey({ permission, params })}`)
      if ('refusal' in recorded) throw new Refused(recorded.refusal)
      return frozen(recorded.answer)
    },
    explain: (error) => (error instanceof Refused ? error.explanation : undefined),
  }
}
