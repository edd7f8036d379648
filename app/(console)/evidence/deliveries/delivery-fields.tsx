// The fields of a delivery: what is asked of each period, when, who is told, and where its pack is taken.
import type { SettingsField } from '@/governance/connections/settings-shape'
import type { SettingsView } from '@/governance/connections/settings-values'
import { FRAMEWORKS } from '@/governance/frameworks/frameworks'
import { EVERY } from '@/governance/packs/delivery/schedule'
import { WAIT_HOURS } from '@/governance/packs/delivery/setting-up/delivery-input'
import type { DeliveryDetail } from '@/governance/packs/delivery/listing/list-deliveries'
import { readyPacks } from '@/governance/packs/ready'
import { CheckField, SelectField, TextArea, TextField } from '@/app/_form/field'
import { SettingsInputs } from '@/app/_form/settings-inputs'
import { EVERY_WORDS } from './state'
import { questionWords, whatOf } from './question'

type Props = {
  fields: SettingsField[]
  /** Of one that is there. */
  held?: DeliveryDetail & { settings: SettingsView }
  /** Who is told unless somebody says otherwise. */
  tell: readonly string[]
}

const EVERY_OPTIONS = EVERY.map((value) => ({ value, title: EVERY_WORDS[value] }))

function What({ held }: { held?: DeliveryDetail }) {
  const now = held && whatOf(held.question)
  return (
    <SelectField
      name="what"
      label="What is asked"
      hint="Of the whole record, as of the end of each period; what happened in it is told too. Other questions, with a filter or fewer files, are set up over the API or the command line."
      options={[
        ...(held && now === 'kept'
          ? [{ value: 'kept', title: `As it is: ${questionWords(held.question)}` }]
          : []),
        ...readyPacks.map(({ id, title }) => ({ value: `ready:${id}`, title: `Ready-made: ${title}` })),
        ...FRAMEWORKS.map(({ id, title, version }) => ({
          value: `framework:${id}`,
          title: `All controls of ${title} ${version}`,
        })),
        { value: 'record', title: 'The record alone, of no control' },
      ]}
      defaultValue={now ?? `ready:${readyPacks[0]?.id ?? ''}`}
    />
  )
}

export function DeliveryFields({ fields, held, tell }: Props) {
  return (
    <>
      <TextField
        name="title"
        label="Title"
        required
        maxLength={120}
        defaultValue={held?.title}
        placeholder="PCI review, every quarter"
        hint="The names of its files begin with it."
        autoComplete="off"
      />
      <What held={held} />
      <CheckField
        name="redact"
        label="Leave the names of people out"
        defaultChecked={held?.question.redact?.includes('people')}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          name="every"
          label="How often"
          hint="In UTC; weeks begin on Monday."
          options={EVERY_OPTIONS}
          defaultValue={held?.every ?? 'quarter'}
        />
        <TextField
          name="waitHours"
          label="Hours after the end"
          type="number"
          min={0}
          max={720}
          required
          defaultValue={String(held?.waitHours ?? WAIT_HOURS)}
          hint="What arrives late is known by then."
        />
      </div>
      <TextArea
        name="tell"
        label="Who is told"
        defaultValue={tell.join('\n')}
        hint="Addresses of members who may read packs, one a line: when it was delivered, and when that is given up."
      />
      <SettingsInputs fields={fields} held={held?.settings} />
    </>
  )
}
