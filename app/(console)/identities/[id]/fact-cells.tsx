// Six facts in the same order on every identity. Unknown is a value with a reason, never blank or zero.
import type { ReactNode } from 'react'
import type { FactView, IdentityDetail } from '@/inventory/queries/types'
import { FactValue } from '@/app/_inventory/fact-value'
import { PRIVILEGE_WORDS, count, whyWords } from '@/app/_inventory/words'
import { Moment, daysSince } from '@/app/_ui/moment'

function Cell({
  title,
  fact,
  children,
  note,
}: {
  title: string
  fact?: FactView
  children: ReactNode
  note?: ReactNode
}) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5 bg-bg px-3 py-2.5">
      <dt className="text-caption text-muted">{title}</dt>
      <dd className="text-prose font-medium">{children}</dd>
      <dd className="text-caption text-muted [overflow-wrap:anywhere]">
        {fact?.state === 'unknown' ? `${whyWords(fact.why)} (${fact.source})` : note}
      </dd>
    </div>
  )
}

export function FactCells({ detail }: { detail: IdentityDetail }) {
  const { facts, identity, trust, credentials } = detail
  const allowing = trust.rows.filter((row) => row.effect === 'allow')
  const outside = allowing.filter(
    (row) => row.principalType === 'anyone' || row.principalType === 'account',
  ).length
  const current = credentials.rows.filter((c) => !c.retiredAt).length
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-hairline bg-hairline sm:grid-cols-3 xl:grid-cols-6">
      <Cell
        title="Last used"
        fact={facts.lastUsedAt}
        note={
          facts.lastUsedAt.state !== 'unknown' && (
            <>
              confirmed <Moment at={facts.lastUsedAt.at} />
            </>
          )
        }
      >
        <FactValue fact={facts.lastUsedAt} show={(at) => <Moment at={at} />} none="Never" />
      </Cell>
      <Cell title="Oldest key" note={`${count(current, 'credential')}${credentials.more ? ' or more' : ''}`}>
        {identity.oldestCredentialAt
          ? `${daysSince(identity.oldestCredentialAt).toLocaleString('en')} days`
          : current === 0
            ? 'No credential'
            : 'No dated key'}
      </Cell>
      <Cell
        title="Privilege"
        fact={facts.privilege}
        note={facts.privilege.state === 'known' ? facts.privilege.value.because[0] : undefined}
      >
        <FactValue
          fact={facts.privilege}
          show={(privilege) => PRIVILEGE_WORDS[privilege.class]}
          none="No permissions"
        />
      </Cell>
      <Cell
        title="Owner"
        fact={facts.owner}
        note={
          facts.owner.state === 'known' ? facts.owner.value.how : 'every place that can name one was read'
        }
      >
        <FactValue fact={facts.owner} show={(owner) => owner.name} none="Nobody" />
      </Cell>
      <Cell
        title="Can be assumed by"
        note={outside > 0 ? `${outside} outside this scope` : 'directly, by its trust'}
      >
        {count(allowing.length, 'principal')}
        {trust.more && ' or more'}
      </Cell>
      <Cell
        title="Created"
        fact={facts.createdAt}
        note={
          <>
            first seen <Moment at={identity.firstSeenAt} />
          </>
        }
      >
        <FactValue fact={facts.createdAt} show={(at) => <Moment at={at} />} none="No date" />
      </Cell>
    </dl>
  )
}
