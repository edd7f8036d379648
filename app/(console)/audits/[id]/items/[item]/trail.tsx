// What is known of a drawn row: as it was, what the rules said, what people decided, and what changed up to then.
import type { ItemView } from '@/governance/audits/list-items'
import type { Trail, TrailDecision } from '@/governance/audits/trail'
import { valuesTold } from '@/governance/audits/values-told'
import { FindingList } from '@/app/_inventory/finding-list'
import { TimelineDays } from '@/app/_inventory/timeline-days'
import { DataTable, type Column } from '@/app/_list/data-table'
import { hrefWith } from '@/app/_list/query'
import { Link } from '@/app/_ui/link'
import { absolute, Moment } from '@/app/_ui/moment'
import { Notice } from '@/app/_ui/notice'
import { Section } from '@/app/_ui/section'

const PATHS: Record<string, string> = {
  identity: '/identities',
  credential: '/credentials',
  secret: '/credentials',
  finding: '/findings',
}

const momentOf = ({ sample }: ItemView): Record<string, string> =>
  sample ? { asOf: sample.asOf, ...(sample.known !== sample.asOf && { known: sample.known }) } : {}

function Ways({ item }: { item: ItemView }) {
  const { subject, identityId, sample, audit } = item
  if (!subject || !sample) return null
  const moment = momentOf(item)
  const diff = `/identities/${identityId}/diff?from=${audit.from}&to=${sample.asOf}`
  return (
    <p className="mt-3 flex flex-wrap gap-x-4 gap-y-1">
      <Link
        href={hrefWith(`${PATHS[subject.kind]}/${subject.id}`, moment, {})}
        prefetch={false}
        className="link"
      >
        Its page as of then
      </Link>
      <Link href={`${PATHS[subject.kind]}/${subject.id}`} prefetch={false} className="link">
        Its page now
      </Link>
      {identityId !== undefined && subject.kind !== 'identity' && (
        <Link href={hrefWith(`/identities/${identityId}`, moment, {})} prefetch={false} className="link">
          Its identity as of then
        </Link>
      )}
      {identityId !== undefined && audit.from < sample.asOf && (
        <Link href={diff} prefetch={false} className="link">
          What changed over the period
        </Link>
      )}
    </p>
  )
}

export function AsItWas({ item }: { item: ItemView }) {
  const { values, subject, sample } = item
  if (!values || !subject || !sample) return null
  return (
    <Section id="then" title="As it was" aside={absolute(sample.asOf)}>
      <dl className="grid max-w-[110ch] grid-cols-[10rem_1fr_10rem_1fr] gap-x-4 gap-y-1.5 max-lg:grid-cols-[10rem_1fr] max-sm:grid-cols-1">
        {valuesTold(item).map(({ key, title, value }) => (
          <div key={key} className="contents">
            <dt className="text-muted">{title}</dt>
            <dd className="min-w-0 [overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
      <Ways item={item} />
    </Section>
  )
}

const DECISIONS: Column<TrailDecision>[] = [
  { key: 'at', title: 'When', cell: (row) => <Moment at={row.at} full /> },
  {
    key: 'campaign',
    title: 'Campaign',
    cell: ({ campaign }) => (
      <Link href={`/campaigns/${campaign.id}`} prefetch={false} className="row-link">
        {campaign.name}
      </Link>
    ),
  },
  { key: 'decision', title: 'Decision', cell: (row) => row.decision },
  {
    key: 'reason',
    title: 'Reason',
    cell: (row) => row.reason ?? <span className="text-muted">None was given</span>,
  },
  { key: 'by', title: 'By', cell: (row) => row.by },
  { key: 'signed', title: 'Signed off', cell: (row) => (row.signed ? 'Yes' : 'No') },
]

function Decisions({ decisions }: { decisions: NonNullable<Trail['decisions']> }) {
  return (
    <Section id="decisions" title="What people decided" lead="In campaigns, up to now, the newest first.">
      {decisions.rows.length > 0 ? (
        <DataTable caption="Decisions" columns={DECISIONS} rows={decisions.rows} rowKey={(row) => row.id} />
      ) : (
        <p className="text-muted">No campaign has asked anybody about it, or nobody has decided.</p>
      )}
      {decisions.more && <p className="mt-2 text-muted">There are older ones.</p>}
    </Section>
  )
}

export function TrailOf({ item, trail: { record, decisions } }: { item: ItemView; trail: Trail }) {
  const { subject, sample } = item
  if (!subject || !sample) return null
  const href = hrefWith(`${PATHS[subject.kind]}/${subject.id}`, momentOf(item), {})
  return (
    <>
      {record ? (
        <Section id="findings" title="What the rules said" aside={absolute(sample.asOf)}>
          <FindingList
            findings={record.findings.rows}
            none="No rule failed, or could not be told, on what was seen."
          />
          {record.findings.more && <p className="mt-2 text-muted">There are more, on its page.</p>}
        </Section>
      ) : (
        <div className="mt-8">
          <Notice tone="warn" title="The record of then cannot be read any more">
            Its source was removed, or the past of then is not kept. What was drawn stands above.
          </Notice>
        </div>
      )}
      {decisions && <Decisions decisions={decisions} />}
      {record?.timeline && record.firstSeenAt && (
        <Section id="timeline" title="What changed up to then">
          <TimelineDays timeline={record.timeline} of={{ href, firstSeenAt: record.firstSeenAt }} />
        </Section>
      )}
    </>
  )
}
