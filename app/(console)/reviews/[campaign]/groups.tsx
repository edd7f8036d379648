// What is open by system or by kind, a set of each; the groups beyond those shown are named.
import type { Group } from '@/governance/campaigns/reviewing/tally'
import { hrefWith } from '@/app/_list/query'
import { Link } from '@/app/_ui/link'
import { Section } from '@/app/_ui/section'
import { groupTitle } from './group-title'
import type { Queue, Shown } from './queue'
import { QueueTable } from './table'

const NAMED_MAX = 50

type Of = { campaign: string; path: string; params: Record<string, string> }
/** Whether more than the groups narrows the rows: counts of groups are then not of what is shown. */
const isNarrowed = ({ q, tier }: Record<string, string>) => Boolean(q ?? tier)

const partOf = ({ key, type }: Group): Record<string, string> =>
  key === type ? { type: key } : { scope: key }

function OneGroup({ campaign, path, params, shown, title }: Of & { shown: Shown; title: string }) {
  const { group, part, page } = shown
  if (!group) return <QueueTable campaign={campaign} part={part} rows={page.rows} caption="Open items" />
  const { open, items, high } = group.sum
  const more = isNarrowed(params) ? 'More' : `${(open - page.rows.length).toLocaleString('en')} more`
  return (
    <Section
      id={`group-${group.key}`}
      title={title}
      aside={`${open.toLocaleString('en')} of ${items.toLocaleString('en')} open${high ? `, ${high} of high risk` : ''}`}
    >
      <QueueTable campaign={campaign} part={part} rows={page.rows} caption={title} />
      {page.next && (
        <p className="mt-2">
          <Link href={hrefWith(path, params, { view: 'flat', ...part, done: undefined })} className="link">
            {more} in {title}
          </Link>
        </p>
      )}
    </Section>
  )
}

export function Groups({ queue, ...of }: Of & { queue: Queue }) {
  const all = [...queue.shown.flatMap(({ group }) => group ?? []), ...queue.others]
  const { path, params } = of
  return (
    <>
      {queue.shown.map((shown) => (
        <OneGroup
          key={shown.group?.key ?? 'all'}
          {...of}
          shown={shown}
          title={shown.group ? groupTitle(shown.group, all) : ''}
        />
      ))}
      {queue.others.length > 0 && (
        <p className="mt-4 text-muted">
          Others with something open:{' '}
          {queue.others.slice(0, NAMED_MAX).map((group, at) => (
            <span key={group.key}>
              {at > 0 && ', '}
              <Link
                href={hrefWith(path, params, { view: 'flat', ...partOf(group), done: undefined })}
                className="link"
              >
                {groupTitle(group, all)}
              </Link>{' '}
              ({group.sum.open})
            </span>
          ))}
          {queue.others.length > NAMED_MAX && ` and ${queue.others.length - NAMED_MAX} more`}
        </p>
      )}
    </>
  )
}
