// What would be signed: how many of each decision, and every keep of high risk with its reason and its last day.
import type { ToSign } from '@/governance/campaigns/reviewing/to-sign'
import { choiceTitle, reasonTitle } from '@/app/_reviews/words'
import { Link } from '@/app/_ui/link'
import { Section } from '@/app/_ui/section'

type Keep = ToSign['keeps'][number]
function Kept({ campaign, keep }: { campaign: string; keep: Keep }) {
  const { id, name, scope, reasonCode, reason, keepUntil } = keep
  const why = [reasonCode && reasonTitle(reasonCode), reason].filter(Boolean).join(': ')
  return (
    <li className="[overflow-wrap:anywhere]">
      <Link href={`/reviews/${campaign}/${id}`} prefetch={false} className="link font-medium">
        {name}
      </Link>{' '}
      <span className="text-muted">
        in {scope}, until {keepUntil ? keepUntil.slice(0, 10) : 'no day is given'}
      </span>
      <span className="block">{why || 'No reason is given.'}</span>
    </li>
  )
}

export function Summary({
  campaign,
  sums,
  part,
}: {
  campaign: string
  sums: ToSign
  part: string | undefined
}) {
  return (
    <>
      <Section id="counts" title={`What you sign${part ? ` in ${part}` : ''}`}>
        <dl className="flex flex-wrap gap-x-8 gap-y-2">
          {Object.entries(sums.counts).map(([decision, count]) => (
            <div key={decision}>
              <dt className="text-caption text-muted">{choiceTitle(decision)}</dt>
              <dd className="tabular text-title">{count.toLocaleString('en')}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section
        id="risky"
        title="Kept although of high risk"
        aside={sums.risky > sums.keeps.length ? `the first ${sums.keeps.length} of ${sums.risky}` : undefined}
      >
        {sums.keeps.length ? (
          <ul className="mb-4 flex flex-col gap-2">
            {sums.keeps.map((keep) => (
              <Kept key={keep.id} campaign={campaign} keep={keep} />
            ))}
          </ul>
        ) : (
          <p className="mb-4 text-muted">None.</p>
        )}
      </Section>
    </>
  )
}
