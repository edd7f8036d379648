// Every fact with the call that gave it and when, and how completely the scope was looked at.
import type { FactView, IdentityDetail } from '@/inventory/queries/types'
import { FactTable, LookTables } from '@/app/_inventory/evidence-tables'
import { Moment } from '@/app/_ui/moment'
import { Section } from '@/app/_ui/section'

export function EvidenceSection({ detail }: { detail: IdentityDetail }) {
  return (
    <Section
      id="evidence"
      title="Evidence"
      aside={
        <>
          last confirmed to exist <Moment at={detail.confirmedAt} full />
        </>
      }
    >
      <FactTable facts={detail.facts as Record<string, FactView>} />
      <p className="mt-2 text-caption text-muted">Class: {detail.classReason}</p>
      <h3 className="mt-5 mb-2 text-ui">Looks these facts rest on</h3>
      <LookTables looks={detail.looks} />
    </Section>
  )
}
