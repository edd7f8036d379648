// Connections as a list: whom each one means, how sure that is, and both sides' word. Pages of identities and of credentials show it.
import type { ReactNode } from 'react'
import type { ConnectionEnd, ConnectionEvidence } from '@/inventory/queries/connection-rows'
import type { ConnectionView } from '@/inventory/queries/connection-view'
import type { Bounded } from '@/inventory/queries/types'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { StateWord, type Tone } from '@/app/_ui/state-word'
import { connectorTitle, typeTitle } from './type-title'
import { kindWords } from './words'

const STATES: Record<ConnectionView['state'], { tone: Tone; word: string; means: string }> = {
  matched: { tone: 'ok', word: 'Matched', means: 'What is meant was seen.' },
  dangling: {
    tone: 'warn',
    word: 'Dangling',
    means: 'What is meant does not exist: the source that would know it was read completely.',
  },
  unknown: {
    tone: 'unknown',
    word: 'Unknown',
    means:
      'Whether what is meant exists cannot be told: its source is not connected, or was read only in part.',
  },
}
const RELATIONS: Record<ConnectionView['relation'], string> = {
  declared: 'declared by it',
  permitted: 'permitted by policy',
  observed: 'seen happening',
}

function State({ connection: { state } }: { connection: ConnectionView }) {
  const { tone, word, means } = STATES[state]
  return (
    <span title={means}>
      <StateWord tone={tone}>{word}</StateWord>
    </span>
  )
}

/** Where its page is, as far as there is one that the reader may open. */
function pageOf({ identityId, credentialId }: ConnectionEnd): string | undefined {
  if (identityId) return `/identities/${identityId}`
  return credentialId && `/credentials/${credentialId}`
}

function End({ end }: { end: ConnectionEnd }) {
  const name = <span className="[overflow-wrap:anywhere]">{end.name}</span>
  const href = pageOf(end)
  return (
    <>
      {href ? (
        <Link href={href} className="row-link">
          {name}
        </Link>
      ) : (
        <span className="font-medium">{name}</span>
      )}
      <span className="text-muted">
        {typeTitle(end.type)} · {connectorTitle(end.scope.connectorId)} · {end.scope.name}
      </span>
      {end.retiredAt && (
        <StateWord tone="off">
          Gone <Moment at={end.retiredAt} />
        </StateWord>
      )}
    </>
  )
}

/** Who is meant: the thing itself, or the name that was asked for. */
function Other({ connection: { other, hidden, broad, asked } }: { connection: ConnectionView }) {
  if (other) return <End end={other} />
  if (hidden) return <span className="text-muted">An identity that you may not see</span>
  return (
    <>
      <code className="font-mono text-caption [overflow-wrap:anywhere]">{asked.value}</code>
      <span className="text-muted">
        {broad
          ? 'fits very many'
          : asked.match === 'pattern'
            ? 'fits nothing that is known'
            : 'is not among what is known'}
      </span>
    </>
  )
}

function Evidence({ evidence }: { evidence: ConnectionEvidence[] }) {
  return (
    <>
      {evidence.map(({ kind, connectorId, scope, stream, at }, side) => (
        <span key={`${side} ${scope} ${stream}`}>
          {side > 0 && ' · '}
          {connectorTitle(connectorId)} {scope} ({kindWords(kind)}), seen <Moment at={at} />
        </span>
      ))}
    </>
  )
}

function Lookalike({ lookalike }: Pick<ConnectionView, 'lookalike'>) {
  if (!lookalike) return null
  const { predecessorId, goneAt } = lookalike
  return (
    <p className="flex flex-wrap items-center gap-x-1.5">
      <StateWord tone="danger">Inherited by a lookalike</StateWord>
      <span>
        This was made for{' '}
        {predecessorId ? (
          <Link href={`/identities/${predecessorId}`} className="link">
            another one of the same name
          </Link>
        ) : (
          'another one of the same name'
        )}
        , gone <Moment at={goneAt} />. Decide whether it is meant for this one too.
      </span>
    </p>
  )
}

function Row({ connection }: { connection: ConnectionView }) {
  const { asked, other, reason, relation, through, why, state, lookalike, evidence } = connection
  return (
    <li className="flex flex-col gap-1 px-3 py-2.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <State connection={connection} />
        <Other connection={connection} />
        <span className="text-muted">{through ? `through ${through.name}` : RELATIONS[relation]}</span>
      </div>
      <Lookalike lookalike={lookalike} />
      <p className="text-caption [overflow-wrap:anywhere]">{reason}</p>
      {other && (
        <p className="text-caption text-muted">
          Named as <code className="font-mono [overflow-wrap:anywhere]">{asked.value}</code>
        </p>
      )}
      {why && (
        <p className="text-caption text-muted">
          {why}
          {state === 'unknown' && ' Connect or repair the source that knows it to find out.'}
        </p>
      )}
      <p className="text-caption text-muted">
        <Evidence evidence={evidence} />
      </p>
    </li>
  )
}

export function ConnectionList({
  title,
  list,
  none,
}: {
  title: string
  list: Bounded<ConnectionView>
  none?: string
}) {
  if (!list.rows.length && none === undefined) return null
  return (
    <div className="mt-4 first:mt-0">
      <h3 className="mb-1.5 text-caption font-medium text-muted">{title}</h3>
      {list.rows.length ? (
        <ul aria-label={title} className="divide-y divide-hairline rounded-lg border border-hairline">
          {list.rows.map((connection) => (
            <Row key={`${connection.id} ${connection.other?.identityId ?? ''}`} connection={connection} />
          ))}
        </ul>
      ) : (
        <p className="rounded-lg border border-dashed border-control px-3 py-3 text-muted">{none}</p>
      )}
      {list.more && <p className="mt-2 text-caption text-muted">There are more than are shown here.</p>}
    </div>
  )
}

export const CONNECTIONS_LEGEND: ReactNode =
  'matched: seen · dangling: does not exist · unknown: cannot be told'
