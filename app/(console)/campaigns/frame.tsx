// The frame of the pages of one campaign: its name and state, and the ways between its parts.
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import type { CampaignState } from '@/core/campaign'
import { preparationOf } from '@/governance/campaigns/preparation'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import { Link } from '@/app/_ui/link'
import { Page } from '@/app/_ui/page'
import { CampaignWord } from './words'

const PARTS = [
  { key: '', title: 'Overview' },
  { key: 'items', title: 'Items' },
  { key: 'reviewers', title: 'Reviewers' },
  { key: 'remediations', title: 'Remediations' },
  { key: 'quality', title: 'Quality' },
  { key: 'close', title: 'Close' },
] as const
type Part = (typeof PARTS)[number]['key']

/** Before it is published nothing is decided, and nothing to be closed. */
export const PUBLISHED: readonly CampaignState[] = ['running', 'closed', 'sealed']
const isThere = (part: Part, state: CampaignState) =>
  part === '' || part === 'items' || (part === 'reviewers' && state === 'ready') || PUBLISHED.includes(state)

type Props = {
  campaign: { id: string; name: string; state: CampaignState }
  part: Part
  lead?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

export function CampaignPage({ campaign: { id, name, state }, part, lead, actions, children }: Props) {
  return (
    <Page
      title={name}
      crumbs={[{ title: 'Campaigns', href: '/campaigns' }]}
      aside={<CampaignWord state={state} />}
      lead={lead}
      actions={actions}
    >
      <nav aria-label="Parts of the campaign" className="mb-4 border-b border-hairline print:hidden">
        <ul className="-mb-px flex flex-wrap gap-x-1">
          {PARTS.filter(({ key }) => isThere(key, state)).map(({ key, title }) => (
            <li key={key}>
              <Link
                href={`/campaigns/${id}${key && `/${key}`}`}
                prefetch={false}
                aria-current={key === part ? 'page' : undefined}
                className="inline-flex h-8 items-center border-b-2 border-transparent px-2.5 text-muted hover:text-ink aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink"
              >
                {title}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </Page>
  )
}

/** The title of a window: which part of which campaign. */
export const campaignTitle = (part: string) =>
  async function generateMetadata({ params }: { params: Promise<{ id: string }> }): Promise<Metadata> {
    const actor = await requireActor('campaign:read')
    const { name } = await orNotFound(preparationOf(actor, (await params).id))
    return { title: part ? `${part}: ${name}` : name }
  }
