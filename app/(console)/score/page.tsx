// The score: how many of the identities are in order, what that is made of, and what moved it.
import type { Metadata } from 'next'
import { getScore } from '@/governance/score/get-score'
import { ScoreFilter } from '@/governance/score/score-filter'
import { CompletenessLine } from '@/app/_inventory/completeness-line'
import { count } from '@/app/_inventory/words'
import { CsvLink } from '@/app/_list/csv-link'
import { FilterNotice } from '@/app/_list/filter-notice'
import { readFilter } from '@/app/_list/query'
import { ScoreFigure } from '@/app/_score/score-figure'
import { ScoreTrend } from '@/app/_score/score-trend'
import { recordPage } from '@/app/_session/record-page'
import { Link } from '@/app/_ui/link'
import { Page } from '@/app/_ui/page'
import { Section } from '@/app/_ui/section'
import { Explained } from './explained'
import { Weights } from './weights'

export const metadata: Metadata = { title: 'Score' }

export default recordPage('finding:read', async ({ actor, at }, { searchParams }) => {
  const { filter, params, problems } = readFilter(ScoreFilter, await searchParams)
  const view = await at(() => getScore(actor, filter))
  const isPart = Boolean(filter.scope ?? filter.source)
  return (
    <Page
      title="Score"
      aside={isPart ? 'of one part' : count(view.identities, 'identity', 'identities')}
      lead="How many of the machine identities are in order, weighing the powerful ones more. What cannot be told is no pass: the lower end counts it as if it failed, the upper end only what is known to fail."
      actions={view.identities > 0 && <CsvLink path="/api/v1/score" params={params} />}
    >
      <div className="mb-4 flex flex-col gap-2">
        <CompletenessLine completeness={view.completeness} />
        <FilterNotice problems={problems} resetHref="/score" />
        {isPart && (
          <p>
            <Link href="/score" className="link">
              Show the score of everything
            </Link>
          </p>
        )}
      </div>
      <div className="flex flex-wrap items-start gap-x-12 gap-y-4">
        <div className="w-96 max-w-full">
          <ScoreFigure score={view} />
        </div>
        {view.score && <ScoreTrend points={view.trend} />}
      </div>
      <Explained view={view} />
      <Section
        id="weights"
        title="How it is counted"
        lead="Active identities that are machines, or of which it is not clear. Where a privilege is not certain, each end takes the weight that is worse for it. Latent findings count with their lower severity, findings under an exception not at all, and those that were put off as before."
      >
        <Weights view={view} />
      </Section>
    </Page>
  )
})
