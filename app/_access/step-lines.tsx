// Steps one below the other, each in one line with what it rests on.
import { ArrowRight } from 'lucide-react'
import type { StepView } from '@/governance/access/questions/views'
import { CertaintyWord } from './certainty'
import { Reasons } from './reasons'
import { ThingName } from './thing'

export function StepLines({ steps, label }: { steps: readonly StepView[]; label: string }) {
  if (!steps.length) return null
  return (
    <ul aria-label={label} className="flex flex-col gap-1.5">
      {steps.map((step) => (
        <li key={step.id}>
          <span className="flex flex-wrap items-baseline gap-x-2">
            <ThingName thing={step.from} />
            <ArrowRight size={13} aria-label="to" className="shrink-0 translate-y-0.5 text-muted" />
            <ThingName thing={step.to} />
            <CertaintyWord certainty={step.certainty} />
            <span className="text-caption text-muted [overflow-wrap:anywhere]">{step.title ?? step.by}</span>
          </span>
          <Reasons because={step.because} missing={step.missing} />
        </li>
      ))}
    </ul>
  )
}
