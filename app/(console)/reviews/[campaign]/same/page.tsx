// Identical items together: in what they are the same, and one decision about several of them, tried before it is made.
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { BULK_KEEP_MAX } from '@/core/campaign'
import { reviewedCampaign } from '@/governance/campaigns/reviewing/as-reviewer'
import { alikeItems, type AlikeView } from '@/governance/campaigns/reviewing/same'
import { typeTitle } from '@/app/_inventory/type-title'
import { flatParams } from '@/app/_list/query'
import { Row } from '@/app/_reviews/section'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import type { SearchProps } from '@/app/_session/route-props'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Page } from '@/app/_ui/page'
import { Panel, Section } from '@/app/_ui/section'
import { TogetherForm } from './together-form'

export const metadata: Metadata = { title: 'The same' }
type Props = SearchProps & { params: Promise<{ campaign: string }> }

const many = (count: number, one: string, more: string) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : more}`

function Sameness({ view: { sameness, count } }: { view: AlikeView }) {
  const { grants, trust, consumers } = sameness
  return (
    <Section
      id="sameness"
      title="In what they are the same"
      lead="Compared as each card was frozen. Names, owners, places and ages are not compared."
    >
      <Panel className="max-w-3xl">
        <Row title="Kind">{typeTitle(sameness.type)}</Row>
        <Row title="Rights">
          {grants.count
            ? `${many(grants.count, 'grant', 'grants')} each, giving the same`
            : 'None of them holds any'}
        </Row>
        <Row title="Trust">
          {trust.count
            ? `${many(trust.count, 'statement', 'statements')} each, letting in the same`
            : 'None of them lets anybody in'}
        </Row>
        <Row title="Consumers">
          {consumers.count
            ? `${many(consumers.count, 'thing runs', 'things run')} as each, the same ones`
            : 'Nothing was seen to run as one of them'}
        </Row>
        <Row title="Use">Last used: {sameness.use}</Row>
        <Row title="How many">{`${count.toLocaleString('en')} of yours are open`}</Row>
      </Panel>
    </Section>
  )
}

export default async function SamePage({ params: where, searchParams }: Props) {
  const actor = await requireActor('review:decide')
  const { campaign: id } = await where
  const { key } = flatParams(await searchParams)
  if (!key) notFound()
  const [campaign, view] = await Promise.all([
    orNotFound(reviewedCampaign(actor, id)),
    alikeItems(actor, id, key),
  ])
  return (
    <Page
      title="The same in all that is compared"
      crumbs={[
        { title: 'Reviews', href: '/reviews' },
        { title: campaign.name, href: `/reviews/${id}` },
      ]}
      lead={`Together are kept only those that are not risky, ${BULK_KEEP_MAX} at most, with a reason. A removal is tried first, so that you see what it would do.`}
    >
      {view ? (
        <>
          <Sameness view={view} />
          <TogetherForm campaign={id} view={view} keepDays={campaign.keepDays} />
        </>
      ) : (
        <Empty
          title="None of these is open any more"
          actions={<ButtonLink href={`/reviews/${id}`}>To the queue</ButtonLink>}
        >
          They were decided, handed on, or the campaign was closed meanwhile.
        </Empty>
      )}
    </Page>
  )
}
