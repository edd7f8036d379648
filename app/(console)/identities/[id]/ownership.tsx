// Who answers for it, how that is known, and every hint that names somebody.
import type { IdentityDetail } from '@/inventory/queries/types'
import { FactSource, FactValue } from '@/app/_inventory/fact-value'
import { OwnerHints } from '@/app/_inventory/owner-hints'
import { Section } from '@/app/_ui/section'

export function OwnershipSection({ detail: { facts, ownerHints } }: { detail: IdentityDetail }) {
  return (
    <Section id="ownership" title="Ownership">
      <p className="mb-3 rounded-lg border border-hairline px-3 py-2.5">
        <span className="font-medium">
          <FactValue
            fact={facts.owner}
            show={(owner) => `${owner.name} (${owner.how})`}
            none="Nobody is named"
          />
        </span>
        <span className="mt-0.5 block text-caption text-muted">
          <FactSource fact={facts.owner} />
        </span>
      </p>
      <OwnerHints hints={ownerHints.rows} />
    </Section>
  )
}
