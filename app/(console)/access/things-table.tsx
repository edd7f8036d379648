// Things that are reached, or that reach: what, where, how many steps away, and the last of these steps with its reasons.
import { ArrowRight } from 'lucide-react'
import type { Reached } from '@/governance/access/questions/reach'
import { CertaintyWord } from '@/app/_access/certainty'
import { Reasons } from '@/app/_access/reasons'
import { ThingName, thingName, thingType } from '@/app/_access/thing'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Link } from '@/app/_ui/link'

/** Rows on one page: the file holds all of them. */
export const SHOWN = 200

export const rowId = (id: string) => `row-${id}`

function ScopeCell({ row: { end } }: { row: Reached }) {
  if (!end) return null
  return (
    <Link
      href={`/identities?scope=${end.scope.id}`}
      prefetch={false}
      className="text-muted underline-offset-3 [overflow-wrap:anywhere] hover:underline"
    >
      {end.scope.name}
    </Link>
  )
}

function StepCell({ row: { step }, side }: { row: Reached; side: 'from' | 'to' }) {
  return (
    <div className="flex min-w-56 flex-col gap-0.5 whitespace-normal">
      <span className="[overflow-wrap:anywhere]">
        {side === 'from' && `${thingName(step.from)}: `}
        {step.title ?? step.by}
        {side === 'to' && (
          <>
            {' '}
            <ArrowRight size={13} aria-label="to" className="inline shrink-0 text-muted" />{' '}
            {thingName(step.to)}
          </>
        )}{' '}
        {step.title && <code className="font-mono text-caption text-muted">{step.by}</code>}
      </span>
      <Reasons because={step.because} missing={step.missing} />
    </div>
  )
}

function HopsCell({ hops, href }: { hops: number; href?: string }) {
  const words = `${hops} ${hops === 1 ? 'step' : 'steps'}`
  if (!href) return <span className="whitespace-nowrap">{words}</span>
  return (
    <Link href={href} prefetch={false} className="link whitespace-nowrap" title="By which ways">
      {words}
      <span className="sr-only">: by which ways</span>
    </Link>
  )
}

type Props = {
  caption: string
  rows: readonly Reached[]
  /** Which end of the last step is not the row itself. */
  side: 'from' | 'to'
  waysTo: (row: Reached) => string | undefined
}
export function ThingsTable({ caption, rows, side, waysTo }: Props) {
  const columns: Column<Reached>[] = [
    {
      key: 'what',
      title: side === 'from' ? 'What' : 'Who',
      className: 'min-w-44 [td&]:align-top',
      cell: (row) => (
        <span id={rowId(row.id)} className="inline-flex rounded-sm target:bg-selected">
          <ThingName thing={row} row />
        </span>
      ),
    },
    {
      key: 'kind',
      title: 'Kind',
      className: '[td&]:align-top',
      cell: (row) => <span className="text-muted">{thingType(row)}</span>,
    },
    {
      key: 'scope',
      title: 'Scope',
      className: 'min-w-32 [td&]:align-top',
      cell: (row) => <ScopeCell row={row} />,
    },
    {
      key: 'hops',
      title: 'Steps',
      className: '[td&]:align-top',
      cell: (row) => <HopsCell hops={row.hops} href={waysTo(row)} />,
    },
    {
      key: 'step',
      title: side === 'from' ? 'Last step' : 'First step',
      className: '[td&]:align-top',
      cell: (row) => <StepCell row={row} side={side} />,
    },
    {
      key: 'certainty',
      title: 'Certainty',
      className: '[td&]:align-top',
      cell: (row) => <CertaintyWord certainty={row.step.certainty} />,
    },
  ]
  return <DataTable caption={caption} columns={columns} rows={rows} rowKey={(row) => row.id} />
}

export function NotAllShown({ total }: { total: number }) {
  if (total <= SHOWN) return null
  return (
    <p className="mt-2 text-caption text-muted">
      The nearest {SHOWN} of {total.toLocaleString('en')} are shown. The CSV holds all of them.
    </p>
  )
}
