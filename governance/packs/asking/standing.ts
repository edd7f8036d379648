// How a pack stands in words: what it is doing, or what came of it. Pure; safe in a browser.
import type { PackView } from './list'

type Standing = Pick<PackView, 'state' | 'progress' | 'failure' | 'complete' | 'removedAt'>

export function standingOf({ state, progress, failure, complete, removedAt }: Standing): string {
  if (state === 'queued') return 'Waits for its turn'
  if (state === 'cancelled') return 'Cancelled'
  if (state === 'failed') return failure ?? 'It could not be built'
  if (state === 'sealed') {
    const seen = complete === false ? 'Sealed; not complete' : 'Sealed'
    return removedAt ? `${seen}; its file was removed` : seen
  }
  const current = progress.find(({ done }) => !done)
  const done = progress.filter((file) => file.done).length
  if (!current) return progress.length ? 'Sealing' : 'Beginning'
  const rows = current.rows ? `, ${current.rows.toLocaleString('en')} rows so far` : ''
  return `Writing ${current.file} (${done + 1} of ${progress.length})${rows}`
}
export const isEnded = ({ state }: Pick<PackView, 'state'>): boolean =>
  state !== 'queued' && state !== 'building'
