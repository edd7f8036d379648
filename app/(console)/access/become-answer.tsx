// Who can become it: step by step away, administrators of its scope counted apart.
import type { BecomeAnswer } from '@/governance/access/questions/reach'
import { waysHref } from '@/app/_access/address'
import { CertaintyWord } from '@/app/_access/certainty'
import { countWords, ThingName, thingScope } from '@/app/_access/thing'
import { count } from '@/app/_inventory/words'
import { CsvLink } from '@/app/_list/csv-link'
import { AnswerFoot, BoundMet } from './answer-foot'
import { AnswerHead } from './answer-head'
import type { Fields } from './asked'
import { NotAllShown, SHOWN, ThingsTable } from './things-table'

export const becomeOutcome = ({ become, administrators }: BecomeAnswer): string =>
  `Answered: ${count(become.length, 'way')} in, and ${count(administrators.count, 'administrator')}.`

function Administrators({ answer: { administrators, identity } }: { answer: BecomeAnswer }) {
  const { count: n, first } = administrators
  if (!n) return null
  return (
    <details className="mt-5 rounded-lg border border-hairline px-3 py-2.5">
      <summary className="min-h-6 font-medium">
        {count(n, 'administrator')} of {thingScope(identity)?.name ?? 'its scope'} can act as it as well{' '}
        <span className="link font-normal">Who</span>
      </summary>
      <ul className="mt-2 flex flex-col gap-1.5">
        {first.map((step) => (
          <li key={step.id} className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
            <ThingName thing={step.from} />
            <CertaintyWord certainty={step.certainty} />
            <span className="min-w-0 text-muted [overflow-wrap:anywhere]">{step.because[0]}</span>
          </li>
        ))}
      </ul>
      {n > first.length && <p className="mt-2 text-caption text-muted">and {n - first.length} more</p>}
    </details>
  )
}

export function BecomeView({ answer, fields }: { answer: BecomeAnswer; fields: Fields }) {
  const { identity, become, more } = answer
  const counts: Record<string, number> = {}
  for (const { kind } of become) counts[kind] = (counts[kind] ?? 0) + 1
  const shown = [...become].sort((a, b) => a.hops - b.hops).slice(0, SHOWN)
  const hops = [...new Set(shown.map((row) => row.hops))]
  return (
    <section aria-label="Answer" className="mt-5">
      <AnswerHead
        title={
          <>
            {become.length ? 'Who can become' : 'Nobody is known who can become'}{' '}
            <ThingName thing={identity} />
          </>
        }
        note={countWords(counts) || undefined}
        actions={become.length > 0 && <CsvLink path="/api/v1/access/who-can-become" params={{ ...fields }} />}
      />
      <div className="mb-3 empty:hidden">
        <BoundMet more={more} nodes="More than 5,000: the nearest of them are told." />
      </div>
      {hops.map((n) => {
        const rows = shown.filter((row) => row.hops === n)
        const title = `${count(n, 'step')} away`
        return (
          <div key={n} className="mt-4 first:mt-0">
            <h3 className="mb-1.5 font-medium">
              {title} <span className="tabular font-normal text-muted">({rows.length})</span>
            </h3>
            <ThingsTable
              caption={`Who can become it, ${title}`}
              rows={rows}
              side="to"
              waysTo={(row) => (row.end ? waysHref(row.id, identity.id) : undefined)}
            />
          </div>
        )
      })}
      <NotAllShown total={become.length} />
      <Administrators answer={answer} />
      <AnswerFoot {...answer} />
    </section>
  )
}
