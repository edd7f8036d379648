// What changed in the last seven days, counted from the history the sources left.
import { Link } from '@/app/_ui/link'
import type { BoundedCount, HomeSummary } from '@/inventory/queries/types'
import { Moment } from '@/app/_ui/moment'
import { Section } from '@/app/_ui/section'

const shown = ({ count, more }: BoundedCount) => `${count.toLocaleString('en')}${more ? '+' : ''}`

export function Week({ week }: { week: HomeSummary['week'] }) {
  const lines: [string, BoundedCount, string?][] = [
    ['New identities', week.newIdentities, '/identities?sort=-created'],
    ['Identities gone', week.retiredIdentities, '/identities?state=retired'],
    ['Identities changed', week.changedIdentities],
    ['New credentials', week.newCredentials],
    ['Findings opened', week.openedFindings, '/findings?sort=-opened'],
    ['Findings resolved', week.resolvedFindings, '/findings?state=resolved&sort=-opened'],
  ]
  return (
    <Section
      id="week"
      title="Last 7 days"
      aside={
        <>
          since <Moment at={week.since} />
        </>
      }
    >
      <dl className="divide-y divide-hairline rounded-lg border border-hairline">
        {lines.map(([title, count, href]) => (
          <div key={title} className="flex h-9 items-center justify-between gap-3 px-3">
            <dt className="text-muted">{title}</dt>
            <dd className="tabular font-medium">
              {href && count.count > 0 ? (
                <Link href={href} className="link inline-block min-w-6 text-right">
                  {shown(count)}
                </Link>
              ) : (
                shown(count)
              )}
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-1.5 text-caption text-muted">
        What the first look at a source brought is not counted as new.
      </p>
    </Section>
  )
}
