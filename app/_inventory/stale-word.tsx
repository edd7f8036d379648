// That what something rests on is out of date: as a word with a shape, and when it was last seen whole.
import { History } from 'lucide-react'
import type { Stale } from '@/core/list'
import { absolute } from '@/app/_ui/moment'

export function StaleWord({ stale }: { stale: Stale | undefined }) {
  if (!stale) return null
  const text = `Out of date since ${absolute(stale.since)}: last seen whole ${absolute(stale.seenAt)}`
  return (
    <span
      className="inline-flex items-center gap-1 text-caption whitespace-nowrap text-sev-medium-text"
      title={text}
    >
      <History size={12} aria-hidden className="shrink-0" />
      stale<span className="sr-only">: {text}</span>
    </span>
  )
}
