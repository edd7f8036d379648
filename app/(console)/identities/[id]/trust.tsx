// Who can become it, statement by statement, with the conditions as the source has them.
import { noneOf } from '@/app/_inventory/none-of'
import { spanWords } from '@/app/_inventory/show-value'
import { Link } from '@/app/_ui/link'
import type { IdentityDetail, TrustView } from '@/inventory/queries/types'
import { Section } from '@/app/_ui/section'
import { StateWord } from '@/app/_ui/state-word'

export const PRINCIPAL_WORDS: Record<TrustView['principalType'], string> = {
  anyone: 'anyone at all',
  account: 'a whole account',
  identity: 'an identity',
  service: 'a service of the provider',
  federated: 'a federated issuer',
  unresolvable: 'cannot be resolved',
}

function Statement({ trust }: { trust: TrustView }) {
  const { principalIdentity, principal, principalType, effect, actions, conditions } = trust
  return (
    <li className="flex flex-col gap-1 px-3 py-2.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        {effect === 'allow' ? (
          <StateWord tone="warn">May become it</StateWord>
        ) : (
          <StateWord tone="denied">May not</StateWord>
        )}
        {principalIdentity ? (
          <Link href={`/identities/${principalIdentity.id}`} className="row-link [overflow-wrap:anywhere]">
            {principalIdentity.name}
          </Link>
        ) : (
          <code className="font-mono text-caption [overflow-wrap:anywhere]">{principal}</code>
        )}
        <span className="text-muted">{PRINCIPAL_WORDS[principalType]}</span>
        <span className="font-mono text-caption text-muted">{actions.join(', ')}</span>
      </div>
      {conditions ? (
        <details className="text-caption">
          <summary className="link inline-block min-h-6">Only on conditions</summary>
          <pre className="mt-1 overflow-x-auto rounded-md bg-sunken p-2 font-mono text-caption">
            {JSON.stringify(conditions, null, 2)}
          </pre>
        </details>
      ) : (
        effect === 'allow' && <p className="text-caption text-muted">Without any condition.</p>
      )}
    </li>
  )
}

function issuerWords({ name, defaultTtlSeconds, maxTtlSeconds }: IdentityDetail['issuers']['rows'][number]) {
  const spans = [
    defaultTtlSeconds?.state === 'known' && `issues for ${spanWords(defaultTtlSeconds.value)}`,
    maxTtlSeconds?.state === 'known' && `at most ${spanWords(maxTtlSeconds.value)}`,
  ].filter((span) => span !== false)
  return spans.length ? `${name} (${spans.join(', ')})` : name
}

export function TrustSection({ detail: { trust, issuers, looks } }: { detail: IdentityDetail }) {
  return (
    <Section id="trust" title="Who can become it" aside="directly, by its own trust">
      {trust.rows.length ? (
        <ul className="divide-y divide-hairline rounded-lg border border-hairline">
          {trust.rows.map((row) => (
            <Statement key={row.id} trust={row} />
          ))}
        </ul>
      ) : (
        <p className="rounded-lg border border-dashed border-control px-3 py-3 text-muted">
          {noneOf(looks, 'trust', 'Nothing trusts anybody to become it.')}
        </p>
      )}
      {issuers.rows.length > 0 && (
        <p className="mt-2 text-caption text-muted">
          Issuers named by this trust: {issuers.rows.map(issuerWords).join(', ')}
        </p>
      )}
      {trust.more && <p className="mt-2 text-caption text-muted">There are more than are shown here.</p>}
    </Section>
  )
}
