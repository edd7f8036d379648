// Why something is asked about by itself: what has happened, and whether it still is so.
import type { ReviewItem } from '@/governance/campaigns/review-item'
import { Notice } from '@/app/_ui/notice'

export function Cause({ cause }: { cause: NonNullable<ReviewItem['cause']> }) {
  return (
    <Notice title={cause.title}>
      {cause.happened.map(({ words, nowWords }, at) => (
        <p key={at}>
          {words} {nowWords}
        </p>
      ))}
      {cause.count > cause.happened.length && <p>and {cause.count - cause.happened.length} more</p>}
    </Notice>
  )
}
