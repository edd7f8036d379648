// What one is asked to decide about: campaigns that run, those due first, first; and those that are over in which one had a part.
// Nothing of reviews has a loading.tsx: the page would come in pieces that only a script puts together, and without one a card
// would stay empty. Every part of it works without scripts, so it is sent whole.
import type { Metadata } from 'next'
import { myReviewsPage, ReviewsFilter, type MyCampaign } from '@/governance/campaigns/my-reviews'
import { asReviewer } from '@/governance/campaigns/reviewing/as-reviewer'
import { dueWords, progressWords } from '@/app/_reviews/due'
import { Progress } from '@/app/_reviews/progress'
import { FilterNotice } from '@/app/_list/filter-notice'
import { readFilter } from '@/app/_list/query'
import { requireActor } from '@/app/_session/actor'
import type { SearchProps } from '@/app/_session/route-props'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Link } from '@/app/_ui/link'
import { Page } from '@/app/_ui/page'
import { Panel } from '@/app/_ui/section'
import { Tabs } from './[campaign]/tabs'

export const metadata: Metadata = { title: 'Reviews' }

const count = (some: number, one: string, many: string) =>
  `${some.toLocaleString('en')} ${some === 1 ? one : many}`

function Asked({ campaign }: { campaign: MyCampaign }) {
  const { id, name, instructions, dueAt, state, items, decided, signed, high, second, riskiest } = campaign
  const isOver = state !== 'running'
  const isDone = items > 0 && signed === items && second === 0
  return (
    <li>
      <Panel className="px-4 py-3">
        <h2 className="text-section">
          <Link href={`/reviews/${id}`} data-row-link className="row-link [overflow-wrap:anywhere]">
            {name}
          </Link>
        </h2>
        <p className="tabular text-prose">
          {items > 0 ? `${progressWords(campaign)}, ` : ''}
          {isOver ? `${state === 'sealed' ? 'closed and sealed' : 'closed'}` : dueWords(dueAt)}
        </p>
        {items > 0 && <Progress {...{ items, decided, signed }} />}
        {riskiest.length > 0 && !isOver && (
          <p className="[overflow-wrap:anywhere]">
            <span className="text-muted">
              The riskiest still open{high ? ` (${high} of high risk)` : ''}:{' '}
            </span>
            {riskiest.join(', ')}
          </p>
        )}
        {second > 0 && (
          <p>
            <Link href={`/reviews/${id}?show=second`} className="link">
              {count(second, 'second look', 'second looks')} {isOver ? 'were asked of you' : 'asked of you'}
            </Link>
          </p>
        )}
        {isDone && !isOver && (
          <p className="text-muted">All of it is signed off. There is nothing left for you to do.</p>
        )}
        {instructions && <p className="mt-1 line-clamp-3 text-muted">{instructions}</p>}
      </Panel>
    </li>
  )
}

function None({ over, isReviewer }: { over: boolean; isReviewer: boolean }) {
  if (!isReviewer)
    return (
      <Empty title="Nobody in the directory has your address">
        Reviews are done by people of the directory, under their own name. Ask an administrator to add you to
        it with the address you sign in with.
      </Empty>
    )
  return over ? (
    <Empty title="No campaign that is over asked anything of you">
      What you decided and signed stays here once a campaign is closed.
    </Empty>
  ) : (
    <Empty title="Nothing is asked of you">
      When a campaign asks you about identities, they are here, and the number beside “Reviews” says how many.
    </Empty>
  )
}

export default async function ReviewsPage({ searchParams }: SearchProps) {
  const actor = await requireActor('review:decide')
  const { filter, problems } = readFilter(ReviewsFilter, await searchParams)
  const now = new Date()
  const [{ rows: campaigns, more }, reviewer] = await Promise.all([
    myReviewsPage(actor, filter, now),
    asReviewer(actor, now),
  ])
  const over = filter.show === 'over'
  return (
    <Page
      title="Reviews"
      lead="What you are asked to answer for. Nothing is switched off or deleted by Rollcall, and silence is never taken for an answer."
      actions={<ButtonLink href="/reviews/remediations">What became of your removals</ButtonLink>}
    >
      <div className="mb-3 flex flex-col gap-2">
        <FilterNotice problems={problems} resetHref="/reviews" />
        <Tabs
          label="Which campaigns"
          tabs={[
            { title: 'Running', href: '/reviews', current: !over },
            { title: 'Over', href: '/reviews?show=over', current: over },
          ]}
        />
      </div>
      {campaigns.length > 0 ? (
        <ul className="flex max-w-3xl flex-col gap-3">
          {campaigns.map((campaign) => (
            <Asked key={campaign.id} campaign={campaign} />
          ))}
        </ul>
      ) : (
        <None over={over} isReviewer={reviewer !== undefined} />
      )}
      {more && (
        <p className="mt-3 text-muted">
          There are more than the {campaigns.length} shown:{' '}
          {over ? 'earlier ones' : 'those that are due later'} are not.
        </p>
      )}
    </Page>
  )
}
