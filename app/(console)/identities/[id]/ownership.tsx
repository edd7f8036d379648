// Who answers for it, how that is known, who did before, who is suggested, and every hint that names somebody.
import type { OwnershipView } from '@/governance/owners/ownership-of'
import type { Suggestion } from '@/governance/owners/suggest/weigh'
import type { IdentityDetail } from '@/inventory/queries/types'
import { FactSource, FactValue } from '@/app/_inventory/fact-value'
import { OwnerHints } from '@/app/_inventory/owner-hints'
import { Declared, Disputed, KnownParts, PastOwners } from '@/app/_owners/known-parts'
import { OwnerForms, Suggestions } from '@/app/_owners/owner-forms'
import { Section } from '@/app/_ui/section'

export type Owning = {
  view: OwnershipView
  suggestions: Suggestion[]
  mayAssign: boolean
  mayAnswer: boolean
}

/** @param owning what people have said and may say; not of an earlier moment */
export function OwnershipSection({ detail, owning }: { detail: IdentityDetail; owning?: Owning }) {
  const { facts, ownerHints, identity } = detail
  const of = { identityId: identity.id, seen: owning?.view.seen ?? null }
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
      {owning && (
        <>
          <Disputed dispute={owning.view.dispute} />
          <KnownParts parts={owning.view.parts} />
          <Declared declared={owning.view.declared} />
          <Suggestions {...of} suggestions={owning.suggestions} mayConfirm={owning.mayAnswer} />
          <PastOwners past={owning.view.past} />
        </>
      )}
      <OwnerHints hints={ownerHints.rows} />
      {owning && !identity.retiredAt && (
        <div className="mt-3">
          <OwnerForms
            {...of}
            {...owning}
            isOwned={owning.view.parts.length > 0 || facts.owner.state === 'known'}
          />
        </div>
      )}
    </Section>
  )
}
