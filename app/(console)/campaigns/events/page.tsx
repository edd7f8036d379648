// What is asked about by itself when it happens: which causes, who is asked, how many cards in a day, and what waits for one.
import type { Metadata } from 'next'
import { CAUSES } from '@/core/campaign'
import { may } from '@/core/permissions'
import { eventReviews, type EventPolicy } from '@/governance/campaigns/events/event-policy'
import { foreseenCards } from '@/governance/campaigns/events/foreseen-cards'
import { addressesOf } from '@/governance/directory/person-named'
import { requireActor } from '@/app/_session/actor'
import { ButtonLink } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { Page } from '@/app/_ui/page'
import { Section } from '@/app/_ui/section'
import { Facts } from '../[id]/facts'
import { peopleOffered } from '../draft-page'
import { foreseenTotal } from './foreseen-words'
import { EventPolicyForm } from './policy-form'
import { Waiting } from './waiting'

export const metadata: Metadata = { title: 'Asked by itself' }

type Named = Record<string, { name: string }>
/** For whoever only reads. */
function Told({ policy, named }: { policy: EventPolicy | null; named: Named }) {
  if (!policy?.causes.length) return <p className="text-muted">Nothing opens a card by itself.</p>
  const nameOf = (id: string) => named[id]?.name ?? id
  return (
    <Facts
      rows={[
        ['Opens a card', policy.causes.map((cause) => CAUSES[cause]).join('; ')],
        ['Days to answer', String(policy.days)],
        ['Cards in a day', `${policy.perDay.toLocaleString('en')} at most`],
        ['Asked', `the owner, else the lead of the team, else ${nameOf(policy.fallback)}`],
        ['Manages them', nameOf(policy.manager)],
      ]}
    />
  )
}

export default async function EventsPage() {
  const actor = await requireActor('campaign:read')
  const now = new Date()
  const mayManage = may(actor, 'campaign:manage')
  const [{ policy, blocked, waiting, openedToday }, foreseen] = await Promise.all([
    eventReviews(actor, now),
    foreseenCards(actor, now),
  ])
  const [named, people] = await Promise.all([
    addressesOf(actor, policy ? [policy.fallback, policy.manager] : []),
    mayManage ? peopleOffered(actor) : [],
  ])
  const today = openedToday.toLocaleString('en')
  return (
    <Page
      title="Asked by itself"
      crumbs={[{ title: 'Campaigns', href: '/campaigns' }]}
      lead="Some things are asked about when they happen, instead of in the next campaign. What had happened before it is turned on opens nothing."
      actions={<ButtonLink href="/campaigns?kind=event">Reviews it has opened</ButtonLink>}
    >
      {blocked && (
        <div className="mb-4">
          <Notice tone="danger" title="No card is opened now">
            {blocked}
          </Notice>
        </div>
      )}
      <Section id="foreseen" title="What there would have been">
        <p className="max-w-[84ch]">{foreseenTotal(foreseen)}</p>
        <p className="max-w-[84ch] text-muted">
          Each identity is counted once for a cause. There are fewer where a campaign that runs asks about it
          already, or an exception was approved. Opened today: {today}
          {policy ? ` of ${policy.perDay.toLocaleString('en')}` : ''}.
        </p>
      </Section>
      <Waiting waiting={waiting} mayManage={mayManage} />
      <Section id="policy" title="What is asked">
        {mayManage ? (
          <EventPolicyForm {...{ policy, foreseen, named, people }} />
        ) : (
          <Told policy={policy} named={named} />
        )}
      </Section>
    </Page>
  )
}
