// The score itself: both ends as a number and as a bar, and what they hang on.
import type { ScoreNow } from '@/governance/score/get-score'
import { rangeWords, scoreRemarks } from '@/governance/score/score-words'
import { RangeBar } from './range-bar'

export function ScoreFigure({ score }: { score: ScoreNow }) {
  return (
    <div className="max-w-[60ch]">
      {score.score && (
        <>
          <p className="mb-1.5 flex items-baseline gap-2">
            <span className="tabular text-verdict font-semibold">{rangeWords(score.score)}</span>
            <span className="text-muted">of 100</span>
          </p>
          <RangeBar range={score.score} />
        </>
      )}
      {scoreRemarks(score).map((remark) => (
        <p key={remark} className="mt-1.5 text-ui text-muted">
          {remark}
        </p>
      ))}
    </div>
  )
}
