// Changes the draft of a campaign; one that is frozen and not published is a draft again.
import type { Metadata } from 'next'
import { campaignView, type CampaignView } from '@/governance/campaigns/campaign-view'
import { addressesOf } from '@/governance/directory/person-named'
import { FilterNotice } from '@/app/_list/filter-notice'
import type { RawParams } from '@/app/_list/query'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import type { IdProps } from '@/app/_session/route-props'
import { Empty } from '@/app/_ui/empty'
import { Link } from '@/app/_ui/link'
import { Notice } from '@/app/_ui/notice'
import { Page } from '@/app/_ui/page'
import { DraftForm } from '../../draft-form'
import { besideDraft, filterTaken } from '../../draft-page'

export const metadata: Metadata = { title: 'Change a campaign' }
const ROWS = 3

/** Whoever comes from the list of identities brings another filter along. */
function filterOf(held: Record<string, string>, raw: RawParams) {
  const { filter: taken, ...rest } = raw
  return taken === 'new' ? filterTaken(rest) : { filter: held, problems: [] }
}

const peopleIn = ({ chain, policy, manager }: CampaignView): string[] => [
  ...chain.flatMap((step) => (step.by === 'person' ? [step.person] : [])),
  ...policy.secondReviewers,
  ...(policy.reminders?.accountable ? [policy.reminders.accountable] : []),
  manager.id,
]

const CAMPAIGNS = { title: 'Campaigns', href: '/campaigns' }

export default async function EditCampaignPage({ params, searchParams }: IdProps) {
  const actor = await requireActor('campaign:manage')
  const { id } = await params
  const held = await orNotFound(campaignView(actor, id))
  const { filter, problems } = filterOf(held.filter, await searchParams)
  const crumbs = [CAMPAIGNS, { title: held.name, href: `/campaigns/${id}` }]
  if (held.state !== 'draft' && held.state !== 'ready')
    return (
      <Page title="Change" crumbs={crumbs}>
        <Empty title="It cannot be changed now">
          {held.state === 'preparing'
            ? 'Its population is being frozen: take it back to a draft first.'
            : 'It was published: its population and its policy stay as they are.'}{' '}
          <Link href={`/campaigns/${id}`} className="link">
            See the campaign
          </Link>
        </Empty>
      </Page>
    )
  const [beside, addresses] = await Promise.all([
    besideDraft(actor, filter, held.chain),
    addressesOf(actor, peopleIn(held)),
  ])
  const addressOf = (person = '') => addresses[person]?.address ?? person
  const steps = held.chain.map((step) =>
    step.by === 'person' ? { by: step.by, person: addressOf(step.person) } : { by: step.by },
  )
  const empty = Array.from({ length: Math.max(0, ROWS - steps.length) }, () => ({ by: '' }))
  const { seed: _, ...policy } = held.policy
  return (
    <Page title={`Change ${held.name}`} crumbs={crumbs}>
      <div className="mb-3 flex flex-col gap-2">
        <FilterNotice problems={problems} resetHref={`/campaigns/${id}/edit`} />
        {held.state === 'ready' && (
          <Notice tone="warn" title="Its population is frozen">
            Saving makes it a draft again: what was frozen is thrown away, and it has to be prepared anew.
          </Notice>
        )}
      </div>
      <DraftForm
        draft={{
          id,
          version: held.version,
          name: held.name,
          instructions: held.instructions,
          filter,
          steps: [...steps, ...empty],
          due: held.dueAt.slice(0, 10),
          manager: addressOf(held.manager.id),
          policy,
          seconds: policy.secondReviewers.map((one) => addressOf(one)),
          accountable: addressOf(policy.reminders?.accountable),
        }}
        {...beside}
      />
    </Page>
  )
}
