// A fact as a person reads it: the value, or that there is none, or why it is not known. Unknown is never blank.
import type { ReactNode } from 'react'
import { CircleDashed, History } from 'lucide-react'
import type { FactView } from '@/inventory/queries/types'
import { Moment, absolute, relative } from '@/app/_ui/moment'
import { whyWords } from './words'

type Props<T> = {
  fact: FactView<T>
  show: (value: T) => ReactNode
  /** What a known absence means, such as "never". */
  none?: string
}

export function FactValue<T>({ fact, show, none = 'None' }: Props<T>) {
  if (fact.state === 'unknown')
    return (
      <span
        className="inline-flex items-center gap-1 text-muted"
        title={`${fact.source}: ${whyWords(fact.why)}${fact.detail ? ` (${fact.detail})` : ''}`}
      >
        <CircleDashed size={13} aria-hidden className="shrink-0" />
        Unknown<span className="sr-only">: {whyWords(fact.why)}</span>
      </span>
    )
  return (
    <span className="inline-flex min-w-0 flex-wrap items-center gap-x-1.5">
      {fact.state === 'known' ? show(fact.value) : <span>{fact.note ?? none}</span>}
      {fact.stale && (
        <span
          className="inline-flex items-center gap-1 text-caption text-sev-medium-text"
          title={`Stale since ${absolute(fact.stale.since)}: last confirmed ${absolute(fact.at)}`}
        >
          <History size={12} aria-hidden className="shrink-0" />
          stale
        </span>
      )}
      {fact.unconfirmed && (
        <span
          className="inline-flex items-center gap-1 text-caption text-sev-medium-text"
          title={`Not confirmed since ${absolute(fact.unconfirmed.since)}: ${whyWords(fact.unconfirmed.why)}`}
        >
          <History size={12} aria-hidden className="shrink-0" />
          unconfirmed
        </span>
      )}
    </span>
  )
}

/** Where a fact comes from and when it was last confirmed, or why it is not known. */
export function FactSource({ fact }: { fact: FactView }) {
  if (fact.state === 'unknown')
    return (
      <>
        {whyWords(fact.why)} · <code className="font-mono">{fact.source}</code>
        {fact.detail && <> · {fact.detail}</>}
      </>
    )
  return (
    <>
      <code className="font-mono">{fact.source}</code> · <Moment at={fact.at} />
      {fact.stale && (
        <span className="text-sev-medium-text"> · stale since {relative(fact.stale.since)}</span>
      )}
      {fact.unconfirmed && (
        <span className="text-sev-medium-text">
          {' '}
          · not confirmed since {relative(fact.unconfirmed.since)}: {whyWords(fact.unconfirmed.why)}
        </span>
      )}
    </>
  )
}
