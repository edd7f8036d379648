'use client'
// What a request about several items would do, row by row: what stops, and which are refused.
import type { Foreseen } from '@/governance/campaigns/reviewing/foresee'
import { useForm } from '@/app/_form/action-form'
import { Notice } from '@/app/_ui/notice'

const stops = ({ removing }: Foreseen): string =>
  !removing
    ? ''
    : removing.state === 'known'
      ? removing.lines.join(' ')
      : `Not known: ${removing.why}. ${(removing.lines ?? []).join(' ')}`

export type Tried = { decision: 'keep' | 'remove'; rows: Foreseen[]; saved: boolean }

export function Outcome() {
  const { state } = useForm()
  const tried = state.result as Tried | undefined
  if (state.message || !state.done || !tried) return null
  const refused = tried.rows.filter((row) => row.refused !== undefined)
  return (
    <Notice role="status" tone={refused.length ? 'warn' : 'info'} title={state.done}>
      {!tried.saved && (
        <ul className="mt-1 flex list-disc flex-col gap-1 pl-4">
          {[...refused, ...tried.rows.filter((row) => row.refused === undefined)].map((row) => (
            <li key={row.item}>
              <span className="font-medium">{row.name}</span>:{' '}
              {row.refused !== undefined
                ? `refused. ${row.refused}`
                : tried.decision === 'remove'
                  ? stops(row)
                  : 'would be kept.'}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  )
}
