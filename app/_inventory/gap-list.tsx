// What a look that was otherwise complete could not fill in.
import type { Gap } from '@/core/upstream'
import { whyWords } from './words'

export function GapList({ gaps }: { gaps: Gap[] }) {
  if (!gaps.length) return null
  return (
    <ul className="mt-0.5 text-caption text-muted">
      {gaps.map((gap) => (
        <li key={gap.permission + gap.why} className="[overflow-wrap:anywhere]">
          {gap.count.toLocaleString('en')} × <code className="font-mono">{gap.permission}</code>:{' '}
          {whyWords(gap.why)}
        </li>
      ))}
    </ul>
  )
}
