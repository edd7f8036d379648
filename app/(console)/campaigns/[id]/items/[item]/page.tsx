// One item: the card as its reviewer sees it, and for the manager what was decided, handed over and looked at twice.
import type { Metadata } from 'next'
import { may, type Actor } from '@/core/permissions'
import { reviewItem, type ReviewItem } from '@/governance/campaigns/review-item'
import { ActionForm } from '@/app/_form/action-form'
import { DirectoryList } from '@/app/_form/person-field'
import { Submit } from '@/app/_form/submit'
import { typeTitle } from '@/app/_inventory/type-title'
import { Cause } from '@/app/_reviews/cause'
import { DecisionForm } from '@/app/_reviews/decision-form'
import { Evidence, Meanwhile } from '@/app/_reviews/evidence'
import { RiskLine } from '@/app/_reviews/risk-line'
import { SaidSoFar } from '@/app/_reviews/said'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import type { IdProps } from '@/app/_session/route-props'
import { CopyButton } from '@/app/_ui/copy-button'
import { Empty } from '@/app/_ui/empty'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { Notice } from '@/app/_ui/notice'
import { Page } from '@/app/_ui/page'
import { Section } from '@/app/_ui/section'
import { decideOne } from '@/app/(console)/reviews/actions'
import { handTo } from '../../../actions'
import { peopleOffered } from '../../../draft-page'
import { Facts } from '../../facts'
import { HandFields } from '../../hand-fields'

export const metadata: Metadata = { title: 'Item of a campaign' }

function HandOne({ view, people }: { view: ReviewItem; people: { name: string; address: string }[] }) {
  return (
    <Section
      id="hand"
      title="Hand it to somebody else"
      lead="What was decided and not signed is open again. The due date does not move."
    >
      <DirectoryList people={people} />
      <ActionForm action={handTo} label="Hand over" resets className="flex flex-col gap-3">
        <input type="hidden" name="id" value={view.campaign.id} />
        <input type="hidden" name="item" value={view.id} />
        <HandFields />
        <div>
          <Submit look="plain" busy="Handing over…">
            Hand over
          </Submit>
        </div>
      </ActionForm>
    </Section>
  )
}

/** Of a preview: the form of its reviewer. What is in it can be looked at, and not be sent. */
const FormAhead = ({ view }: { view: ReviewItem }) => (
  <Section
    id="choices"
    title="What its reviewer can choose"
    lead="The form as they will see it: nothing is chosen beforehand. It cannot be sent before the campaign is published, and by nobody else."
  >
    <fieldset disabled>
      <legend className="sr-only">A preview</legend>
      <DecisionForm view={view} action={decideOne} isPreview />
    </fieldset>
  </Section>
)

function More({ view: { alone, same, cardHash } }: { view: ReviewItem }) {
  return (
    <Section id="more" title="More about it">
      <Facts
        rows={[
          [
            'Decided with others',
            alone
              ? `Never: ${alone}`
              : same
                ? `${same} more are the same in all that is compared`
                : 'None is the same',
          ],
          [
            'SHA-256 of the card',
            <span key="hash" className="font-mono text-caption">
              {cardHash} <CopyButton text={cardHash} what="hash" />
            </span>,
          ],
        ]}
      />
    </Section>
  )
}

const canHand = (actor: Actor, { role, campaign, state }: ReviewItem) =>
  may(actor, 'campaign:manage') &&
  role !== 'second' &&
  ['ready', 'running'].includes(campaign.state) &&
  ['undecided', 'unclear', 'decided', 'carried'].includes(state)

type Props = Omit<IdProps, 'params'> & { params: Promise<{ id: string; item: string }> }
export default async function ItemPage({ params }: Props) {
  const actor = await requireActor('campaign:read')
  const { id, item } = await params
  const view = await orNotFound(reviewItem(actor, item))
  const { campaign, card } = view
  const isHere = campaign.id === id
  const crumbs = [
    { title: 'Campaigns', href: '/campaigns' },
    { title: campaign.name, href: `/campaigns/${campaign.id}` },
    { title: 'Items', href: `/campaigns/${campaign.id}/items` },
  ]
  if (!isHere)
    return (
      <Page title="Item" crumbs={[{ title: 'Campaigns', href: '/campaigns' }]}>
        <Empty title="There is no such item in this campaign" />
      </Page>
    )
  return (
    <Page
      title={card.identity.name}
      crumbs={crumbs}
      aside={
        <>
          {typeTitle(card.identity.type)} in {card.identity.scope.name}
        </>
      }
      actions={
        <Link href={`/identities/${card.identity.id}`} className="link">
          The identity as it is now
        </Link>
      }
    >
      <div className="mb-3 flex flex-col gap-2">
        {campaign.state === 'ready' && (
          <Notice title="A preview">
            Its reviewer will see this card once the campaign is published. Nobody is asked yet.
          </Notice>
        )}
        {view.role === 'second' && (
          <Notice tone="warn" title="You are asked for the second look at it">
            What the first person decided is not told to you here either.
          </Notice>
        )}
        <RiskLine view={view} />
        {view.cause && <Cause cause={view.cause} />}
        <Meanwhile since={view.since} />
        <p className="text-caption text-muted">
          Everything on the card is as of <Moment at={card.instant} full />.
        </p>
      </div>
      <Section id="card" title="The card">
        <Evidence view={view} links />
      </Section>
      {campaign.state === 'ready' && <FormAhead view={view} />}
      <SaidSoFar view={view} />
      <More view={view} />
      {canHand(actor, view) && <HandOne view={view} people={await peopleOffered(actor)} />}
    </Page>
  )
}
