// Who answers for what: first what nobody has confirmed, with who is suggested and why.
import type { Metadata } from 'next'
import { may } from '@/core/permissions'
import { FILE_SAYS, listOwnership, OWNERSHIPS, OwnershipFilter } from '@/governance/owners/list-ownership'
import { ActionForm } from '@/app/_form/action-form'
import { Submit } from '@/app/_form/submit'
import { CompletenessLine } from '@/app/_inventory/completeness-line'
import { Chips } from '@/app/_list/chips'
import { CsvLink } from '@/app/_list/csv-link'
import { FacetMenu } from '@/app/_list/facet-menu'
import { FilterForm } from '@/app/_list/filter-form'
import { FilterNotice } from '@/app/_list/filter-notice'
import { Pager } from '@/app/_list/pager'
import { hrefWith, readFilter } from '@/app/_list/query'
import { SearchBox } from '@/app/_list/search-box'
import { confirm } from '@/app/_owners/actions'
import { UndoOwners } from '@/app/_owners/undo-owners'
import { requireActor } from '@/app/_session/actor'
import type { SearchProps } from '@/app/_session/route-props'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Page } from '@/app/_ui/page'
import { canConfirm, OWNERSHIP_WORDS, OwnershipTable } from './table'

export const metadata: Metadata = { title: 'Owners' }
const PATH = '/owners'
const OPTIONS = OWNERSHIPS.map((value) => ({ value, title: OWNERSHIP_WORDS[value].title }))
const FILE_TITLES = { drift: 'Differs', same: 'Says the same', nothing: 'Says nothing' } as const
const FILE_OPTIONS = FILE_SAYS.map((value) => ({ value, title: FILE_TITLES[value] }))
const fileTitle = (value: string) => FILE_OPTIONS.find((one) => one.value === value)?.title ?? 'Any'
const stateTitle = (value: string) => OPTIONS.find((one) => one.value === value)?.title ?? 'Any'

function chipsOf(
  { q, owner, ownership, file, scope }: Record<string, string>,
  params: Record<string, string>,
) {
  const without = (name: string) => hrefWith(PATH, params, { [name]: undefined })
  return [
    ...(q ? [{ title: 'Name', value: q, href: without('q') }] : []),
    ...(owner ? [{ title: 'Owner', value: owner, href: without('owner') }] : []),
    ...(scope ? [{ title: 'Scope', value: scope, href: without('scope') }] : []),
    ...(ownership
      ? [
          {
            title: 'State',
            value: ownership.split(',').map(stateTitle).join(', '),
            href: without('ownership'),
          },
        ]
      : []),
    ...(file
      ? [{ title: 'OWNERS file', value: file.split(',').map(fileTitle).join(', '), href: without('file') }]
      : []),
  ]
}

function ConfirmBar() {
  return (
    <div className="flex flex-wrap items-center gap-3 print:hidden">
      <Submit busy="Confirming…">Confirm the selected</Submit>
      <p className="text-caption text-muted">
        Of each the surest person and team. Where what is known does not agree, choose on its page.
      </p>
    </div>
  )
}

/** @param csv the filter of what is shown, where there is anything */
function Actions({ readsFile, csv }: { readsFile: boolean; csv?: Record<string, string> }) {
  return (
    <>
      {readsFile && <ButtonLink href={`${PATH}/file`}>OWNERS file</ButtonLink>}
      {readsFile && <ButtonLink href={`${PATH}/code-owners`}>CODEOWNERS</ButtonLink>}
      <ButtonLink href={`${PATH}/delegations`}>Delegations</ButtonLink>
      {csv && <CsvLink path="/api/v1/owners" params={csv} />}
    </>
  )
}

export default async function OwnersPage({ searchParams }: SearchProps) {
  const actor = await requireActor('identity:read')
  const { filter, params, problems } = readFilter(OwnershipFilter, await searchParams)
  const { rows, total, totalIsMore, next, completeness } = await listOwnership(actor, filter)
  const mayConfirm = may(actor, 'owner:answer')
  const found = `${total.toLocaleString('en')}${totalIsMore ? '+' : ''}`
  const isNarrowed = filter.ownership !== undefined || filter.file !== undefined
  const what = isNarrowed ? 'found' : 'that nobody has confirmed'
  const table = <OwnershipTable rows={rows} selectable={mayConfirm} />
  return (
    <Page
      title="Owners"
      aside={
        <span role="status">
          {found} {what}
        </span>
      }
      lead="Who answers for an identity. What is suggested says why; nobody is an owner before somebody confirms it."
      actions={<Actions readsFile={may(actor, 'person:read')} csv={rows.length > 0 ? params : undefined} />}
    >
      <div className="mb-3 flex flex-col gap-2">
        <CompletenessLine completeness={completeness} />
        <FilterNotice problems={problems} resetHref={PATH} />
        <FilterForm
          path={PATH}
          label="Filter identities by owner"
          keep={{ size: params.size, scope: params.scope, class: params.class }}
        >
          <SearchBox value={params.q} label="Search identities" placeholder="Name or native id" />
          <FacetMenu name="ownership" title="State" options={OPTIONS} selected={filter.ownership ?? []} />
          <FacetMenu name="file" title="OWNERS file" options={FILE_OPTIONS} selected={filter.file ?? []} />
        </FilterForm>
        <Chips chips={chipsOf(params, params)} resetHref={PATH} />
      </div>
      {rows.length === 0 && (
        <Empty title={isNarrowed ? 'No identity is like this' : 'Somebody has confirmed every owner'}>
          Owners are confirmed here, or on the page of an identity.
        </Empty>
      )}
      {rows.length > 0 && !mayConfirm && table}
      {rows.length > 0 && mayConfirm && (
        <ActionForm action={confirm} label="Confirm owners" resets quiet className="flex flex-col gap-3">
          <UndoOwners />
          {rows.some(canConfirm) && <ConfirmBar />}
          {table}
        </ActionForm>
      )}
      {(rows.length > 0 || params.after) && (
        <Pager {...{ path: PATH, params, next }} size={filter.size} shown={rows.length} total={found} />
      )}
    </Page>
  )
}
