// Why no finding is shown: filtered to none, nothing looked at, looked at in part, or truly none.
import type { FullCompleteness } from '@/inventory/queries/types'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Moment } from '@/app/_ui/moment'

const NOT_FILTERS = new Set(['sort', 'size', 'after', 'group'])

export function NoFindings({
  params,
  completeness,
}: {
  params: Record<string, string>
  completeness: FullCompleteness
}) {
  if (Object.keys(params).some((name) => !NOT_FILTERS.has(name)))
    return (
      <Empty
        title="No finding matches these filters"
        actions={<ButtonLink href="/findings">Clear filters</ButtonLink>}
      >
        Take a filter away, or look among the resolved ones with the state filter.
      </Empty>
    )
  if (completeness.state === 'none')
    return (
      <Empty title="Nothing has been looked at yet">The rules are asked after each run of a source.</Empty>
    )
  return (
    <Empty title="No open findings">
      {completeness.state === 'complete' ? 'Every rule passed' : 'No rule failed on what could be seen'}
      {completeness.asOf && (
        <>
          , as of <Moment at={completeness.asOf} full />
        </>
      )}
      .
    </Empty>
  )
}
