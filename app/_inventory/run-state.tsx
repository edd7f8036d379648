// The state of a run and of a source, as words with shapes.
import { StateWord, type Tone } from '@/app/_ui/state-word'

const RUNS: Record<string, { tone: Tone; word: string }> = {
  waiting: { tone: 'waiting', word: 'Goes on later' },
  queued: { tone: 'waiting', word: 'Queued' },
  running: { tone: 'busy', word: 'Running' },
  following: { tone: 'busy', word: 'Following' },
  previewed: { tone: 'waiting', word: 'Waiting for you' },
  complete: { tone: 'ok', word: 'Complete' },
  partial: { tone: 'warn', word: 'With gaps' },
  failed: { tone: 'danger', word: 'Failed' },
  cancelled: { tone: 'off', word: 'Cancelled' },
}
const SOURCES: Record<string, { tone: Tone; word: string }> = {
  running: { tone: 'busy', word: 'Running' },
  paused: { tone: 'paused', word: 'Paused' },
  'never-run': { tone: 'waiting', word: 'Never run' },
  failed: { tone: 'danger', word: 'Failed' },
  stale: { tone: 'warn', word: 'Out of date' },
  partial: { tone: 'warn', word: 'With gaps' },
  complete: { tone: 'ok', word: 'Complete' },
}

export function RunStateWord({ state }: { state: string }) {
  const { tone, word } = RUNS[state] ?? { tone: 'unknown' as const, word: state }
  return <StateWord tone={tone}>{word}</StateWord>
}

export function SourceStateWord({ state }: { state: string }) {
  const { tone, word } = SOURCES[state] ?? { tone: 'unknown' as const, word: state }
  return <StateWord tone={tone}>{word}</StateWord>
}
