// The decision card: the same order of evidence every time, five options of the same weight, none chosen beforehand.
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { may } from '@/core/permissions'
import { reviewItem, type ReviewItem } from '@/governance/campaigns/review-item'
import { myPace } from '@/governance/campaigns/reviewing/pace'
import { Part, placeOf, type Place } from '@/governance/campaigns/reviewing/place'
import { savedOf } from '@/governance/campaigns/reviewing/saved'
import { flatParams, hrefWith } from '@/app/_list/query'
import { typeTitle } from '@/app/_inventory/type-title'
import { DecisionForm } from '@/app/_reviews/decision-form'
import { Cause } from '@/app/_reviews/cause'
import { Evidence, Meanwhile } from '@/app/_reviews/evidence'
import { FocusHeading } from '@/app/_reviews/focus-heading'
import { RiskLine } from '@/app/_reviews/risk-line'
import { SaidSoFar } from '@/app/_reviews/said'
import { SecondLookForm } from '@/app/_reviews/second-look-form'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import type { SearchProps } from '@/app/_session/route-props'
import { ButtonLink } from '@/app/_ui/button'
import { Link } from '@/app/_ui/link'
import { Notice } from '@/app/_ui/notice'
import { Page } from '@/app/_ui/page'
import { decideOne, lookAgain } from '../../actions'
import { SavedNotice } from '../../saved-notice'
import { wasTold } from '../../told-cookie'
import { PaceNote } from './pace-note'
import { Steps } from './steps'
import { Told } from './told'

export const metadata: Metadata = { title: 'Decide' }
type Props = SearchProps & { params: Promise<{ campaign: string; item: string }> }

type FormProps = { view: ReviewItem; part: Record<string, string>; paced: boolean }
/** What whoever looks may do about it: decide, look a second time, or read. */
function Forms({ view, part, paced }: FormProps) {
  const back = (
    <ButtonLink href={hrefWith(`/reviews/${view.campaign.id}`, part, {})} look="plain">
      Back
    </ButtonLink>
  )
  const isOver = view.campaign.state !== 'running'
  if (view.role === 'second') return <SecondLookForm view={view} action={lookAgain} back={back} />
  if (view.role === 'reviewer' && view.state !== 'signed' && !isOver)
    return (
      <DecisionForm
        key={view.id}
        view={view}
        action={decideOne}
        carries={{ ...part, ...(paced && { paced: 'true' }) }}
        back={back}
      />
    )
  return (
    <div className="mt-4 flex flex-wrap items-center gap-3">
      <p className="text-muted">
        {view.state === 'signed'
          ? 'It is signed off and locked. What is to be added is said as an addendum, on the page of the sign-off.'
          : isOver
            ? 'The campaign is closed: nothing can be decided any more.'
            : `It is for ${view.reviewer?.name ?? 'nobody yet'} to decide.`}
      </p>
      {back}
    </div>
  )
}

function Heading({ view, place }: { view: ReviewItem; place: Place | undefined }) {
  const { identity } = view.card
  return (
    <>
      {place && place.at > 0 && `${place.at} of ${place.of} · `}
      {typeTitle(identity.type)} in {identity.scope.name}
    </>
  )
}

export default async function ItemPage({ params: where, searchParams }: Props) {
  const actor = await requireActor('review:decide')
  const { campaign, item } = await where
  const raw = flatParams(await searchParams)
  const part = Part.parse(raw) as Record<string, string>
  const now = new Date()
  const view = await orNotFound(reviewItem(actor, item, now))
  if (view.campaign.id !== campaign) notFound()
  const [place, saved, pace, told] = await Promise.all([
    placeOf(actor, item, part, now),
    raw.done ? savedOf(actor, raw.done, now) : undefined,
    myPace(actor, campaign, now),
    wasTold(),
  ])
  const { card, campaign: of } = view
  const decides = view.role === 'reviewer' && view.state !== 'signed' && of.state === 'running'
  return (
    <Page
      title={card.identity.name}
      crumbs={[
        { title: 'Reviews', href: '/reviews' },
        { title: of.name, href: hrefWith(`/reviews/${of.id}`, part, {}) },
      ]}
      aside={<Heading view={view} place={place} />}
      actions={<Steps campaign={of.id} place={place} part={part} />}
    >
      <FocusHeading item={view.id} />
      <div className="max-w-5xl">
        <div className="mb-3 flex flex-col gap-2">
          {saved && saved.id !== view.id && <SavedNotice saved={saved} campaign={of.id} />}
          {!told && view.role !== 'reader' && <Told />}
          {decides && pace.fast && <PaceNote pace={pace} campaign={of.id} />}
          <RiskLine view={view} />
          {view.cause && <Cause cause={view.cause} />}
          <Meanwhile since={view.since} />
          {view.role === 'second' && (
            <Notice title="A second look">
              Somebody else decides about it as well. You are not told what they said.
            </Notice>
          )}
          {decides && view.same > 0 && card.sameness.state === 'known' && (
            <Notice
              title={`${view.same.toLocaleString('en')} ${view.same === 1 ? 'other is' : 'others are'} the same in all that is compared`}
            >
              <Link
                href={hrefWith(`/reviews/${of.id}/same`, {}, { key: card.sameness.value.key })}
                className="link"
              >
                Look at them together
              </Link>
            </Notice>
          )}
        </div>
        <Evidence view={view} links={may(actor, 'identity:read')} />
        <Forms view={view} part={part} paced={pace.fast} />
        <SaidSoFar view={view} />
      </div>
    </Page>
  )
}
