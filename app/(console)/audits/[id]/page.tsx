// One audit: what it is about, who audits, how its items stand, what was drawn, and what the auditors were handed.
import { Dices, Download, MessageSquarePlus, Pencil } from 'lucide-react'
import type { Metadata } from 'next'
import { may, type Actor } from '@/core/permissions'
import { auditView, type AuditView } from '@/governance/audits/list-audits'
import { ItemFilter, listItems } from '@/governance/audits/list-items'
import { titleOfControl } from '@/governance/packs/asking/settle'
import { DataTable, type Column } from '@/app/_list/data-table'
import { readFilter } from '@/app/_list/query'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import type { IdProps } from '@/app/_session/route-props'
import { buttonClass, ButtonLink } from '@/app/_ui/button'
import { DownloadLink, Link } from '@/app/_ui/link'
import { absolute, Moment } from '@/app/_ui/moment'
import { Notice } from '@/app/_ui/notice'
import { Page } from '@/app/_ui/page'
import { Section } from '@/app/_ui/section'
import { Facts } from '../../evidence/[id]/facts'
import { SAMPLED, SamplesTable } from '../samples-table'
import { AuditWord, Counts } from '../words'
import { ItemsSection } from './items-section'

export const metadata: Metadata = { title: 'Audit' }

type Pack = AuditView['packs'][number]
const PACKS: Column<Pack>[] = [
  {
    key: 'title',
    title: 'Pack',
    cell: (row) => (
      <span className="block min-w-48">
        <Link href={`/evidence/${row.id}`} data-row-link prefetch={false} className="row-link">
          {row.title}
        </Link>
        <span className="block text-caption text-muted">As of {absolute(row.asked.asOf)}</span>
      </span>
    ),
  },
  {
    key: 'sha256',
    title: 'SHA-256',
    cell: (row) => (
      <span className="font-mono text-caption" title={row.sha256}>
        {row.sha256?.slice(0, 16)}…
      </span>
    ),
  },
  { key: 'shared', title: 'Handed over', cell: (row) => <Moment at={row.sharedAt} /> },
  { key: 'by', title: 'By', cell: (row) => row.sharedBy },
  {
    key: 'get',
    title: 'File',
    cell: (row) =>
      row.canDownload ? (
        <DownloadLink href={`/api/v1/packs/${row.id}/download`} className={buttonClass()}>
          <Download size={14} aria-hidden /> Download <span className="sr-only">{row.title}</span>
        </DownloadLink>
      ) : (
        <span className="text-muted">{row.removedAt ? 'Removed' : 'Not for your role'}</span>
      ),
  },
]

function Packs({ audit }: { audit: AuditView }) {
  return (
    <Section id="packs" title="Packs" lead="Sealed: whoever has one can check it without us.">
      {audit.packs.length > 0 ? (
        <DataTable caption="Packs" columns={PACKS} rows={audit.packs} rowKey={(row) => row.id} />
      ) : (
        <p className="text-muted">No pack was handed over yet.</p>
      )}
    </Section>
  )
}

function Actions({ audit: { id, state }, actor }: { audit: AuditView; actor: Actor }) {
  if (state === 'closed') return null
  return (
    <>
      {may(actor, 'audit:manage') && (
        <ButtonLink href={`/audits/${id}/edit`}>
          <Pencil size={14} aria-hidden /> Change or close
        </ButtonLink>
      )}
      {may(actor, 'audit:examine') && (
        <>
          <ButtonLink href={`/audits/${id}/ask`}>
            <MessageSquarePlus size={14} aria-hidden /> Ask
          </ButtonLink>
          <ButtonLink href={`/audits/${id}/draw`} look="primary">
            <Dices size={14} aria-hidden /> Draw a sample
          </ButtonLink>
        </>
      )}
    </>
  )
}

export default async function AuditPage({ params, searchParams }: IdProps) {
  const actor = await requireActor('audit:read')
  const { id } = await params
  const { filter, params: asked, problems } = readFilter(ItemFilter, await searchParams)
  const audit = await orNotFound(auditView(actor, id))
  const items = await listItems(actor, id, filter)
  return (
    <Page
      title={audit.title}
      crumbs={[{ title: 'Audits', href: '/audits' }]}
      aside={<AuditWord state={audit.state} />}
      actions={<Actions audit={audit} actor={actor} />}
    >
      {audit.closedAt && (
        <div className="mb-4">
          <Notice title={`Closed by ${audit.closedBy ?? 'somebody'}, ${absolute(audit.closedAt)}`}>
            {audit.closedWhy}
          </Notice>
        </div>
      )}
      <Facts
        rows={[
          [
            'About',
            <span key="about" className="whitespace-pre-line">
              {audit.about}
            </span>,
          ],
          ['Period', `${absolute(audit.from, false)} to ${absolute(audit.to, false)}, in UTC`],
          [
            'Controls',
            audit.controls.map((one) => titleOfControl(one) ?? one).join(', ') || 'None are named',
          ],
          ['Auditors', audit.auditors.map(({ name }) => name).join(', ') || 'Nobody yet'],
          [
            'Made by',
            <span key="made">
              {audit.createdBy}, <Moment at={audit.createdAt} full />
            </span>,
          ],
          ['Items', <Counts key="counts" audit={audit} />],
        ]}
      />
      <ItemsSection auditId={id} filter={filter} params={asked} problems={problems} items={items} />
      <Section id="samples" title="Samples" lead={SAMPLED}>
        <SamplesTable auditId={id} samples={audit.samples} />
      </Section>
      <Packs audit={audit} />
    </Page>
  )
}
