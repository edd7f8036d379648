// The busiest reviewers of a campaign; all of them have a page of their own.
import type { CampaignView } from '@/governance/campaigns/campaign-view'
import { count } from '@/app/_inventory/words'
import { Link } from '@/app/_ui/link'
import { Section } from '@/app/_ui/section'
import { ReviewerTable } from './reviewers/table'

const SHOWN = 10
const SPLITS_SHOWN = 3

export function Busiest({ campaign, mayManage }: { campaign: CampaignView; mayManage: boolean }) {
  const { id, reviewers, asked, splits } = campaign
  if (!reviewers.length) return null
  const more = splits.length - SPLITS_SHOWN
  return (
    <Section
      id="reviewers"
      title="Reviewers"
      aside={
        <Link href={`/campaigns/${id}/reviewers`} className="link">
          All {asked.toLocaleString('en')}
        </Link>
      }
      lead="What policy carries is asked of nobody, and in no figure here."
    >
      <ReviewerTable
        campaign={campaign}
        rows={reviewers.slice(0, SHOWN)}
        splits={splits.slice(0, SPLITS_SHOWN)}
        mayManage={mayManage}
      />
      {more > 0 && (
        <p className="mt-2">
          Of {count(more, 'more person', 'more people')} too much is asked as well:{' '}
          <Link href={`/campaigns/${id}/reviewers?only=many`} className="link">
            see them
          </Link>
          .
        </p>
      )}
    </Section>
  )
}
