// What a page rests on: what was looked at, when, and what could not be seen. Stands over every list.
import { CircleCheck, CircleDashed, TriangleAlert } from 'lucide-react'
import { Link } from '@/app/_ui/link'
import type { FullCompleteness } from '@/inventory/queries/types'
import { Moment } from '@/app/_ui/moment'
import { count, kindWords, whyWords } from './words'

const SHOWN = 8

function Missing({ completeness }: { completeness: FullCompleteness }) {
  const { missing, missingTotal, stale } = completeness
  return (
    <div className="mt-1.5 rounded-md border border-hairline bg-surface px-3 py-2 text-caption">
      <ul className="flex flex-col gap-1">
        {missing.slice(0, SHOWN).map((look) => (
          <li
            key={`${look.scope} ${look.kind} ${look.permission} ${look.why} ${look.detail}`}
            className="[overflow-wrap:anywhere]"
          >
            <span className="font-medium">{kindWords(look.kind)}</span> of {look.scope}: {whyWords(look.why)}
            {look.permission && (
              <>
                {' '}
                (<code className="font-mono">{look.permission}</code>)
              </>
            )}
            {look.since && (
              <>
                {' '}
                · last seen whole <Moment at={look.since} />
              </>
            )}
          </li>
        ))}
        {stale.slice(0, SHOWN).map((scope) => (
          <li key={scope.scope}>
            <span className="font-medium">{scope.scope}</span>: not looked at for more than twice its interval
            {scope.asOf && (
              <>
                {' '}
                · last seen whole <Moment at={scope.asOf} />
              </>
            )}
          </li>
        ))}
      </ul>
      {missingTotal > SHOWN && <p className="mt-1 text-muted">and {missingTotal - SHOWN} more</p>}
      <p className="mt-1.5">
        What was seen before is kept; nothing counts as gone because of it.{' '}
        <Link href="/sources" className="link">
          See the sources
        </Link>
      </p>
    </div>
  )
}

export function CompletenessLine({ completeness }: { completeness: FullCompleteness }) {
  const { state, asOf, missingTotal, beyond, stale } = completeness
  if (state === 'none')
    return (
      <p className="flex items-center gap-1.5 text-caption text-muted">
        <CircleDashed size={13} aria-hidden /> Nothing has been looked at yet.
      </p>
    )
  const lacking = missingTotal - beyond
  // What no source tells, or none is asked, is said; it is nothing that somebody could mend.
  const whole = (state === 'complete' || lacking === 0) && stale.length === 0
  const Icon = whole ? CircleCheck : TriangleAlert
  const line = (
    <>
      <Icon size={13} aria-hidden className={`shrink-0 ${whole ? 'text-ok' : 'text-sev-medium-text'}`} />
      {asOf ? (
        <span>
          {whole ? 'Complete' : 'With gaps,'} as of <Moment at={asOf} full />
        </span>
      ) : (
        <span>Never seen whole</span>
      )}
      {lacking > 0 && <span className="text-ink">· {count(lacking, 'part')} not seen in full</span>}
      {beyond > 0 && <span>· {count(beyond, 'part')} left out by sources or settings</span>}
      {stale.length > 0 && <span className="text-ink">· {count(stale.length, 'scope')} out of date</span>}
    </>
  )
  if (whole && !missingTotal)
    return <p className="flex flex-wrap items-center gap-1.5 text-caption text-muted">{line}</p>
  return (
    <details className="text-caption text-muted">
      <summary className="inline-flex min-h-6 flex-wrap items-center gap-1.5 rounded-sm hover:text-ink">
        {line}
        <span className="link">What was not seen</span>
      </summary>
      <Missing completeness={completeness} />
    </details>
  )
}
