// Where the ways can be cut: what to take away, one thing after the other, each with what was seen using it, and what is left.
import { CircleCheck, CircleQuestionMark, OctagonAlert, type LucideIcon } from 'lucide-react'
import type { ChokePoint, ChokePointsAnswer } from '@/governance/access/choke-points/choke-points'
import { waysHref } from '@/app/_access/address'
import { StepLines } from '@/app/_access/step-lines'
import { ThingName, thingName } from '@/app/_access/thing'
import { count } from '@/app/_inventory/words'
import { CsvLink } from '@/app/_list/csv-link'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { AnswerFoot, BoundMet } from './answer-foot'
import { AnswerHead } from './answer-head'
import type { Fields } from './asked'

export const cutOutcome = ({ cut, points }: ChokePointsAnswer): string =>
  cut === 'found'
    ? `Answered: ${count(points.length, 'thing')} to take away.`
    : cut === 'none'
      ? 'Answered: there is no way to cut.'
      : 'Answered: nothing that could be taken away cuts all ways.'

const KINDS: Record<ChokePoint['kind'], string> = {
  grant: 'Grant',
  trust: 'Trust',
  link: 'Naming',
  membership: 'Membership',
  workload: 'What runs',
  step: 'Step',
}
type Use = ChokePoint['use']
const USES: Record<Use['answer'], { icon: LucideIcon; word: string }> = {
  'would-break': { icon: OctagonAlert, word: 'Would break' },
  'no-use-seen': { icon: CircleCheck, word: 'No use seen' },
  unknown: { icon: CircleQuestionMark, word: 'Use is not known' },
}

function UseLines({ use: { answer, words, seen, workloads } }: { use: Use }) {
  const { icon: Icon, word } = USES[answer]
  return (
    <div>
      <p>
        <span className="inline-flex items-baseline gap-1.5 font-medium">
          <Icon size={14} aria-hidden className="shrink-0 translate-y-0.5 text-muted" /> {word}:
        </span>{' '}
        {words}
      </p>
      {(workloads.length > 0 || seen.length > 0) && (
        <ul className="mt-0.5 flex flex-col text-caption text-muted">
          {workloads.length > 0 && (
            <li className="[overflow-wrap:anywhere]">Runs as it: {workloads.join(', ')}</li>
          )}
          {seen.map(({ at, what }) => (
            <li key={`${at} ${what}`} className="[overflow-wrap:anywhere]">
              Seen <Moment at={at} />: {what}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Point({ point, n }: { point: ChokePoint; n: number }) {
  const { kind, remove, confirmed, steps, count: all, use } = point
  const [first] = steps
  const title = remove || (first ? `${thingName(first.from)} to ${thingName(first.to)}` : 'A step')
  return (
    <li className="flex flex-col gap-2 rounded-lg border border-hairline bg-surface p-3">
      <h3 className="flex flex-wrap items-baseline gap-x-2 font-medium [overflow-wrap:anywhere]">
        <span className="tabular text-muted">{n}.</span> {KINDS[kind]}: {title}
      </h3>
      <UseLines use={use} />
      {confirmed.answer !== 'not-tried' && <p>{confirmed.words}</p>}
      <StepLines steps={steps} label={`Steps that go with ${n}`} />
      {all > steps.length && <p className="text-caption text-muted">and {all - steps.length} more steps</p>}
    </li>
  )
}

function ways({ ways: { count: n, more, sources }, hops }: ChokePointsAnswer): string {
  return `${more ? 'More than ' : ''}${count(n, 'way')} of at most ${count(hops, 'step')}, from ${count(sources, 'start')}.`
}

function After({ answer, fields }: { answer: ChokePointsAnswer; fields: Fields }) {
  const { after, cut } = answer
  const lead = cut === 'found' ? 'Tried out without these' : 'As it is'
  // What depends on something was left out: whoever comes there so is not told of.
  const sure = fields.certain !== undefined && !/^(false|no|0)$/i.test(fields.certain)
  const who =
    after.sources === 0 && !after.more
      ? 'none of the starts comes there any more'
      : `${after.more ? 'at least ' : ''}${count(after.sources, 'start')} still ${after.sources === 1 ? 'comes' : 'come'} there`
  return (
    <div className="mt-4 rounded-lg border-2 border-ink px-3 py-2.5" data-after={after.sources}>
      <p>
        <span className="font-medium">{lead}:</span> {cut === 'found' ? who : who.replace(' still', '')}, in
        at most {count(after.hops, 'step')}
        {sure && ', none of which depends on something'}.
      </p>
      {after.first.length > 0 && (
        <ul aria-label="Who still comes there" className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
          {after.first.map((node) => (
            <li key={node.id} className="inline-flex flex-wrap items-baseline gap-x-2">
              <ThingName thing={node} />
              {fields.to !== undefined && node.end && (
                <Link href={waysHref(node.id, fields.to)} prefetch={false} className="link text-caption">
                  ways
                </Link>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

const TITLES: Record<ChokePointsAnswer['cut'], (n: number) => string> = {
  found: (n) => `Take away ${count(n, 'thing')}, and no way is left`,
  impossible: () => 'Nothing that could be taken away cuts every way',
  none: () => 'There is no way to cut',
}

export function CutView({ answer, fields }: { answer: ChokePointsAnswer; fields: Fields }) {
  const { cut, points, from, to, more } = answer
  return (
    <section aria-label="Answer" className="mt-5">
      <AnswerHead
        title={
          <>
            {TITLES[cut](points.length)} from {from} to {to}
          </>
        }
        note={ways(answer)}
        actions={points.length > 0 && <CsvLink path="/api/v1/access/choke-points" params={{ ...fields }} />}
      />
      <div className="mb-3 empty:hidden">
        <BoundMet more={more} nodes="There are more ways than were looked at: the cut is of these." />
      </div>
      {cut === 'none' && (
        <p className="text-muted">No way is known within these steps. What was not seen may hold one.</p>
      )}
      {points.length > 0 && (
        <ol aria-label="What to take away" className="flex flex-col gap-3">
          {points.map((point, i) => (
            <Point key={`${point.kind} ${point.remove} ${point.steps[0]?.id ?? i}`} point={point} n={i + 1} />
          ))}
        </ol>
      )}
      {cut !== 'none' && <After answer={answer} fields={fields} />}
      {points.length > 0 && (
        <p className="mt-2 text-caption text-muted">
          Use counts from <Moment at={answer.since} />. A log is never whole: that nothing was seen is no
          proof that nothing would break. Rollcall takes nothing away itself.
        </p>
      )}
      <AnswerFoot {...answer} />
    </section>
  )
}
