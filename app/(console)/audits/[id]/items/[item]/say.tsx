// Says how an item stands, and says something about it: each role has words of its own.
import type { ItemView } from '@/governance/audits/list-items'
import { ANSWERERS_MAY, auditorsMay, STATUS_TITLES, type ItemStatus } from '@/governance/audits/status'
import type { PackView } from '@/governance/packs/asking/list'
import { ActionForm } from '@/app/_form/action-form'
import { CheckField, SelectField, TextArea, TextField } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import type { ButtonLook } from '@/app/_ui/button'
import { absolute } from '@/app/_ui/moment'
import { comment, setStatus } from '../../../actions'

const VERBS: Record<ItemStatus, string> = {
  waiting: 'Send back',
  ready: 'Say it is ready',
  approved: 'Approve',
  flagged: 'Flag',
  'not-applicable': 'Not applicable',
}
const LOOKS: Record<ItemStatus, ButtonLook> = {
  waiting: 'plain',
  ready: 'primary',
  approved: 'primary',
  flagged: 'danger',
  'not-applicable': 'plain',
}

function Of({ item }: { item: ItemView }) {
  return (
    <>
      <input type="hidden" name="audit" value={item.audit.id} />
      <input type="hidden" name="item" value={item.id} />
    </>
  )
}

export function SayStatus({ item, isAuditor }: { item: ItemView; isAuditor: boolean }) {
  const may = isAuditor ? auditorsMay(item.status) : ANSWERERS_MAY[item.status]
  if (!may.length)
    return (
      <p className="text-muted">
        {item.statusBy} has said that it is {STATUS_TITLES[item.status].toLowerCase()}: only an auditor takes
        that back.
      </p>
    )
  return (
    <ActionForm action={setStatus} label="How it stands" resets className="flex max-w-160 flex-col gap-3">
      <Of item={item} />
      <input type="hidden" name="expected" value={item.status} />
      {isAuditor && (
        <TextArea
          name="reason"
          label="Reason"
          rows={2}
          hint="Needed where it is flagged or not applicable."
          maxLength={2000}
        />
      )}
      <div className="flex flex-wrap gap-2">
        {may.map((status) => (
          <Submit key={status} name="status" value={status} look={LOOKS[status]}>
            {!isAuditor && status === 'waiting' ? 'It is not ready after all' : VERBS[status]}
          </Submit>
        ))}
      </div>
    </ActionForm>
  )
}

type SayProps = { item: ItemView; isAuditor: boolean; packs: readonly PackView[] }
export function SayMore({ item, isAuditor, packs }: SayProps) {
  return (
    <ActionForm
      action={comment}
      resets
      label={isAuditor ? 'Comment' : 'Answer'}
      className="mt-4 flex max-w-160 flex-col gap-3"
    >
      <Of item={item} />
      <TextArea name="text" label={isAuditor ? 'Comment' : 'Answer'} rows={4} required maxLength={10_000} />
      <TextField
        name="link"
        label="Leads to"
        hint="The address of an identity, a credential, a finding, a campaign or a pack of this installation."
        autoComplete="off"
      />
      {!isAuditor && (
        <>
          <SelectField
            name="pack"
            label="Hand over a pack"
            hint="All of it, whatever scopes an auditor is limited to."
            options={[
              { value: '', title: 'None' },
              ...packs.map(({ id, title, asked }) => ({
                value: id,
                title: `${title}, as of ${absolute(asked.asOf)}`,
              })),
            ]}
            defaultValue=""
            optional
          />
          <CheckField
            name="internal"
            label="Internal note"
            hint="Auditors do not see it, and are not told."
          />
        </>
      )}
      <div>
        <Submit look="plain" busy="Sending…">
          {isAuditor ? 'Comment' : 'Answer'}
        </Submit>
      </div>
    </ActionForm>
  )
}
