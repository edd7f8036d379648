// What proves the identity: form, age against the limit, end, last use. Never a value.
import { noneOf } from '@/app/_inventory/none-of'
import type { CredentialView, IdentityDetail } from '@/inventory/queries/types'
import { limitDays } from '@/app/_inventory/credential-limit'
import { FactValue } from '@/app/_inventory/fact-value'
import { Middle } from '@/app/_inventory/middle'
import { spanWords } from '@/app/_inventory/show-value'
import { typeTitle } from '@/app/_inventory/type-title'
import { FORM_WORDS } from '@/app/_inventory/words'
import { DataTable, type Column } from '@/app/_list/data-table'
import { AgeBar } from '@/app/_ui/age-bar'
import { Link } from '@/app/_ui/link'
import { Moment, daysSince } from '@/app/_ui/moment'
import { Section } from '@/app/_ui/section'
import { StateWord } from '@/app/_ui/state-word'

function State({ credential }: { credential: CredentialView }) {
  if (credential.retiredAt) return <StateWord tone="off">Gone</StateWord>
  return (
    <FactValue
      fact={credential.facts.enabled}
      show={(enabled) =>
        enabled ? <StateWord tone="ok">Enabled</StateWord> : <StateWord tone="off">Disabled</StateWord>
      }
      none="Enabled"
    />
  )
}

function LastUse({ credential: { facts } }: { credential: CredentialView }) {
  return (
    <>
      <FactValue fact={facts.lastUsedAt} show={(at) => <Moment at={at} />} none="None on record" />
      {facts.lastUsedWhere.state === 'known' && (
        <span className="block text-caption text-muted">{facts.lastUsedWhere.value}</span>
      )}
    </>
  )
}

/** When it ends; where values follow one another, how long each lives. */
function Ends({ credential: { facts } }: { credential: CredentialView }) {
  const { expiresAt, lifetimeSeconds, maxTtlSeconds } = facts
  const spans = [
    lifetimeSeconds?.state === 'known' && `each value lives ${spanWords(lifetimeSeconds.value)}`,
    maxTtlSeconds?.state === 'known' && `at most ${spanWords(maxTtlSeconds.value)}`,
  ].filter((span) => span !== false)
  return (
    <>
      <FactValue fact={expiresAt} show={(at) => <Moment at={at} />} none="Never" />
      {spans.length > 0 && <span className="block text-caption text-muted">{spans.join(', ')}</span>}
    </>
  )
}

const columns = (limit: number): Column<CredentialView>[] => [
  {
    key: 'name',
    title: 'Credential',
    cell: (c) => (
      <span className="flex flex-col">
        <Link href={`/credentials/${c.id}`} prefetch={false} className="row-link self-start">
          <Middle text={c.name} />
        </Link>
        <span className="text-caption text-muted">
          {typeTitle(c.type)}
          {c.facts.count?.state === 'known' &&
            ` · stands for ${c.facts.count.value.toLocaleString('en')} or more`}
        </span>
      </span>
    ),
  },
  { key: 'form', title: 'Form', cell: (c) => FORM_WORDS[c.form] },
  { key: 'state', title: 'State', cell: (c) => <State credential={c} /> },
  {
    key: 'age',
    title: 'Age of its value',
    cell: (c) =>
      c.valueMadeAt ? (
        <AgeBar days={daysSince(c.valueMadeAt)} limit={limit} />
      ) : (
        <FactValue fact={c.facts.createdAt} show={(at) => <Moment at={at} />} none="No date" />
      ),
  },
  {
    key: 'created',
    title: 'Created',
    cell: (c) => <FactValue fact={c.facts.createdAt} show={(at) => <Moment at={at} />} none="No date" />,
  },
  {
    key: 'expires',
    title: 'Expires',
    cell: (c) => <Ends credential={c} />,
  },
  { key: 'used', title: 'Last used', cell: (c) => <LastUse credential={c} /> },
]

export function CredentialsSection({ detail: { credentials, identity, looks } }: { detail: IdentityDetail }) {
  return (
    <Section id="credentials" title="Credentials" aside="metadata only, never a value">
      {credentials.rows.length ? (
        <DataTable
          caption="Credentials"
          columns={columns(limitDays())}
          rows={credentials.rows}
          rowKey={(c) => c.id}
          dimmed={(c) => c.retiredAt !== undefined}
        />
      ) : (
        <p className="rounded-lg border border-dashed border-control px-3 py-3 text-muted">
          {identity.credentialsState === 'known'
            ? 'It has no credential of its own.'
            : noneOf(looks, 'credential', 'It has no credential of its own.')}
        </p>
      )}
      {credentials.more && (
        <p className="mt-2 text-caption text-muted">There are more than are shown here.</p>
      )}
    </Section>
  )
}
