// A second look: what somebody else would decide, who is not told what the first one did.
import type { ReactNode } from 'react'
import { VERDICTS } from '@/core/campaign'
import type { ReviewItem } from '@/governance/campaigns/review-item'
import { ActionForm } from '@/app/_form/action-form'
import { TextArea } from '@/app/_form/field'
import type { FormAction } from '@/app/_form/form-state'
import { Submit } from '@/app/_form/submit'
import { Choices } from './choices'
import { Dwell } from './dwell'
import { CHOICE_WORDS } from './words'

export function SecondLookForm({
  view,
  action,
  back,
}: {
  view: ReviewItem
  action: FormAction
  back?: ReactNode
}) {
  const isHigh = view.card.risk.tier === 'high'
  return (
    <ActionForm action={action} label="Second look" className="mt-4 flex flex-col gap-3">
      <input type="hidden" name="campaign" value={view.campaign.id} />
      <input type="hidden" name="item" value={view.id} />
      <Dwell item={view.id} />
      <Choices
        name="decision"
        legend="What you would decide"
        options={VERDICTS.map((value) => ({
          value,
          ...CHOICE_WORDS[value],
          needs: isHigh && value === 'keep' ? 'It is of high risk: give a reason.' : '',
        }))}
      />
      <TextArea
        name="words"
        label="In your own words"
        optional={!isHigh}
        rows={2}
        maxLength={2000}
        className="max-w-160"
      />
      <div className="flex flex-wrap items-center gap-3">
        <Submit busy="Saving…" data-submit-shortcut>
          Give the second look
        </Submit>
        {back}
        <p className="text-caption text-muted">It is given once, and cannot be changed.</p>
      </div>
    </ActionForm>
  )
}
