// Told once for five quick decisions in a row. It is in nobody's way: that it was told is kept with what comes next.
import type { Pace } from '@/governance/campaigns/decision-rules'
import { buttonClass } from '@/app/_ui/button'
import { ButtonLink } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'

export function PaceNote({ pace: { high }, campaign }: { pace: Pace; campaign: string }) {
  return (
    <Notice
      tone="warn"
      role="status"
      title={`You are going fast; ${high} of these ${high === 1 ? 'is' : 'are'} of high risk.`}
      actions={
        <>
          <a href="#decision" className={buttonClass()}>
            Continue
          </a>
          <ButtonLink href={`/reviews/${campaign}?show=decided`}>Look again</ButtonLink>
        </>
      }
    >
      The last five were decided in under four seconds each. You can go on: that you were told is kept.
    </Notice>
  )
}
