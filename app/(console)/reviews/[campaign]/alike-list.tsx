// Items that are the same in all that is compared: what can be looked at once.
import type { Alike } from '@/governance/campaigns/reviewing/same'
import { typeTitle } from '@/app/_inventory/type-title'
import { hrefWith } from '@/app/_list/query'
import { Link } from '@/app/_ui/link'
import { Section } from '@/app/_ui/section'

export function AlikeList({ campaign, groups }: { campaign: string; groups: Alike[] }) {
  if (!groups.length) return null
  return (
    <Section
      id="same"
      title="The same in all that is compared"
      lead="These have equal rights, trust, consumers and use. What is not risky among them can be decided about together."
    >
      <ul className="flex max-w-3xl flex-col gap-1.5">
        {groups.map(({ key, count, type, names }) => (
          <li key={key} className="[overflow-wrap:anywhere]">
            <Link href={hrefWith(`/reviews/${campaign}/same`, {}, { key })} className="link font-medium">
              {count.toLocaleString('en')} × {typeTitle(type)}
            </Link>{' '}
            <span className="text-muted">
              {names.join(', ')}
              {count > names.length && ` and ${(count - names.length).toLocaleString('en')} more`}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
