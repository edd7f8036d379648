// What one is asked to decide about: campaigns that run, those due first, first.
import type { Metadata } from 'next'
import { myReviews, type MyCampaign } from '@/governance/campaigns/my-reviews'
import { asReviewer } from '@/governance/campaigns/reviewing/as-reviewer'
import { dueWords, progressWords } from '@/app/_reviews/due'
import { Progress } from '@/app/_reviews/progress'
import { requireActor } from '@/app/_session/actor'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Link } from '@/app/_ui/link'
import { Page } from '@/app/_ui/page'
import { Panel } from '@/app/_ui/section'

export const metadata: Metadata = { title: 'Reviews' }

const count = (some: number, one: string, many: string) =>
  `${some.toLocaleString('en')} ${some === 1 ? one : many}`

function Asked({ campaign }: { campaign: MyCampaign }) {
  const { id, name, instructions, dueAt, items, decided, signed, high, second, riskiest } = campaign
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
          {dueWords(dueAt)}
        </p>
        {items > 0 && <Progress {...{ items, decided, signed }} />}
        {riskiest.length > 0 && (
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
              {count(second, 'second look', 'second looks')} asked of you
            </Link>
          </p>
        )}
        {isDone && (
          <p className="text-muted">All of it is signed off. There is nothing left for you to do.</p>
        )}
        {instructions && <p className="mt-1 line-clamp-3 text-muted">{instructions}</p>}
      </Panel>
    </li>
  )
}

export default async function ReviewsPage() {
  const actor = await requireActor('review:decide')
  const now = new Date()
  const [campaigns, reviewer] = await Promise.all([myReviews(actor, now), asReviewer(actor, now)])
  return (
    <Page
      title="Reviews"
      lead="What you are asked to answer for. Nothing is switched off or deleted by Rollcall, and silence is never taken for an answer."
      actions={<ButtonLink href="/reviews/remediations">What became of your removals</ButtonLink>}
    >
      {campaigns.length > 0 ? (
        <ul className="flex max-w-3xl flex-col gap-3">
          {campaigns.map((campaign) => (
            <Asked key={campaign.id} campaign={campaign} />
          ))}
        </ul>
      ) : (
        <Empty title={reviewer ? 'Nothing is asked of you' : 'Nobody in the directory has your address'}>
          {reviewer
            ? 'When a campaign asks you about identities, they are here, and the number beside “Reviews” says how many.'
            : 'Reviews are done by people of the directory, under their own name. Ask an administrator to add you to it with the address you sign in with.'}
        </Empty>
      )}
    </Page>
  )
}
