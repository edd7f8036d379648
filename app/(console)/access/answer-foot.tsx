// What every answer rests on: what was looked at, when it was analysed, and which bound was met.
import type { FullCompleteness } from '@/inventory/queries/types'
import { CompletenessLine } from '@/app/_inventory/completeness-line'
import { Moment } from '@/app/_ui/moment'
import { Notice } from '@/app/_ui/notice'

type More = 'nodes' | 'hops' | 'starts'
type Foot = { completeness: FullCompleteness; analysedAt: string | null }

export function AnswerFoot({ completeness, analysedAt }: Foot) {
  return (
    <footer className="mt-4 flex flex-col gap-1 border-t border-hairline pt-3">
      <CompletenessLine completeness={completeness} />
      <p className="text-caption text-muted">
        {analysedAt ? (
          <>
            Analysed <Moment at={analysedAt} full /> or later, from what was held then.
          </>
        ) : (
          'Not every scope has been analysed yet: there may be more. Scopes are analysed after they were read.'
        )}
      </p>
    </footer>
  )
}

const WORDS: Record<More, { title: string; remedy: string }> = {
  nodes: {
    title: 'More than 5,000: the first that were met are told.',
    remedy: 'Ask with fewer steps, or leave out steps that depend on something.',
  },
  hops: {
    title: 'There may be more farther away.',
    remedy: 'Ask with more steps to follow them.',
  },
  starts: {
    title: 'More is meant by this than was followed.',
    remedy: 'Name one of them to see the rest of its way.',
  },
}

/** Nothing is left out silently. */
export function BoundMet({ more, nodes }: { more?: More; nodes?: string }) {
  if (!more) return null
  const { title, remedy } = WORDS[more]
  if (more === 'hops')
    return (
      <p className="text-caption text-muted">
        {title} {remedy}
      </p>
    )
  return (
    <Notice tone="warn" title={more === 'nodes' && nodes ? nodes : title}>
      {remedy}
    </Notice>
  )
}
