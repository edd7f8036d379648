// Six facts in the same order on every credential and stored secret. Unknown is a value with a reason, never blank or zero.
import type { CredentialDetail } from '@/inventory/queries/get-credential'
import { limitDays } from '@/app/_inventory/credential-limit'
import { FactCell } from '@/app/_inventory/fact-cell'
import { FactValue } from '@/app/_inventory/fact-value'
import { OwnerCell } from '@/app/_inventory/owner-cell'
import { spanWords } from '@/app/_inventory/show-value'
import { Link } from '@/app/_ui/link'
import { Moment, daysSince } from '@/app/_ui/moment'

type Props = { detail: CredentialDetail }

/** Whose it is: the identity of a credential; of a stored secret who answers for it. */
function BelongsTo({ detail: { credential, facts, owner } }: Props) {
  if (credential.kind === 'secret')
    return (
      <FactCell title="Owner" note="as its hints say">
        <OwnerCell owner={owner} expected />
      </FactCell>
    )
  const { name, id } = credential.identity ?? {}
  return (
    <FactCell title="Belongs to" fact={facts.identity} note={owner.name && `${owner.name} answers for it`}>
      {id ? (
        <Link href={`/identities/${id}`} className="link">
          {name}
        </Link>
      ) : (
        facts.identity && (
          <FactValue fact={facts.identity} show={(ref) => `${ref} (not seen)`} none="Nobody" />
        )
      )}
    </FactCell>
  )
}

/** The age of its value: unknown as long as it is not known whether it was rotated. */
function Age({ detail: { credential, facts } }: Props) {
  const { value, kind } = credential
  const fact = facts.rotatedAt.state === 'absent' ? facts.createdAt : facts.rotatedAt
  const since = facts.rotatedAt.state === 'known' ? 'since it was rotated' : 'since it was created'
  return (
    <FactCell
      title="Age of its value"
      fact={fact}
      note={kind === 'credential' ? `${since}; the limit is ${limitDays()} days` : since}
    >
      {value.at ? (
        `${daysSince(value.at).toLocaleString('en')} days`
      ) : (
        <FactValue fact={fact} show={(at) => <Moment at={at} />} none="No date" />
      )}
    </FactCell>
  )
}

function Ends({ detail: { facts } }: Props) {
  const { expiresAt, lifetimeSeconds, maxTtlSeconds } = facts
  const spans = [
    lifetimeSeconds?.state === 'known' && `each value lives ${spanWords(lifetimeSeconds.value)}`,
    maxTtlSeconds?.state === 'known' && `at most ${spanWords(maxTtlSeconds.value)}`,
  ].filter((span) => span !== false)
  return (
    <FactCell title="Expires" fact={expiresAt} note={spans.join(', ')}>
      <FactValue fact={expiresAt} show={(at) => <Moment at={at} />} none="Never" />
    </FactCell>
  )
}

function LastUse({ detail: { credential, facts } }: Props) {
  const used = facts.lastReadAt ?? facts.lastUsedAt
  const where = facts.lastUsedWhere?.state === 'known' && facts.lastUsedWhere.value
  return (
    <FactCell title={credential.kind === 'secret' ? 'Last read' : 'Last used'} fact={used} note={where}>
      {used && <FactValue fact={used} show={(at) => <Moment at={at} />} none="None on record" />}
    </FactCell>
  )
}

function Renewal({ detail: { facts } }: Props) {
  const { rotates, copiedEverySeconds: every } = facts
  if (!rotates)
    return (
      <FactCell title="Last rotated" fact={facts.rotatedAt}>
        <FactValue fact={facts.rotatedAt} show={(at) => <Moment at={at} />} none="Never" />
      </FactCell>
    )
  const copied = every?.state === 'known' ? `copied again every ${spanWords(every.value)}` : undefined
  return (
    <FactCell
      title="Rotates by itself"
      fact={rotates}
      note={every?.state === 'absent' ? 'copied once' : copied}
    >
      <FactValue fact={rotates} show={(does) => (does ? 'Yes' : 'No')} none="No" />
    </FactCell>
  )
}

export function CredentialCells({ detail }: Props) {
  const { createdAt } = detail.facts
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-hairline bg-hairline sm:grid-cols-3 xl:grid-cols-6">
      <BelongsTo detail={detail} />
      <Age detail={detail} />
      <Ends detail={detail} />
      <LastUse detail={detail} />
      <Renewal detail={detail} />
      <FactCell
        title="Created"
        fact={createdAt}
        note={
          <>
            first seen <Moment at={detail.credential.firstSeenAt} />
          </>
        }
      >
        <FactValue fact={createdAt} show={(at) => <Moment at={at} />} none="No date" />
      </FactCell>
    </dl>
  )
}
