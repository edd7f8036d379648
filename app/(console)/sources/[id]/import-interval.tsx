// How often a new file is expected: what imported facts are called out of date by.
import { ActionForm } from '@/app/_form/action-form'
import { SelectField } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { Section } from '@/app/_ui/section'
import { saveInterval } from './actions'

const INTERVALS = [
  { value: '1440', title: 'Every day' },
  { value: '10080', title: 'Every week' },
  { value: '20160', title: 'Every two weeks' },
  { value: '43200', title: 'Every 30 days' },
]

type Props = { source: { id: string; intervalMinutes: number } }
export function ImportIntervalSection({ source: { id, intervalMinutes } }: Props) {
  const interval = String(intervalMinutes)
  const other = intervalMinutes === 0 ? 'Never' : `Every ${interval} minutes`
  const intervals = INTERVALS.some((one) => one.value === interval)
    ? INTERVALS
    : [...INTERVALS, { value: interval, title: other }]
  return (
    <Section
      id="settings"
      title="New files"
      lead="Facts of imported files count as out of date after twice this time."
    >
      <ActionForm
        action={saveInterval}
        label="How often a new file is expected"
        className="flex max-w-120 flex-col gap-4"
      >
        <input type="hidden" name="connectionId" value={id} />
        <SelectField
          name="intervalMinutes"
          label="A new file is expected"
          defaultValue={interval}
          options={intervals}
        />
        <div>
          <Submit>Save</Submit>
        </div>
      </ActionForm>
    </Section>
  )
}
