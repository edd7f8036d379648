// How attentively was decided: every figure with what it means, beside those of the campaign before about the same.
import { may } from '@/core/permissions'
import { differences } from '@/governance/campaigns/differences'
import { lastAlike, type LastAlike } from '@/governance/campaigns/last-alike'
import { preparationOf } from '@/governance/campaigns/preparation'
import { campaignQuality, type Quality } from '@/governance/campaigns/quality'
import { DataTable, type Column } from '@/app/_list/data-table'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import type { IdProps } from '@/app/_session/route-props'
import { Link } from '@/app/_ui/link'
import { absolute } from '@/app/_ui/moment'
import { Section } from '@/app/_ui/section'
import { CampaignPage, campaignTitle } from '../../frame'
import { itemsOf } from '../../words'
import { Differences } from './differences'
import { figuresOf, type Figure } from './figures'

export const generateMetadata = campaignTitle('Quality')

const columnsOf = (before: LastAlike | undefined): Column<Figure>[] => [
  {
    key: 'title',
    title: 'Figure',
    cell: (row) => (
      <span className="block min-w-40 whitespace-normal">
        <span className="font-medium">{row.title}</span>
        <span className="block text-caption text-muted">{row.means}</span>
      </span>
    ),
  },
  { key: 'value', title: 'This campaign', cell: (row) => <span className="tabular">{row.value}</span> },
  ...(before
    ? [
        {
          key: 'before',
          title: 'The one before',
          cell: (row: Figure) => <span className="tabular text-muted">{row.before}</span>,
        },
      ]
    : []),
]

function SameWords({ sameWords }: Pick<Quality, 'sameWords'>) {
  if (!sameWords.length) return null
  return (
    <Section id="same-words" title="Reasons in the same words">
      <ul className="flex flex-col gap-1">
        {sameWords.map(({ words, items }) => (
          <li key={words} className="[overflow-wrap:anywhere]">
            <span className="tabular font-medium">{itemsOf(items)}</span>: “{words}”
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Decoys({ controls: { items, kept } }: Pick<Quality, 'controls'>) {
  if (!items) return null
  return (
    <Section
      id="decoys"
      title="Decoys"
      lead="Identities that were gone, put among the others as was announced. They are in no figure above."
    >
      <p>
        {kept.toLocaleString('en')} of {items.toLocaleString('en')} were kept.
      </p>
    </Section>
  )
}

function Before({ before }: { before: LastAlike | undefined }) {
  if (!before)
    return (
      <p className="mb-2 text-muted">
        No campaign about the same filter is over yet: there is nothing to compare with.
      </p>
    )
  return (
    <p className="mb-2 text-muted">
      Compared with{' '}
      <Link href={`/campaigns/${before.id}/quality`} className="link">
        {before.name}
      </Link>
      , published {absolute(before.publishedAt, false)}: the last that is over, about the same filter.
    </p>
  )
}

export default async function QualityPage({ params }: IdProps) {
  const actor = await requireActor('campaign:read')
  const { id } = await params
  const campaign = await orNotFound(preparationOf(actor, id))
  const [quality, before, differing] = await Promise.all([
    campaignQuality(actor, id),
    lastAlike(actor, id),
    differences(actor, id),
  ])
  return (
    <CampaignPage
      campaign={campaign}
      part="quality"
      lead="Told about a campaign as a whole, never about one person’s single decisions."
    >
      <Section id="figures" title="Figures">
        <Before before={before} />
        <DataTable
          caption="Figures"
          columns={columnsOf(before)}
          rows={figuresOf(quality, before?.quality)}
          rowKey={(row) => row.title}
        />
      </Section>
      <SameWords sameWords={quality.sameWords} />
      <Differences
        id={id}
        {...differing}
        maySettle={may(actor, 'campaign:manage') && campaign.state === 'running'}
      />
      <Decoys controls={quality.controls} />
    </CampaignPage>
  )
}
