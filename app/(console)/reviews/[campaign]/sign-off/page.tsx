// Signing off: what one puts one's name to, in numbers and with every keep of high risk; the name, and the password again.
import type { Metadata } from 'next'
import { z } from 'zod'
import { reviewedCampaign } from '@/governance/campaigns/reviewing/as-reviewer'
import { groupsOf, myTally, sumOf, type Group } from '@/governance/campaigns/reviewing/tally'
import { mySigned, toSign } from '@/governance/campaigns/reviewing/to-sign'
import { hrefWith, readFilter } from '@/app/_list/query'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import type { SearchProps } from '@/app/_session/route-props'
import { ButtonLink } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { Page } from '@/app/_ui/page'
import { Section } from '@/app/_ui/section'
import { groupTitle } from '../group-title'
import { Tabs } from '../tabs'
import { SignForm } from './sign-form'
import { SignedList } from './signed-list'
import { Summary } from './summary'

export const metadata: Metadata = { title: 'Sign off' }
type Props = SearchProps & { params: Promise<{ campaign: string }> }

const SignFilter = z.object({ scope: z.guid().optional() })

const standing = ({ sum }: Group) =>
  sum.signed === sum.items ? 'signed' : sum.open ? `${sum.open} open` : 'ready'

function Parts({ path, groups, scope }: { path: string; groups: Group[]; scope: string | undefined }) {
  if (groups.length < 2) return null
  return (
    <div className="mb-3">
      <p className="mb-1 text-ui text-muted">All of it at once, or in parts:</p>
      <Tabs
        label="Parts to sign"
        tabs={[
          { title: 'Everything', href: path, current: scope === undefined },
          ...groups.slice(0, 30).map((group) => ({
            title: `${groupTitle(group, groups)}: ${standing(group)}`,
            href: hrefWith(path, {}, { scope: group.key }),
            current: scope === group.key,
          })),
        ]}
      />
    </div>
  )
}

type OpenProps = {
  id: string
  open: number
  part: string | undefined
  scope: string | undefined
  isWhole: boolean
}
function StillOpen({ id, open, part, scope, isWhole }: OpenProps) {
  return (
    <Notice
      tone="warn"
      title={`${open.toLocaleString('en')} ${open === 1 ? 'item is' : 'items are'} still open${part ? ` in ${part}` : ''}`}
      actions={
        <ButtonLink href={hrefWith(`/reviews/${id}`, {}, { scope, view: 'flat' })}>Decide them</ButtonLink>
      }
    >
      Only what is decided whole can be signed{isWhole ? '' : ': all of it, or one system'}.
    </Notice>
  )
}

export default async function SignOffPage({ params: where, searchParams }: Props) {
  const actor = await requireActor('review:decide')
  const { campaign: id } = await where
  const { filter } = readFilter(SignFilter, await searchParams)
  const now = new Date()
  const [campaign, tally, sums, signed] = await Promise.all([
    orNotFound(reviewedCampaign(actor, id, now)),
    myTally(actor, id, now),
    toSign(actor, id, filter.scope, now),
    mySigned(actor, id, now),
  ])
  const own = tally.filter((row) => row.own)
  const groups = groupsOf(own, 'system')
  const isRunning = campaign.state === 'running'
  const chosen = groups.find(({ key }) => key === filter.scope)
  const part = chosen && groupTitle(chosen, groups)
  return (
    <Page
      title={isRunning ? 'Sign off' : 'What you signed'}
      crumbs={[
        { title: 'Reviews', href: '/reviews' },
        { title: campaign.name, href: `/reviews/${id}` },
      ]}
      lead="From then on it is locked. What has to be corrected is said beside it, and changes nothing of it."
    >
      <div className="max-w-4xl">
        {isRunning && <Parts path={`/reviews/${id}/sign-off`} groups={groups} scope={filter.scope} />}
        {isRunning && sums.items > 0 && <Summary campaign={id} sums={sums} part={part} />}
        {isRunning && sums.open > 0 && (
          <StillOpen id={id} open={sums.open} part={part} scope={filter.scope} isWhole={groups.length < 2} />
        )}
        {isRunning && sums.items > 0 && sums.open === 0 && (
          <SignForm actor={actor} campaign={campaign} items={sums.items} scope={filter.scope} part={part} />
        )}
        {isRunning && sums.items === 0 && sums.open === 0 && (
          <Notice
            title={sumOf(own).signed ? 'All of it is signed.' : 'There is nothing of yours to sign here.'}
          />
        )}
        {sums.others > 0 && (
          <p className="mt-3 text-muted">
            {sums.others.toLocaleString('en')} of these items are asked of somebody who is away: they sign
            what you decided in their place.
          </p>
        )}
        <Section id="signed" title="Signed">
          <SignedList campaign={id} signed={signed} />
        </Section>
      </div>
    </Page>
  )
}
