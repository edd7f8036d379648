// The state of an exception as a word with a shape.
import type { ExceptionState } from '@/governance/exceptions/list-exceptions'
import { StateWord, type Tone } from '@/app/_ui/state-word'

export const EXCEPTION_WORDS: Record<ExceptionState, { tone: Tone; title: string }> = {
  asked: { tone: 'waiting', title: 'Waits for a decision' },
  approved: { tone: 'ok', title: 'Approved' },
  refused: { tone: 'denied', title: 'Refused' },
  withdrawn: { tone: 'off', title: 'Withdrawn' },
  expired: { tone: 'off', title: 'Run out' },
  ended: { tone: 'off', title: 'Ended' },
}

export function ExceptionWord({ state }: { state: ExceptionState }) {
  const { tone, title } = EXCEPTION_WORDS[state]
  return <StateWord tone={tone}>{title}</StateWord>
}
