// What a campaign would be about: its filter in words, how many it matches now, some of them, and what was not seen.
import type { ScopeSample } from '@/governance/campaigns/population'
import { CompletenessLine } from '@/app/_inventory/completeness-line'
import { filterValues } from '@/app/_inventory/identity-filter-words'
import { typeTitle } from '@/app/_inventory/type-title'
import { count } from '@/app/_inventory/words'
import { hrefWith } from '@/app/_list/query'
import { ButtonLink } from '@/app/_ui/button'
import { Link } from '@/app/_ui/link'
import { Notice } from '@/app/_ui/notice'

const SHOWN = 8

type Filter = Record<string, string>

export function FilterWords({ filter, scopes }: { filter: Filter; scopes: Record<string, string> }) {
  const values = filterValues(filter, (id) => scopes[id] ?? id)
  if (!values.length) return <span>All identities that are there</span>
  return (
    <ul aria-label="Filter" className="flex flex-wrap gap-1.5">
      {values.map(({ name, title, value }) => (
        <li
          key={name + value}
          className="inline-flex h-6 max-w-96 items-center gap-1 rounded-full border border-hairline bg-surface px-2.5 text-caption"
        >
          <span className="text-muted">{title}:</span>
          <span className="truncate font-medium">{value}</span>
        </li>
      ))}
    </ul>
  )
}

function Sample({ sample: { rows, count: all, countIsMore } }: { sample: ScopeSample }) {
  const shown = rows.slice(0, SHOWN)
  return (
    <ul className="flex flex-col divide-y divide-hairline rounded-lg border border-hairline text-ui">
      {shown.map((row) => (
        <li key={row.id} className="flex flex-wrap justify-between gap-x-3 px-3 py-1">
          <Link href={`/identities/${row.id}`} prefetch={false} className="link [overflow-wrap:anywhere]">
            {row.name}
          </Link>
          <span className="text-caption text-muted">
            {typeTitle(row.type)} in {row.scope.name}
          </span>
        </li>
      ))}
      {all > shown.length && (
        <li className="px-3 py-1 text-caption text-muted">
          and {(all - shown.length).toLocaleString('en')}
          {countIsMore && '+'} more
        </li>
      )}
    </ul>
  )
}

type Props = {
  filter: Filter
  scopes: Record<string, string>
  sample: ScopeSample | { refused: string }
  /** Of a draft that is changed. */
  draft?: string
}
export function ScopeFields({ filter, scopes, sample, draft }: Props) {
  const change = hrefWith('/identities', filter, { draft })
  return (
    <div className="flex flex-col gap-2">
      <input type="hidden" name="filter" value={JSON.stringify(filter)} />
      <div className="flex flex-wrap items-center justify-between gap-2">
        <FilterWords filter={filter} scopes={scopes} />
        <ButtonLink href={change} prefetch={false}>
          Change the filter
        </ButtonLink>
      </div>
      {'refused' in sample && (
        <Notice tone="danger" role="alert" title="This filter cannot be asked about">
          {sample.refused}
        </Notice>
      )}
      {'rows' in sample && (
        <>
          <p className="tabular">
            <strong className="font-medium">
              {count(sample.count, 'identity', 'identities')}
              {sample.countIsMore && ' or more'}
            </strong>{' '}
            {sample.count === 1 ? 'matches' : 'match'} now. Who is in it is settled when it is prepared.
          </p>
          <CompletenessLine completeness={sample.completeness} />
          {sample.rows.length > 0 && <Sample sample={sample} />}
        </>
      )}
      <p className="text-caption text-muted">
        Changing the filter leaves this page: save what you have typed first.
      </p>
    </div>
  )
}
