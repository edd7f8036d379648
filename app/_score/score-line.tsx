// The score of a part, in a line, on the page of what it is of.
import type { ScoreNow } from '@/governance/score/get-score'
import { rangeWords } from '@/governance/score/score-words'
import { Link } from '@/app/_ui/link'

export function ScoreLine({ score, href }: { score: ScoreNow; href: string }) {
  if (!score.identities) return null
  return (
    <p>
      <Link href={href} className="link">
        {score.score ? `Score ${rangeWords(score.score)} of 100` : 'No score yet'}
      </Link>
      {score.unjudged > 0 && (
        <span className="text-muted"> · {score.unjudged.toLocaleString('en')} not judged yet</span>
      )}
    </p>
  )
}
