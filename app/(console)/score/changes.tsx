// What the score was some days ago, and what moved it since, in sentences.
import type { ScoreChange } from '@/governance/score/score-history'
import { rangeWords } from '@/governance/score/score-words'
import { Sentences } from '@/app/_score/sentences'

export function Changes({ changes }: { changes: readonly ScoreChange[] }) {
  const known = changes.filter(({ before }) => before)
  if (!known.length)
    return <p className="text-muted">Of {changes[0]?.days} days ago and earlier no score is known.</p>
  return (
    <div className="flex max-w-[96ch] flex-col gap-5">
      {known.map(({ days, before, causes }) => (
        <div key={days}>
          <h3 className="mb-1.5 font-medium">
            {days} days ago: {before && rangeWords(before)}
          </h3>
          {causes.length > 0 && <Sentences sentences={causes} />}
          {causes.length === 0 && (
            <p className="text-muted">Nothing that it is worked out from has changed since.</p>
          )}
        </div>
      ))}
    </div>
  )
}
