// What a step or a verdict rests on: its statements in order, and apart from them what was not known.
import { CircleDashed } from 'lucide-react'

export function NotKnown({ missing }: { missing: readonly string[] }) {
  if (!missing.length) return null
  return (
    <ul aria-label="Not known" className="flex flex-col gap-0.5">
      {[...new Set(missing)].map((one) => (
        <li key={one} className="flex gap-1.5 [overflow-wrap:anywhere]">
          <CircleDashed size={13} aria-hidden className="mt-1 shrink-0 text-muted" />
          <span>
            <span className="font-medium">Not known:</span> {one}
          </span>
        </li>
      ))}
    </ul>
  )
}

export function Because({ reasons }: { reasons: readonly string[] }) {
  if (!reasons.length) return null
  return (
    <ol aria-label="Statements" className="flex list-decimal flex-col gap-0.5 pl-5 marker:text-muted">
      {[...new Set(reasons)].map((reason) => (
        <li key={reason} className="[overflow-wrap:anywhere]">
          {reason}
        </li>
      ))}
    </ol>
  )
}

/** What was not known is said once, in its own place. */
export const stated = ({
  because,
  missing = [],
}: {
  because: readonly string[]
  missing?: readonly string[]
}) => because.filter((reason) => !missing.includes(reason))

type Props = { because: readonly string[]; missing: readonly string[]; label?: string }
/** Folded away where many stand beside each other; open on paper. */
export function Reasons({ because, missing, label = 'Why' }: Props) {
  if (!because.length && !missing.length) return null
  return (
    <details className="text-caption">
      <summary className="link inline-flex min-h-6 items-center">{label}</summary>
      <div className="mt-1 flex flex-col gap-1.5">
        <Because reasons={stated({ because, missing })} />
        <NotKnown missing={missing} />
      </div>
    </details>
  )
}
