// One decision about several items that are the same. Nothing is ticked beforehand, and there is no way to tick all.
import type { AlikeView } from '@/governance/campaigns/reviewing/same'
import { ActionForm } from '@/app/_form/action-form'
import { SelectField, TextArea, TextField } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { Choices } from '@/app/_reviews/choices'
import { REASON_OPTIONS } from '@/app/_reviews/words'
import { Link } from '@/app/_ui/link'
import { Section } from '@/app/_ui/section'
import { decideTogether } from './actions'
import { Outcome } from './outcome'

const OPTIONS = [
  {
    value: 'keep',
    title: 'Keep',
    means: 'They stay as they are.',
    needs: '20 at most, with a reason. None that is risky, unused, unowned or changed.',
  },
  {
    value: 'remove',
    title: 'Remove',
    means: 'People turn them off, then delete them.',
    needs: 'Try it first: it says what would stop.',
  },
]

function Boxes({ campaign, items }: { campaign: string; items: AlikeView['items'] }) {
  return (
    <fieldset>
      <legend className="mb-1 text-ui font-medium">Which of them</legend>
      <ul className="columns-2 gap-6 max-md:columns-1">
        {items.map(({ id, name, scope, version, alone }) => (
          <li key={id} className="flex min-h-7 break-inside-avoid items-start gap-2 py-0.5">
            <input
              type="checkbox"
              name="item"
              value={`${id} ${version}`}
              id={`item-${id}`}
              className="mt-1 size-4 shrink-0"
            />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <label htmlFor={`item-${id}`}>{name}</label>{' '}
              <Link href={`/reviews/${campaign}/${id}`} prefetch={false} className="link text-caption">
                Card<span className="sr-only"> of {name}</span>
              </Link>
              <span className="block text-caption text-muted">
                {scope}
                {alone && `. Not kept together: ${alone}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

type Props = { campaign: string; view: AlikeView; keepDays: number }
export function TogetherForm({ campaign, view, keepDays }: Props) {
  return (
    <Section id="together" title="Decide about several">
      <ActionForm
        action={decideTogether}
        label="Decide together"
        quiet
        className="flex max-w-5xl flex-col gap-4"
      >
        <input type="hidden" name="campaign" value={campaign} />
        <Outcome />
        <Boxes campaign={campaign} items={view.items} />
        {view.count > view.items.length && (
          <p className="text-muted">
            The first {view.items.length} of {view.count.toLocaleString('en')} by name; the others follow when
            these are decided.
          </p>
        )}
        <Choices name="decision" legend="Your decision about those ticked" options={OPTIONS} />
        <div className="grid grid-cols-[minmax(0,20rem)_minmax(0,1fr)] gap-3 max-sm:grid-cols-1">
          <SelectField name="reason" label="Reason" options={REASON_OPTIONS} hint="Needed to keep several." />
          <TextArea name="words" label="In your own words" rows={2} maxLength={2000} />
        </div>
        <div className="max-w-60">
          <TextField
            name="until"
            type="date"
            label="Keep until"
            hint={`Its last day, in UTC: ${keepDays} days from now at most.`}
          />
        </div>
        <div className="flex flex-wrap gap-3">
          <Submit look="plain" name="step" value="try" busy="Trying…">
            Try it: what would happen
          </Submit>
          <Submit name="step" value="save" busy="Saving…">
            Save for those ticked
          </Submit>
        </div>
      </ActionForm>
    </Section>
  )
}
