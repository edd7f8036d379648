// Why no finding is shown: filtered to none, nothing looked at, looked at in part, or truly none.
import type { FullCompleteness, HomeSummary } from '@/inventory/queries/types'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Moment } from '@/app/_ui/moment'

const NOT_FILTERS = new Set(['sort', 'size', 'after', 'group'])

export function NoFindings({
  params,
  completeness,
  unjudged,
}: {
  params: Record<string, string>
  completeness: FullCompleteness
  unjudged: HomeSummary['unjudged']
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
  if (unjudged.scopes > 0)
    return (
      <Empty title={unjudged.scopes === unjudged.of ? 'No rule was asked yet' : 'No open findings so far'}>
        The rules have not been asked yet about {unjudged.scopes.toLocaleString('en')} of{' '}
        {unjudged.of.toLocaleString('en')} scopes: that nothing is shown says nothing about them.
      </Empty>
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
