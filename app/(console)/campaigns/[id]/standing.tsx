// How far a campaign is: from pending to verified.
import type { Funnel } from '@/governance/campaigns/funnel'
import { Link } from '@/app/_ui/link'
import { Section } from '@/app/_ui/section'
import { FunnelBar, funnelWords, remediationWords } from '../funnel'

type Stage = { title: string; count: number; href: string; hint: string }

function stagesOf({ undecided, unclear, decided, signed, remediations }: Funnel, id: string): Stage[] {
  const items = `/campaigns/${id}/items?state=`
  const done = `/campaigns/${id}/remediations?state=`
  return [
    {
      title: 'Pending',
      count: undecided + unclear,
      href: `${items}undecided,unclear`,
      hint: 'nobody has decided',
    },
    { title: 'Decided', count: decided, href: `${items}decided`, hint: 'not signed yet' },
    { title: 'Signed', count: signed, href: `${items}signed`, hint: 'locked' },
    { title: 'Applied', count: remediations.applied, href: `${done}applied`, hint: 'somebody says so' },
    {
      title: 'Verified',
      count: remediations['verified-gone'],
      href: `${done}verified-gone`,
      hint: 'a complete look did not see it',
    },
  ]
}

export function Standing({ id, funnel }: { id: string; funnel: Funnel }) {
  return (
    <Section id="funnel" title="How far it is">
      <ol className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-hairline bg-hairline sm:grid-cols-5">
        {stagesOf(funnel, id).map(({ title, count, href, hint }) => (
          <li key={title} className="bg-bg px-3 py-2 max-sm:last:col-span-2">
            <Link href={href} prefetch={false} className="block rounded-sm hover:underline">
              <span className="block text-caption text-muted">{title}</span>
              <span className="tabular block text-title">{count.toLocaleString('en')}</span>
            </Link>
            <span className="block text-caption text-muted">{hint}</span>
          </li>
        ))}
      </ol>
      <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-caption text-muted">
        <FunnelBar funnel={funnel} width={240} />
        <span>
          {funnelWords(funnel)}; {remediationWords(funnel)}.
        </span>
      </div>
    </Section>
  )
}
