// Home: what needs attention, as sentences that lead to their lists; what changed; what everything rests on.
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { may, type Actor } from '@/core/permissions'
import { listAudits } from '@/governance/audits/list-audits'
import { scoreNow } from '@/governance/score/get-score'
import { BRIEF_DAYS, scoreTrend } from '@/governance/score/score-history'
import { homeSummary } from '@/inventory/queries/home-summary'
import { CompletenessLine } from '@/app/_inventory/completeness-line'
import { FindingList } from '@/app/_inventory/finding-list'
import { recordPage } from '@/app/_session/record-page'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Page } from '@/app/_ui/page'
import { Section } from '@/app/_ui/section'
import { Attention } from './attention'
import { ScoreSection } from './score-section'
import { HomeAudits } from './audits'
import { SeverityStrip } from './severity-strip'
import { SourceStrip } from './source-strip'
import { Week } from './week'

export const metadata: Metadata = { title: 'Home' }

/** Of an auditor: the audits that name them. */
async function auditsOf(actor: Actor) {
  if (actor.role !== 'auditor') return null
  const { rows } = await listAudits(actor, { state: ['open'], size: 10 })
  return (
    <div className="mb-6">
      <HomeAudits audits={rows} />
    </div>
  )
}

function NothingYet({ actor, children }: { actor: Actor; children: ReactNode }) {
  return (
    <Page title="Home">
      {children}
      <Empty
        title="Nothing has been read yet"
        actions={
          may(actor, 'source:manage') ? (
            <ButtonLink href="/welcome" look="primary">
              Choose where to start
            </ButtonLink>
          ) : (
            may(actor, 'source:import') && <ButtonLink href="/sources/import">Import a file</ButtonLink>
          )
        }
      >
        Connect a source, import a file, or explore a made-up organisation.
        {!may(actor, 'source:manage') && ' An administrator connects sources.'}
      </Empty>
    </Page>
  )
}

export default recordPage(undefined, async ({ actor, moment, at }) => {
  const home = await at(() => homeSummary(actor))
  // What people ask and answer is of the present.
  const audits = !moment && (await auditsOf(actor))
  if (home.empty && moment)
    return (
      <Page title="Home">
        <Empty title="Nothing had been read by then">No source was connected and no file was imported.</Empty>
      </Page>
    )
  if (home.empty) return <NothingYet actor={actor}>{audits}</NothingYet>
  const score = await at(() => scoreNow(actor))
  const trend = await at(() => scoreTrend(actor, {}, score.score, BRIEF_DAYS))
  return (
    <Page title="Home" aside={home.sample ? 'sample organisation' : undefined}>
      <div className="-mt-2 mb-5">
        <CompletenessLine completeness={home.completeness} />
      </div>
      <div className="grid gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="min-w-0">
          {audits}
          <Attention home={home} />
          <Week home={home} />
          <SeverityStrip home={home} />
          <Section id="worst" title="Worst findings">
            <FindingList
              findings={home.worst}
              none={
                home.unjudged.of > 0 && home.unjudged.scopes === home.unjudged.of
                  ? 'No rule was asked yet.'
                  : 'No rule fails on what could be seen, or only what is latent, put off or excepted.'
              }
              subjects
            />
          </Section>
        </div>
        <div className="min-w-0">
          <ScoreSection score={score} trend={trend} />
          {may(actor, 'source:read') && <SourceStrip sources={home.sources} />}
        </div>
      </div>
    </Page>
  )
})
