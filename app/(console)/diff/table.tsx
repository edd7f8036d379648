// Differences one by one: a sign and a word for what happened, to what, and field by field how it was and is.
import type { DiffField, DiffRow } from '@/core/diff'
import { DIFF_TITLES, DIFF_WORDING } from '@/inventory/queries/diff-columns'
import { ruleTitle } from '@/app/_inventory/rule-meta'
import { factWords } from '@/app/_inventory/words'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Link } from '@/app/_ui/link'
import { absolute } from '@/app/_ui/moment'

const SHOWN_OPEN = 2
const COLOURS: Record<DiffRow['what'], string> = {
  added: 'text-ok',
  gone: 'text-danger',
  returned: 'text-accent',
  changed: 'text-sev-medium-text',
  learned: 'text-muted',
  'first-look': 'text-muted',
}
const FIELDS: Record<string, string> = { belongsTo: 'Belongs to', intervalMinutes: 'Interval in minutes' }
const fieldTitle = (field: string) => FIELDS[field] ?? factWords(field)
const SIDES = { before: 'not known before', after: 'not known since' } as const

function What({ row: { what, removed } }: { row: DiffRow }) {
  const { sign, word, means } = DIFF_WORDING[what]
  return (
    <span
      className={`inline-flex items-center gap-1.5 font-medium whitespace-nowrap ${COLOURS[what]}`}
      title={removed ? 'Its source was removed here: whether it still exists is not known.' : means}
    >
      <span aria-hidden className="inline-block w-3 text-center font-mono">
        {sign}
      </span>
      {removed ? 'Source removed' : word}
    </span>
  )
}

function Thing({ row }: { row: DiffRow }) {
  const { kind, name, identity, rule, scope } = row
  const gone = row.what === 'gone'
  const self = kind === 'identity' || kind === 'owner' || kind === 'privilege'
  const href = rule ? `/findings/${row.id}` : identity && self ? `/identities/${identity.id}` : undefined
  return (
    <span className="block min-w-40 [overflow-wrap:anywhere]">
      {href && !(gone && row.removed) ? (
        <Link href={href} data-row-link prefetch={false} className="row-link inline-block leading-6">
          {rule ? ruleTitle(rule.id) : name}
        </Link>
      ) : (
        <span className="font-medium">{rule ? ruleTitle(rule.id) : name}</span>
      )}
      <span className="block text-caption text-muted">
        {DIFF_TITLES[kind]}
        {identity && !self && (
          <>
            {' of '}
            <Link
              href={`/identities/${identity.id}`}
              prefetch={false}
              className="link inline-block leading-6"
            >
              {identity.name}
            </Link>
          </>
        )}
        {scope && kind !== 'scope' && ` · ${scope.name}${scope.sample ? ' (sample)' : ''}`}
      </span>
    </span>
  )
}

function Fields({ changes }: { changes: DiffField[] }) {
  return (
    <dl className="mt-1 flex flex-col gap-1 text-caption">
      {changes.map(({ field, from, to, unseen }) => (
        <div key={field} className="[overflow-wrap:anywhere]">
          <dt className="inline text-muted">{fieldTitle(field)}: </dt>
          <dd className="inline">
            <span className="sr-only">before </span>
            <del>{from}</del> <span aria-hidden>→</span> <span className="sr-only">after </span>
            <ins className="no-underline">{to}</ins>
            {unseen && <span className="text-muted"> ({SIDES[unseen]})</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Changes({ row: { changes, what } }: { row: DiffRow }) {
  if (!changes.length)
    return <span className="text-caption text-muted">{what === 'changed' ? 'Details only' : ''}</span>
  return (
    <details open={changes.length <= SHOWN_OPEN} className="min-w-56">
      <summary className="inline-flex min-h-6 items-center text-caption text-muted hover:text-ink">
        {changes.length === 1 ? '1 field' : `${changes.length} fields`}
      </summary>
      <Fields changes={changes} />
    </details>
  )
}

const Instant = ({ at }: { at: string }) => (
  <time dateTime={at} title={at} className="tabular text-caption whitespace-nowrap">
    {absolute(at)}
  </time>
)

const COLUMNS: Column<DiffRow>[] = [
  {
    key: 'what',
    title: 'What',
    className: 'w-34 align-top [th&]:align-middle',
    cell: (row) => <What row={row} />,
  },
  {
    key: 'thing',
    title: 'Of',
    className: 'align-top [th&]:align-middle',
    cell: (row) => <Thing row={row} />,
  },
  {
    key: 'changes',
    title: 'Before and after',
    className: 'align-top [th&]:align-middle',
    cell: (row) => <Changes row={row} />,
  },
  {
    key: 'true',
    title: 'True since',
    className: 'align-top [th&]:align-middle',
    cell: (row) => <Instant at={row.trueAt} />,
  },
  {
    key: 'known',
    title: 'Known since',
    className: 'align-top [th&]:align-middle',
    cell: (row) => <Instant at={row.knownAt} />,
  },
  {
    key: 'run',
    title: 'By',
    className: 'align-top [th&]:align-middle',
    cell: ({ run, kind }) =>
      run ? (
        <Link
          href={`/sources/${run.sourceId}/runs/${run.id}`}
          prefetch={false}
          className="link inline-block min-w-36"
        >
          a run of {run.source}
        </Link>
      ) : (
        <span className="text-caption text-muted">
          {kind === 'finding' || kind === 'owner' || kind === 'privilege' ? 'the rules' : ''}
        </span>
      ),
  },
]

export const DiffTable = ({ rows }: { rows: DiffRow[] }) => (
  <DataTable caption="Differences" columns={COLUMNS} rows={rows} rowKey={(row) => `${row.kind}${row.id}`} />
)
