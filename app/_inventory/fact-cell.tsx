// One of the few facts that head the page of a thing. Unknown is a value with a reason, never blank or zero.
import type { ReactNode } from 'react'
import type { FactView } from '@/inventory/queries/types'
import { whyWords } from './words'

export function FactCell({
  title,
  fact,
  children,
  note,
}: {
  title: string
  fact?: FactView
  children: ReactNode
  note?: ReactNode
}) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5 bg-bg px-3 py-2.5">
      <dt className="text-caption text-muted">{title}</dt>
      <dd className="text-prose font-medium [overflow-wrap:anywhere]">{children}</dd>
      <dd className="text-caption text-muted [overflow-wrap:anywhere]">
        {fact?.state === 'unknown' ? `${whyWords(fact.why)} (${fact.source})` : note}
      </dd>
    </div>
  )
}
