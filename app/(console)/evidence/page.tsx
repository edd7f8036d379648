// Packs of evidence: what was asked for, how far each is, and its file.
import { CalendarClock, Download, KeyRound, Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { may } from '@/core/permissions'
import { listPacks, PACK_STATES, PackFilter, type PackView } from '@/governance/packs/asking/list'
import { isEnded, standingOf } from '@/governance/packs/asking/standing'
import { ActionForm } from '@/app/_form/action-form'
import { Submit } from '@/app/_form/submit'
import { Chips } from '@/app/_list/chips'
import { CsvLink } from '@/app/_list/csv-link'
import { DataTable, type Column } from '@/app/_list/data-table'
import { FacetMenu } from '@/app/_list/facet-menu'
import { FilterForm } from '@/app/_list/filter-form'
import { FilterNotice } from '@/app/_list/filter-notice'
import { hrefWith, readFilter } from '@/app/_list/query'
import { SearchBox } from '@/app/_list/search-box'
import { requireActor } from '@/app/_session/actor'
import type { SearchProps } from '@/app/_session/route-props'
import { buttonClass, ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { DownloadLink, Link } from '@/app/_ui/link'
import { absolute, Moment } from '@/app/_ui/moment'
import { Page } from '@/app/_ui/page'
import { cancel } from './actions'
import { bytesWords, PACK_WORDS, PackWord } from './state'

export const metadata: Metadata = { title: 'Evidence' }
const PATH = '/evidence'
const OPTIONS = PACK_STATES.map((value) => ({ value, title: PACK_WORDS[value].title }))

function Get({ pack, actorId }: { pack: PackView; actorId: string }) {
  if (pack.canDownload)
    return (
      <DownloadLink href={`/api/v1/packs/${pack.id}/download`} className={buttonClass()}>
        <Download size={14} aria-hidden /> Download <span className="sr-only">{pack.title}</span>
      </DownloadLink>
    )
  if (isEnded(pack) || pack.by.id !== actorId) return null
  return (
    <ActionForm action={cancel} label={`Cancel ${pack.title}`}>
      <input type="hidden" name="id" value={pack.id} />
      <Submit look="plain">Cancel</Submit>
    </ActionForm>
  )
}

const columns = (actorId: string): Column<PackView>[] => [
  {
    key: 'title',
    title: 'Pack',
    cell: (row) => (
      <span className="block min-w-56">
        <Link href={`${PATH}/${row.id}`} data-row-link prefetch={false} className="row-link">
          {row.title}
        </Link>
        <span className="block text-caption text-muted [overflow-wrap:anywhere]">
          {isEnded(row) && row.state !== 'failed' ? `As of ${absolute(row.asked.asOf)}` : standingOf(row)}
        </span>
      </span>
    ),
  },
  { key: 'state', title: 'State', cell: (row) => <PackWord pack={row} /> },
  {
    key: 'bytes',
    title: 'Size',
    numeric: true,
    cell: (row) => (row.bytes ? bytesWords(row.bytes) : <span className="text-muted">None yet</span>),
  },
  {
    key: 'sha256',
    title: 'SHA-256',
    cell: (row) =>
      row.sha256 ? (
        <span className="font-mono text-caption" title={row.sha256}>
          {row.sha256.slice(0, 16)}…
        </span>
      ) : (
        <span className="text-muted">None yet</span>
      ),
  },
  { key: 'by', title: 'Asked by', cell: (row) => row.by.name },
  { key: 'asked', title: 'Asked', cell: (row) => <Moment at={row.askedAt} /> },
  { key: 'get', title: 'File', cell: (row) => <Get pack={row} actorId={actorId} /> },
]

export default async function EvidencePage({ searchParams }: SearchProps) {
  const actor = await requireActor('evidence:read')
  const { filter, params, problems } = readFilter(PackFilter, await searchParams)
  const { rows, next } = await listPacks(actor, filter)
  const states = filter.state ?? []
  const chips = states.map((state) => ({
    title: 'State',
    value: state === 'any' ? 'Any' : PACK_WORDS[state].title,
    href: hrefWith(PATH, params, { state: states.filter((one) => one !== state).join(',') || undefined }),
  }))
  const isFiltered = states.length > 0 || filter.q !== undefined
  const make = may(actor, 'evidence:build') && (
    <ButtonLink href={`${PATH}/new`} look="primary">
      <Plus size={14} aria-hidden /> New pack
    </ButtonLink>
  )
  return (
    <Page
      title="Evidence"
      lead="Packs that whoever audits can check without trusting us: every file with its hash, sealed with a key of this installation."
      actions={
        <>
          <ButtonLink href={`${PATH}/deliveries`}>
            <CalendarClock size={14} aria-hidden /> Deliveries
          </ButtonLink>
          <ButtonLink href={`${PATH}/keys`}>
            <KeyRound size={14} aria-hidden /> Keys
          </ButtonLink>
          {rows.length > 0 && <CsvLink path="/api/v1/packs" params={params} />}
          {make}
        </>
      }
    >
      <div className="mb-3 flex flex-col gap-2">
        <FilterNotice problems={problems} resetHref={PATH} />
        <FilterForm path={PATH} label="Filter packs" keep={{}}>
          <SearchBox value={filter.q} label="Part of a title" placeholder="Part of a title" />
          <FacetMenu name="state" title="State" options={OPTIONS} selected={states} />
        </FilterForm>
        <Chips chips={chips} resetHref={PATH} />
      </div>
      {rows.length > 0 ? (
        <DataTable caption="Packs" columns={columns(actor.id)} rows={rows} rowKey={(row) => row.id} />
      ) : (
        <Empty title={isFiltered ? 'No pack matches' : 'No pack was asked for yet'} actions={make}>
          A pack holds what is known of a control or a framework at one instant, or over a period: who and
          what there was, what was found, what people decided, and what was not seen.
        </Empty>
      )}
      {next && (
        <div className="mt-3 flex justify-end">
          <ButtonLink href={hrefWith(PATH, params, { after: next })} rel="next">
            Next
          </ButtonLink>
        </div>
      )}
    </Page>
  )
}
