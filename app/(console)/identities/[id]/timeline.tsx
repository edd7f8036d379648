// What changed and when, newest first, as the sources told it.
import { Link } from '@/app/_ui/link'
import type { IdentityDetail } from '@/inventory/queries/types'
import { TimelineDays } from '@/app/_inventory/timeline-days'
import { Section } from '@/app/_ui/section'

export function TimelineSection({ detail: { identity, timeline } }: { detail: IdentityDetail }) {
  const href = `/identities/${identity.id}`
  return (
    <Section
      id="timeline"
      title="Timeline"
      aside={
        <Link href={`${href}/diff`} prefetch={false} className="link print:hidden">
          Compare two instants
        </Link>
      }
    >
      <TimelineDays timeline={timeline} of={{ href, firstSeenAt: identity.firstSeenAt }} />
    </Section>
  )
}
