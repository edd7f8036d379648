// The parts of the page of a credential or stored secret: the same components as on the page of an identity.
import type { CredentialDetail } from '@/inventory/queries/get-credential'
import type { FactView } from '@/inventory/queries/types'
import { ConnectionList, CONNECTIONS_LEGEND } from '@/app/_inventory/connection-list'
import { FactTable, LookTables } from '@/app/_inventory/evidence-tables'
import { FindingList } from '@/app/_inventory/finding-list'
import { OwnerCell } from '@/app/_inventory/owner-cell'
import { OwnerHints } from '@/app/_inventory/owner-hints'
import { TimelineDays } from '@/app/_inventory/timeline-days'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { Section } from '@/app/_ui/section'

type Props = { detail: CredentialDetail }

export function FindingsSection({ detail: { findings, identity } }: Props) {
  const judged = identity?.judged ?? false
  return (
    <Section id="findings" title="Findings">
      <FindingList
        findings={findings.rows}
        none={judged ? 'No rule has anything against it.' : 'The rules have not been asked about it yet.'}
      />
    </Section>
  )
}

const NOTHING_KNOWN = 'Sources that are not connected may hold some.'

export function ConnectionsSection({ detail: { connections, credential } }: Props) {
  const { names, namedBy, reachedBy } = connections
  const isSecret = credential.kind === 'secret'
  const none = [names, namedBy, reachedBy].every(({ rows }) => rows.length === 0)
  return (
    <Section id="connections" title="Connections" aside={CONNECTIONS_LEGEND}>
      {!isSecret && none && (
        <p className="rounded-lg border border-dashed border-control px-3 py-3 text-muted">
          No connection that leads to it or from it is known. {NOTHING_KNOWN}
        </p>
      )}
      <ConnectionList
        title="Who reaches it by permissions"
        list={reachedBy}
        none={isSecret ? `No permission that reaches it is known. ${NOTHING_KNOWN}` : undefined}
      />
      <ConnectionList
        title={isSecret ? 'What uses it or is copied from it' : 'What names it'}
        list={namedBy}
        none={isSecret ? `Nothing that uses it is known. ${NOTHING_KNOWN}` : undefined}
      />
      <ConnectionList
        title={isSecret ? 'Where it is copied from, and what it names' : 'What it names'}
        list={names}
      />
    </Section>
  )
}

/** Of a stored secret the hints that name somebody; a credential has the owner of its identity. */
export function OwnershipSection({ detail: { credential, identity, owner, ownerHints } }: Props) {
  const told = <OwnerCell owner={owner} expected />
  return (
    <Section id="ownership" title="Ownership">
      {identity ? (
        <p className="flex flex-wrap items-center gap-x-1.5">
          The owner of its identity
          <Link href={`/identities/${identity.id}#ownership`} className="link">
            {identity.name}
          </Link>
          answers for it: {told}
        </p>
      ) : (
        <div className="flex flex-wrap items-center gap-x-1.5">
          {told}
          {owner.state === 'unknown' && (
            <span className="text-muted">
              {credential.kind === 'secret'
                ? 'Not all that could name somebody was read.'
                : 'The identity it belongs to has not been seen.'}
            </span>
          )}
        </div>
      )}
      {ownerHints.rows.length > 0 && (
        <div className="mt-3">
          <OwnerHints hints={ownerHints.rows} />
        </div>
      )}
      {ownerHints.more && <p className="mt-2 text-caption text-muted">There are more than are shown here.</p>}
    </Section>
  )
}

export function EvidenceSection({ detail: { facts, looks, confirmedAt, credential } }: Props) {
  const own = looks.filter(({ kind }) => kind === credential.kind)
  return (
    <Section
      id="evidence"
      title="Evidence"
      aside={
        <>
          last confirmed to exist <Moment at={confirmedAt} full />
        </>
      }
    >
      <FactTable facts={facts as Record<string, FactView>} />
      <h3 className="mt-5 mb-2 text-ui">Looks these facts rest on</h3>
      <LookTables looks={own} />
    </Section>
  )
}

export function TimelineSection({ detail: { credential, timeline } }: Props) {
  const { id, firstSeenAt } = credential
  return (
    <Section id="timeline" title="Timeline">
      <TimelineDays timeline={timeline} of={{ href: `/credentials/${id}`, firstSeenAt }} />
    </Section>
  )
}
