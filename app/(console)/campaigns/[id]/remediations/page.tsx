// What is to be removed or reduced, how far that is since when, and why where nobody can tell.
import { REMEDIATION_KINDS, RemediationFilter, remediations } from '@/governance/campaigns/remediations'
import { preparationOf } from '@/governance/campaigns/preparation'
import { REMEDIATION_STATES } from '@/governance/campaigns/remediation-state'
import { Chips } from '@/app/_list/chips'
import { CsvLink } from '@/app/_list/csv-link'
import { FacetMenu } from '@/app/_list/facet-menu'
import { FilterForm } from '@/app/_list/filter-form'
import { FilterNotice } from '@/app/_list/filter-notice'
import { hrefWith, readFilter } from '@/app/_list/query'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import type { IdProps } from '@/app/_session/route-props'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { CampaignPage, campaignTitle } from '../../frame'
import { decisionTitle, REMEDIATION_WORDS } from '../../words'
import { RemediationTable } from './table'

export const generateMetadata = campaignTitle('Remediations')

const STATES = REMEDIATION_STATES.map((value) => ({ value, title: REMEDIATION_WORDS[value].title }))
const KINDS = REMEDIATION_KINDS.map((value) => ({ value, title: decisionTitle(value) }))
function chipsOf(path: string, params: Record<string, string>) {
  const of = (name: string, title: string, options: { value: string; title: string }[]) => {
    const values = (params[name] ?? '').split(',').filter(Boolean)
    return values.map((value) => ({
      title,
      value: options.find((one) => one.value === value)?.title ?? 'Any',
      href: hrefWith(path, params, { [name]: values.filter((v) => v !== value).join(',') || undefined }),
    }))
  }
  return [...of('state', 'State', STATES), ...of('kind', 'What', KINDS)]
}

export default async function RemediationsPage({ params: given, searchParams }: IdProps) {
  const actor = await requireActor('campaign:read')
  const { id } = await given
  const campaign = await orNotFound(preparationOf(actor, id))
  const { filter, params, problems } = readFilter(RemediationFilter, await searchParams)
  const { rows, next } = await orNotFound(remediations(actor, id, filter))
  const path = `/campaigns/${id}/remediations`
  const chips = chipsOf(path, params)
  return (
    <CampaignPage
      campaign={campaign}
      part="remediations"
      lead="Nothing is carried out by Rollcall. That something was done is what somebody says; that it is gone, only a complete look."
      actions={rows.length > 0 && <CsvLink path={`/api/v1/campaigns/${id}/remediations`} params={params} />}
    >
      <div className="mb-3 flex flex-col gap-2">
        <FilterNotice problems={problems} resetHref={path} />
        <FilterForm path={path} label="Filter remediations" keep={{}}>
          <FacetMenu name="state" title="State" options={STATES} selected={filter.state ?? []} />
          <FacetMenu name="kind" title="What" options={KINDS} selected={filter.kind ?? []} />
        </FilterForm>
        <Chips chips={chips} resetHref={path} />
      </div>
      {rows.length > 0 ? (
        <RemediationTable rows={rows} campaign={id} />
      ) : (
        <Empty
          title={chips.length ? 'Nothing is like this' : 'Nothing is to be removed or reduced'}
          actions={chips.length > 0 && <ButtonLink href={path}>Clear filters</ButtonLink>}
        >
          {!chips.length && 'Each decision to remove or to reduce makes one, with its steps.'}
        </Empty>
      )}
      {(next ?? params.after) && (
        <nav aria-label="Pages" className="mt-3 flex justify-end gap-2">
          {params.after && <ButtonLink href={hrefWith(path, params, {})}>Back to start</ButtonLink>}
          {next && (
            <ButtonLink href={hrefWith(path, params, { after: next })} rel="next">
              Next
            </ButtonLink>
          )}
        </nav>
      )}
    </CampaignPage>
  )
}
