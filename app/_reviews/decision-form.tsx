// What is decided about a card. The page gives the action; whoever may decide is for the command behind it to say.
import type { ReactNode } from 'react'
import { CHOICES, type Choice } from '@/core/campaign'
import type { ReviewItem } from '@/governance/campaigns/review-item'
import { needsOf } from '@/governance/campaigns/reviewing/needs'
import { ActionForm } from '@/app/_form/action-form'
import { SelectField, TextArea, TextField } from '@/app/_form/field'
import type { FormAction } from '@/app/_form/form-state'
import { Submit } from '@/app/_form/submit'
import { Choices, Drops } from './choices'
import { Dwell } from './dwell'
import { CHOICE_WORDS, LACKING_OPTIONS, REASON_OPTIONS } from './words'

const DAY_MS = 86_400_000
const dayFrom = (now: Date, days: number) =>
  new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10)

type Props = {
  view: ReviewItem
  action: FormAction
  /** What the form carries beside what is typed, such as the part of the queue that is gone through. */
  carries?: Record<string, string>
  /** Beside the button: the way back. */
  back?: ReactNode
  /** It is looked at by whoever manages the campaign: nothing is measured, and nothing sticks to the window. */
  isPreview?: boolean
  now?: Date
}

function Reduce({ grants }: { grants: ReviewItem['card']['grants'] }) {
  if (!grants.length)
    return (
      <p className="text-ui text-muted">
        The card names no right that could be taken away. It can be reduced all the same: a later look cannot
        tell then whether it was done.
      </p>
    )
  return (
    <Drops
      name="drops"
      legend="What is taken away"
      hint="Only of what is named here a later look can tell whether it was done."
      options={grants.map(({ id, name }) => ({ value: id, title: name }))}
    />
  )
}

/** Shown for the options they belong to, by the style sheet alone: without scripts too. */
function Details({ view: { card, campaign }, now = new Date() }: Props) {
  const { keepDays } = campaign
  const isHigh = card.risk.tier === 'high'
  return (
    <div className="flex flex-col gap-3 group-not-has-[[name=decision]:checked]/decide:hidden">
      <div className="hidden group-has-[[value=reduce]:checked]/decide:block">
        <Reduce grants={card.grants} />
      </div>
      <TextField
        name="to"
        label="Whose it is"
        optional
        hint="An address of the directory, or the name of a team: whoever leads it is asked. Left empty, the manager of the campaign is. The due date stays."
        maxLength={300}
        autoComplete="off"
        autoCapitalize="none"
        className="hidden max-w-120 group-has-[[value=not-mine]:checked]/decide:flex"
      />
      <SelectField
        name="lacking"
        label="What is lacking"
        options={LACKING_OPTIONS}
        className="hidden max-w-80 group-has-[[value=cannot-tell]:checked]/decide:flex"
      />
      <div className="grid grid-cols-[minmax(0,20rem)_minmax(0,1fr)] gap-3 max-sm:grid-cols-1">
        <SelectField name="reason" label="Reason" options={REASON_OPTIONS} data-shortcut="r" />
        <TextArea
          name="words"
          label="In your own words"
          hint={
            isHigh
              ? 'Needed to keep it, and where it is not yours; else as you like.'
              : 'Needed where it is not yours; else as you like.'
          }
          optional={false}
          rows={2}
          maxLength={2000}
          className="scroll-mb-24"
        />
      </div>
      <div className="hidden max-w-60 group-has-[:is([value=keep],[value=reduce]):checked]/decide:block">
        <TextField
          name="until"
          type="date"
          label="Keep until"
          optional={!isHigh}
          hint={`Its last day, in UTC: ${keepDays} days from now at most.`}
          min={dayFrom(now, 1)}
          max={dayFrom(now, keepDays)}
        />
      </div>
    </div>
  )
}

export function DecisionForm(props: Props) {
  const { view, action, carries = {}, back, isPreview = false } = props
  const needs = (choice: Choice) => needsOf(choice, view.card, view.campaign).words
  return (
    <ActionForm action={action} label="Decide" className="group/decide mt-4 flex flex-col gap-3">
      <input type="hidden" name="campaign" value={view.campaign.id} />
      <input type="hidden" name="item" value={view.id} />
      <input type="hidden" name="version" value={view.version} />
      {Object.entries(carries).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {!isPreview && <Dwell item={view.id} />}
      <div id="decision" className="scroll-mt-28">
        <Choices
          name="decision"
          legend="Your decision"
          options={CHOICES.map((value) => ({ value, ...CHOICE_WORDS[value], needs: needs(value) }))}
        />
      </div>
      <Details {...props} />
      <div
        className={`${isPreview ? '' : 'sticky bottom-0 z-10 '}-mx-4 flex flex-wrap items-center gap-3 border-t border-hairline bg-bg px-4 py-2.5 sm:-mx-6 sm:px-6 print:hidden`}
      >
        <Submit busy="Saving…" data-submit-shortcut disabled={isPreview}>
          Save and next
        </Submit>
        {back}
        <p className="min-w-0 flex-1 basis-40 text-caption text-muted max-sm:hidden">
          Editable until you sign off. How long the card is in sight is kept with it.
        </p>
      </div>
    </ActionForm>
  )
}
