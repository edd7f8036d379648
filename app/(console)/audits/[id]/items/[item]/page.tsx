// One item of an audit: what was asked or drawn, how it stands, what was said, and its whole trail.
import type { Metadata } from 'next'
import { may } from '@/core/permissions'
import { itemView, type ItemView } from '@/governance/audits/list-items'
import { trailOf } from '@/governance/audits/trail'
import { listPacks } from '@/governance/packs/asking/list'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import { ButtonLink } from '@/app/_ui/button'
import { Link } from '@/app/_ui/link'
import { absolute, Moment } from '@/app/_ui/moment'
import { Page } from '@/app/_ui/page'
import { Section } from '@/app/_ui/section'
import { StateWord } from '@/app/_ui/state-word'
import { StatusWord } from '../../../words'
import { SayMore, SayStatus } from './say'
import { Thread } from './thread'
import { AsItWas, TrailOf } from './trail'

export const metadata: Metadata = { title: 'Item of an audit' }
type Props = { params: Promise<{ id: string; item: string }> }

function Lead({ item }: { item: ItemView }) {
  const { sample, openedBy, openedAt, rank, due, overdue } = item
  if (sample)
    return (
      <>
        Item {item.nth}, place {rank} of{' '}
        <Link href={`/audits/${item.audit.id}/samples/${sample.id}`} className="link">
          sample {sample.nth}
        </Link>
        , drawn by {openedBy}, <Moment at={openedAt} full />.
      </>
    )
  return (
    <>
      Item {item.nth}, asked by {openedBy}, <Moment at={openedAt} full />.
      {due && ` Wanted by ${absolute(due, false)}.`} {overdue && <StateWord tone="danger">Overdue</StateWord>}
    </>
  )
}

function Beside({ item: { audit, before, next } }: { item: ItemView }) {
  return (
    <>
      {before && (
        <ButtonLink href={`/audits/${audit.id}/items/${before}`} rel="prev">
          Item before
        </ButtonLink>
      )}
      {next && (
        <ButtonLink href={`/audits/${audit.id}/items/${next}`} rel="next">
          Next item
        </ButtonLink>
      )}
    </>
  )
}

export default async function ItemPage({ params }: Props) {
  const actor = await requireActor('audit:read')
  const { id, item: itemId } = await params
  const item = await orNotFound(itemView(actor, id, itemId))
  const isAuditor = may(actor, 'audit:examine')
  const isOpen = !item.audit.closed
  const [trail, packs] = await Promise.all([
    trailOf(actor, item),
    !isAuditor && isOpen ? listPacks(actor, { state: ['sealed'], size: 50 }) : undefined,
  ])
  return (
    <Page
      title={item.title}
      crumbs={[
        { title: 'Audits', href: '/audits' },
        { title: item.audit.title, href: `/audits/${id}` },
      ]}
      aside={<StatusWord status={item.status} />}
      lead={<Lead item={item} />}
      actions={<Beside item={item} />}
    >
      {item.question !== undefined && (
        <Section id="question" title="What is asked for">
          <p className="max-w-[90ch] whitespace-pre-line text-prose [overflow-wrap:anywhere]">
            {item.question}
          </p>
        </Section>
      )}
      <AsItWas item={item} />
      {isOpen && (
        <Section
          id="status"
          title="How it stands"
          lead={item.reason && `${item.statusBy}: ${item.reason}`}
          aside={
            <>
              {item.statusBy}, <Moment at={item.statusAt} />
            </>
          }
        >
          <SayStatus item={item} isAuditor={isAuditor} />
        </Section>
      )}
      <Section id="thread" title="What was said">
        <Thread thread={item.thread} />
        {isOpen && (
          <SayMore
            item={item}
            isAuditor={isAuditor}
            packs={packs?.rows.filter((one) => !one.removedAt) ?? []}
          />
        )}
      </Section>
      <TrailOf item={item} trail={trail} />
    </Page>
  )
}
