// How far it reaches: everything in a scope first, then thing by thing.
import type { ReachAnswer } from '@/governance/access/questions/reach'
import { accessHref, waysHref } from '@/app/_access/address'
import { CertaintyWord } from '@/app/_access/certainty'
import { Reasons } from '@/app/_access/reasons'
import { thingKey, ThingName, thingName } from '@/app/_access/thing'
import { count } from '@/app/_inventory/words'
import { Link } from '@/app/_ui/link'
import { AnswerFoot, BoundMet } from './answer-foot'
import type { Fields } from './asked'
import { ReachHead } from './reach-head'
import { reachGraph } from './graph-of'
import { GraphFigure } from './graph'
import { NotAllShown, rowId, SHOWN, ThingsTable } from './things-table'

export const reachOutcome = ({ reached, everything }: ReachAnswer): string =>
  `Answered: ${count(reached.length, 'thing')} reached${everything.length ? `, and everything in ${count(everything.length, 'scope')}` : ''}.`

function Everything({ rows, from }: { rows: ReachAnswer['everything']; from: string }) {
  if (!rows.length) return null
  return (
    <ul aria-label="Everything in a scope" className="mb-4 flex flex-col gap-2">
      {rows.map(({ scope, identities, step }) => (
        <li
          key={scope.id}
          id={rowId(thingKey(step.to))}
          className="flex flex-col gap-1 rounded-lg border-2 border-ink px-3 py-2.5 target:bg-selected"
        >
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="inline-flex items-center gap-1.5 text-prose font-semibold">
              <ThingName thing={step.to} />
            </span>
            <span className="tabular text-muted">({count(identities, 'identity', 'identities')})</span>
            <CertaintyWord certainty={step.certainty} />
            <Link href={waysHref(from, `administrator:${scope.id}`)} prefetch={false} className="link">
              By which ways
            </Link>
          </span>
          <span className="[overflow-wrap:anywhere]">
            {thingName(step.from)} {step.title ?? step.by}.
          </span>
          <Reasons because={step.because} missing={step.missing} />
        </li>
      ))}
    </ul>
  )
}

export function ReachView({ answer, fields }: { answer: ReachAnswer; fields: Fields }) {
  const { from, reached, everything, more } = answer
  const start = fields.from ?? ''
  const rows = [...reached].sort((a, b) => a.hops - b.hops)
  const nothing = !reached.length && !everything.length
  const [one] = from.nodes
  return (
    <section aria-label="Answer" className="mt-5">
      <ReachHead {...{ answer, fields, nothing }} />
      <div className="mb-3 empty:hidden">
        <BoundMet more={more} nodes="More than 5,000: the nearest of them are told." />
      </div>
      {!from.nodes.length && (
        <p className="mb-3 text-muted">
          Nothing that is known goes by this: nobody holds it, or nothing lets it in. What was not seen may.
        </p>
      )}
      <Everything rows={everything} from={start} />
      {fields.view === 'graph' && !nothing && <GraphFigure graph={reachGraph(answer)} />}
      {rows.length > 0 && (
        <ThingsTable
          caption="What is reached"
          rows={rows.slice(0, SHOWN)}
          side="from"
          waysTo={(row) => (row.kind === 'identity' && row.end ? waysHref(start, row.id) : undefined)}
        />
      )}
      <NotAllShown total={rows.length} />
      {nothing && one?.end?.identityId && (
        <p className="text-muted">
          No step leads from it to another, as far as was looked. What it may do itself is on{' '}
          <Link href={`/identities/${one.end.identityId}#permissions`} className="link">
            its page
          </Link>
          ; who can become it is{' '}
          <Link href={accessHref('become', { identity: one.id })} className="link">
            another question
          </Link>
          .
        </p>
      )}
      <AnswerFoot {...answer} />
    </section>
  )
}
