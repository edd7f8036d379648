// The state of a pack as a word with a shape, and whether everything was seen.
import type { PackState, PackView } from '@/governance/packs/asking/list'
import { StateWord, type Tone } from '@/app/_ui/state-word'

export const PACK_WORDS: Record<PackState, { tone: Tone; title: string }> = {
  queued: { tone: 'waiting', title: 'Waits' },
  building: { tone: 'busy', title: 'Being built' },
  sealed: { tone: 'ok', title: 'Sealed' },
  failed: { tone: 'danger', title: 'Failed' },
  cancelled: { tone: 'off', title: 'Cancelled' },
}

export function PackWord({ pack: { state, complete, removedAt } }: { pack: PackView }) {
  if (removedAt) return <StateWord tone="off">File removed</StateWord>
  if (state === 'sealed' && complete === false) return <StateWord tone="warn">Sealed, not complete</StateWord>
  const { tone, title } = PACK_WORDS[state]
  return <StateWord tone={tone}>{title}</StateWord>
}

/** @example `1.4 MB` */
export function bytesWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const units = ['kB', 'MB', 'GB', 'TB']
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), units.length)
  return `${(bytes / 1000 ** power).toFixed(power > 1 ? 1 : 0)} ${units[power - 1]}`
}
