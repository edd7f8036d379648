// The settings of a connected source. Secrets are never shown; left empty they stay as they are.
import type { ConnectionDetail } from '@/governance/connections/list-connections'
import type { SettingsField } from '@/governance/connections/settings-shape'
import { ActionForm } from '@/app/_form/action-form'
import { SelectField, TextField } from '@/app/_form/field'
import { SettingsInputs } from '@/app/_form/settings-inputs'
import { Submit } from '@/app/_form/submit'
import { Notice } from '@/app/_ui/notice'
import { Section } from '@/app/_ui/section'
import { AccessChecklist } from '../new/access-checklist'
import { saveSource } from './actions'

const INTERVALS = [
  { value: '60', title: 'Every hour' },
  { value: '360', title: 'Every 6 hours' },
  { value: '720', title: 'Every 12 hours' },
  { value: '1440', title: 'Once a day' },
  { value: '10080', title: 'Once a week' },
]

export function SettingsSection({
  connection,
  fields,
}: {
  connection: ConnectionDetail
  fields: SettingsField[]
}) {
  const interval = String(connection.intervalMinutes)
  const intervals = INTERVALS.some((one) => one.value === interval)
    ? INTERVALS
    : [...INTERVALS, { value: interval, title: `Every ${interval} minutes` }]
  return (
    <Section id="settings" title="Settings">
      {connection.settingsProblem && (
        <div className="mb-3">
          <Notice tone="danger" title="The settings cannot be read.">
            {connection.settingsProblem}
          </Notice>
        </div>
      )}
      <ActionForm
        action={saveSource}
        label="Settings of this source"
        className="flex max-w-120 flex-col gap-4"
      >
        <input type="hidden" name="connectionId" value={connection.id} />
        <TextField name="name" label="Name" required defaultValue={connection.name} maxLength={100} />
        <SelectField name="intervalMinutes" label="Sync" defaultValue={interval} options={intervals} />
        <SettingsInputs fields={fields} held={connection.settings} />
        <div className="flex flex-wrap gap-2">
          <Submit name="intent" value="save">
            Save settings
          </Submit>
          <Submit look="plain" name="intent" value="test" busy="Testing…">
            Test connection as saved
          </Submit>
        </div>
        <AccessChecklist />
      </ActionForm>
    </Section>
  )
}
