// By which ways: each as an ordered list of steps, drawn as a row of things with arrows; it wraps where it is narrow.
import { ArrowRight, Scissors } from 'lucide-react'
import type { PathAnswer } from '@/governance/access/questions/reach'
import type { StepView } from '@/governance/access/questions/views'
import { CertaintyWord } from '@/app/_access/certainty'
import { Reasons } from '@/app/_access/reasons'
import { ThingName, thingKey, thingScope, thingType, type Thing } from '@/app/_access/thing'
import { count } from '@/app/_inventory/words'
import { CsvLink } from '@/app/_list/csv-link'
import { ButtonLink } from '@/app/_ui/button'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { accessHref, cutHref } from '@/app/_access/address'
import { AnswerFoot, BoundMet } from './answer-foot'
import { AnswerHead } from './answer-head'
import type { Fields } from './asked'
import { DrawLink } from './draw-link'
import { waysGraph } from './graph-of'
import { GraphFigure } from './graph'
import { rowId } from './things-table'

export const waysOutcome = ({ paths }: PathAnswer): string => `Answered: ${count(paths.length, 'way')} found.`

function Place({ thing, end = false }: { thing: Thing; end?: boolean }) {
  const scope = thingScope(thing)
  return (
    <div
      className={`w-44 max-w-full rounded-md bg-bg px-2.5 py-1.5 ${end ? 'border-2 border-ink' : 'border border-control'}`}
    >
      <ThingName thing={thing} />
      <span className="block text-caption text-muted [overflow-wrap:anywhere]">
        {thingType(thing)}
        {scope && !('scope' in thing) && ` · ${scope.name}`}
      </span>
    </div>
  )
}

function StepLine({ step, last, id }: { step: StepView; last: boolean; id?: string }) {
  return (
    <li
      id={id}
      className="flex max-w-full flex-wrap items-center gap-2 rounded-md target:bg-selected sm:flex-nowrap"
    >
      <Place thing={step.from} />
      <div className="flex min-w-0 items-center gap-1.5">
        <ArrowRight size={18} aria-hidden className="shrink-0 text-muted max-sm:rotate-90" />
        <div className="w-40 min-w-0 max-w-full">
          <span className="block [overflow-wrap:anywhere]">
            {step.title ?? step.by}{' '}
            {step.title && <code className="font-mono text-caption text-muted">{step.by}</code>}
          </span>
          <span className="flex flex-wrap items-center gap-x-2 text-caption">
            <CertaintyWord certainty={step.certainty} />
            <span className="text-muted">
              since <Moment at={step.since} />
            </span>
          </span>
          <Reasons because={step.because} missing={step.missing} />
        </div>
        {last && <ArrowRight size={18} aria-hidden className="shrink-0 text-muted max-sm:rotate-90" />}
      </div>
      {last && (
        <div>
          <span className="sr-only">leads to</span>
          <Place thing={step.to} end />
        </div>
      )}
    </li>
  )
}

const Start = ({ thing }: { thing: Thing }) => (
  <span id={rowId(thingKey(thing))} className="rounded-sm target:bg-selected">
    <ThingName thing={thing} />
  </span>
)

const isOpen = (path: StepView[]) => path.some(({ certainty }) => certainty === 'depends')

type WayProps = {
  path: StepView[]
  n: number
  /** Where a drawing of several ways leads: the first step to a thing. */
  places: ReadonlyMap<string, string>
}
function Way({ path, n, places }: WayProps) {
  const title = `Way ${n}`
  return (
    <div className="mt-4 rounded-lg border border-hairline bg-surface p-3 first:mt-0">
      <h3 className="mb-2 flex flex-wrap items-center gap-x-3 font-medium">
        {title}
        <span className="tabular font-normal text-muted">{count(path.length, 'step')}</span>
        <CertaintyWord certainty={isOpen(path) ? 'depends' : 'possible'} />
      </h3>
      <ol aria-label={`${title}, step by step`} className="flex flex-wrap items-center gap-x-2 gap-y-4">
        {path.map((step, i) => (
          <StepLine
            key={step.id}
            step={step}
            last={i === path.length - 1}
            id={places.get(`${n} ${step.id}`)}
          />
        ))}
      </ol>
    </div>
  )
}

/** Each thing has one place, however many ways lead over it. */
function placesOf(paths: StepView[][]): Map<string, string> {
  const taken = new Set<string>()
  const places = new Map<string, string>()
  for (const [i, path] of paths.entries())
    for (const step of path) {
      const id = rowId(thingKey(step.to))
      if (!taken.has(id)) places.set(`${i + 1} ${step.id}`, id)
      taken.add(id)
    }
  return places
}

/** @param searched whether every step within the bounds was looked at: only then none was found because none is held */
function NoWay({ fields, searched }: { fields: Fields; searched: boolean }) {
  return (
    <p className="text-muted">
      {searched ? 'No way is known within these steps.' : 'There may be a way among what was not followed.'}{' '}
      What was not seen may hold one.{' '}
      <Link href={accessHref('reach', { from: fields.from })} prefetch={false} className="link">
        How far it reaches at all
      </Link>
    </p>
  )
}

export function WaysView({ answer, fields }: { answer: PathAnswer; fields: Fields }) {
  const { from, to, paths, more } = answer
  const { view, ...params } = fields
  const [first] = paths
  const places = placesOf(paths)
  const ends = first?.length ? { from: first[0]!.from, to: first[first.length - 1]!.to } : undefined
  return (
    <section aria-label="Answer" className="mt-5">
      <AnswerHead
        title={
          <>
            {paths.length ? count(paths.length, 'way') : more ? 'No way found so far' : 'No way'} from{' '}
            {ends ? <Start thing={ends.from} /> : from} to {ends ? <ThingName thing={ends.to} /> : to}
          </>
        }
        note={paths.length > 0 && 'The shortest are told.'}
        actions={
          paths.length > 0 && (
            <>
              <ButtonLink href={cutHref(fields.from, fields.to ?? '')} prefetch={false}>
                <Scissors size={14} aria-hidden /> Where to cut
              </ButtonLink>
              <DrawLink question="ways" fields={fields} />
              <CsvLink path="/api/v1/access/paths" params={params} />
            </>
          )
        }
      />
      <div className="mb-3 empty:hidden">
        <BoundMet
          more={more}
          nodes={
            paths.length
              ? 'There are more ways than are told.'
              : 'Not every step was followed: there are too many.'
          }
        />
      </div>
      {view === 'graph' && paths.length > 0 && <GraphFigure graph={waysGraph(answer)} />}
      {paths.map((path, i) => (
        <Way key={path.map(({ id }) => id).join(' ')} path={path} n={i + 1} places={places} />
      ))}
      {!paths.length && <NoWay fields={fields} searched={!more} />}
      <AnswerFoot {...answer} />
    </section>
  )
}
