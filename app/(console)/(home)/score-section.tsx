// The score on the home page, with what it was.
import type { ScoreNow } from '@/governance/score/get-score'
import type { ScorePoint } from '@/governance/score/score-history'
import { ScoreFigure } from '@/app/_score/score-figure'
import { ScoreTrend } from '@/app/_score/score-trend'
import { Link } from '@/app/_ui/link'
import { Section } from '@/app/_ui/section'

export function ScoreSection({ score, trend }: { score: ScoreNow; trend: readonly ScorePoint[] }) {
  return (
    <Section
      id="score"
      title="Score"
      aside={
        <Link href="/score" className="link">
          What it is made of
        </Link>
      }
    >
      <ScoreFigure score={score} />
      {trend.length > 1 && (
        <div className="mt-3">
          <ScoreTrend points={trend} />
        </div>
      )}
    </Section>
  )
}
