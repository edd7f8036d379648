// What changed in the last seven days, in sentences, the worst first; where nothing did, how much was looked at.
import { nothingChanged, weekSentences } from '@/governance/news/week-sentences'
import type { HomeSummary } from '@/inventory/queries/types'
import { Sentences } from '@/app/_score/sentences'
import { Moment } from '@/app/_ui/moment'
import { Section } from '@/app/_ui/section'

export function Week({ home: { week, sources } }: { home: HomeSummary }) {
  const sentences = weekSentences(week)
  return (
    <Section
      id="week"
      title="Last 7 days"
      aside={
        <>
          since <Moment at={week.since} />
        </>
      }
    >
      {sentences.length > 0 ? <Sentences sentences={sentences} /> : <p>{nothingChanged(sources)}</p>}
      <p className="mt-1.5 text-caption text-muted">
        What the first look at a source brought is not counted as a change.
      </p>
    </Section>
  )
}
