// Six facts in the same order on every identity. Unknown is a value with a reason, never blank or zero.
import { wasSeenWhole } from '@/app/_inventory/none-of'
import type { IdentityDetail } from '@/inventory/queries/types'
import { FactCell } from '@/app/_inventory/fact-cell'
import { FactValue } from '@/app/_inventory/fact-value'
import { PRIVILEGE_WORDS, count } from '@/app/_inventory/words'
import { Moment, daysSince } from '@/app/_ui/moment'
import { distanceWords } from './privilege-card'

function OldestKey({ detail: { identity, credentials } }: { detail: IdentityDetail }) {
  const current = credentials.rows.filter((c) => !c.retiredAt).length
  const age =
    identity.oldestCredentialAt && `${daysSince(identity.oldestCredentialAt).toLocaleString('en')} days`
  return (
    <FactCell
      title="Oldest key"
      note={`${count(current, 'credential')}${credentials.more || identity.credentialsState === 'unknown' ? ' or more' : ''}`}
    >
      {age ??
        (current > 0 ? 'No dated key' : identity.credentialsState === 'known' ? 'No credential' : 'Unknown')}
    </FactCell>
  )
}

function Assumable({ detail: { trust, looks } }: { detail: IdentityDetail }) {
  const allowing = trust.rows.filter((row) => row.effect === 'allow')
  const outside = allowing.filter(
    (row) => row.principalType === 'anyone' || row.principalType === 'account',
  ).length
  return (
    <FactCell
      title="Can be assumed by"
      note={outside > 0 ? `${outside} by account or anyone` : 'directly, by its trust'}
    >
      {allowing.length || wasSeenWhole(looks, 'trust') ? count(allowing.length, 'principal') : 'Unknown'}
      {trust.more && ' or more'}
    </FactCell>
  )
}

export function FactCells({ detail }: { detail: IdentityDetail }) {
  const { lastUsedAt, privilege, owner, createdAt } = detail.facts
  const confirmed = lastUsedAt.state !== 'unknown' && (
    <>
      confirmed <Moment at={lastUsedAt.at} />
    </>
  )
  const how = owner.state === 'known' ? owner.value.how : 'every place that can name one was read'
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-hairline bg-hairline sm:grid-cols-3 xl:grid-cols-6">
      <FactCell title="Last used" fact={lastUsedAt} note={confirmed}>
        <FactValue fact={lastUsedAt} show={(at) => <Moment at={at} />} none="None on record" />
      </FactCell>
      <OldestKey detail={detail} />
      <FactCell
        title="Privilege"
        fact={privilege}
        note={privilege.state === 'known' && (distanceWords(privilege.value) ?? privilege.value.because[0])}
      >
        <FactValue fact={privilege} show={(value) => PRIVILEGE_WORDS[value.class]} none="No permissions" />
      </FactCell>
      <FactCell title="Owner" fact={owner} note={how}>
        <FactValue fact={owner} show={(value) => value.name} none="Nobody" />
      </FactCell>
      <Assumable detail={detail} />
      <FactCell
        title="Created"
        fact={createdAt}
        note={
          <>
            first seen <Moment at={detail.identity.firstSeenAt} />
          </>
        }
      >
        <FactValue fact={createdAt} show={(at) => <Moment at={at} />} none="No date" />
      </FactCell>
    </dl>
  )
}
