// The settings of a source, made from its manifest, with a test before anything is saved.
import type { SettingsField } from '@/governance/connections/settings-shape'
import { ActionForm } from '@/app/_form/action-form'
import { TextField } from '@/app/_form/field'
import { SettingsInputs } from '@/app/_form/settings-inputs'
import { Submit } from '@/app/_form/submit'
import { AccessChecklist } from './access-checklist'
import { connect } from './connect'

type Props = { connectorId: string; title: string; fields: SettingsField[] }
export function ConnectForm({ connectorId, title, fields }: Props) {
  return (
    <ActionForm action={connect} label={`Connect ${title}`} className="flex flex-col gap-4 self-start">
      <input type="hidden" name="connectorId" value={connectorId} />
      <TextField
        name="name"
        label="Name"
        placeholder={title}
        maxLength={100}
        hint="How it is called here. Left empty: the name of the source."
      />
      <SettingsInputs fields={fields} />
      <div className="flex flex-wrap gap-2">
        <Submit name="intent" value="save">
          Save and run first sync
        </Submit>
        <Submit look="plain" name="intent" value="test" busy="Testing…">
          Test connection
        </Submit>
      </div>
      <AccessChecklist />
    </ActionForm>
  )
}
