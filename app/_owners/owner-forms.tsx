// What can be done about the owner of one identity: confirm a suggestion, say who, hand over, dispute, settle.
import type { ReactNode } from 'react'
import { PART_TITLES, PARTS } from '@/governance/owners/parts'
import type { OwnershipView } from '@/governance/owners/ownership-of'
import type { Suggestion } from '@/governance/owners/suggest/weigh'
import { ActionForm } from '@/app/_form/action-form'
import { SelectField, TextField } from '@/app/_form/field'
import type { FormAction } from '@/app/_form/form-state'
import { Submit } from '@/app/_form/submit'
import { assign, confirm, dispute, transfer } from './actions'
import { SuggestionWords } from './suggestion'
import { UndoOwners } from './undo-owners'

type Of = { identityId: string; seen: string | null }
type FormProps = Of & { action: FormAction; label: string; children: ReactNode; className?: string }

function OwnerForm({ identityId, seen, action, label, children, className }: FormProps) {
  return (
    <ActionForm
      action={action}
      label={label}
      quiet
      className={className ?? 'mt-2 flex max-w-120 flex-col gap-3'}
    >
      <UndoOwners />
      <input type="hidden" name="identity" value={identityId} />
      <input type="hidden" name="seen" value={seen ?? ''} />
      {children}
    </ActionForm>
  )
}

const KINDS = [
  { value: '', title: 'Which is' },
  { value: 'person', title: 'A person' },
  { value: 'team', title: 'A team' },
]

export function Suggestions({
  suggestions,
  mayConfirm,
  ...of
}: Of & { suggestions: Suggestion[]; mayConfirm: boolean }) {
  if (!suggestions.length) return null
  return (
    <div className="mb-3">
      <h3 className="mb-1 font-medium">Suggested</h3>
      <ul className="flex flex-col gap-2">
        {suggestions.map((one) => (
          <li
            key={one.key}
            className="flex flex-wrap items-start justify-between gap-2 rounded-lg border border-hairline px-3 py-2"
          >
            <SuggestionWords suggestion={one} />
            {mayConfirm && one.standing !== 'left' && (
              <OwnerForm
                {...of}
                action={confirm}
                label={`Confirm ${one.name}`}
                className="flex flex-wrap items-end gap-2"
              >
                <input type="hidden" name="key" value={one.key} />
                {one.role === 'unclear' && <SelectField name="as" label="It is" options={KINDS} required />}
                <Submit look="quiet" aria-label={`Confirm ${one.name}`} busy="Confirming…">
                  Confirm
                </Submit>
              </OwnerForm>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

const HINTS = {
  person: 'An address of the directory.',
  team: 'A team of the directory.',
  backup: 'Who answers when that person cannot.',
  contact: 'Whom to ask how it works.',
} as const

function Folded({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="rounded-lg border border-hairline px-3 py-2 print:hidden">
      <summary className="cursor-pointer font-medium select-none">{title}</summary>
      {children}
    </details>
  )
}

const Why = () => <TextField name="why" label="Why" required maxLength={2000} autoComplete="off" />

function AssignForm({ isOwned, ...of }: Of & { isOwned: boolean }) {
  return (
    <Folded title={isOwned ? 'Say otherwise who answers' : 'Assign an owner'}>
      <OwnerForm {...of} action={assign} label="Say who answers">
        <p className="text-caption text-muted">What is left empty stays; none takes it away.</p>
        {PARTS.map((part) => (
          <TextField
            key={part}
            name={`set.${part}`}
            label={PART_TITLES[part]}
            hint={HINTS[part]}
            maxLength={300}
            autoComplete="off"
            autoCapitalize="none"
          />
        ))}
        <div>
          <Submit busy="Saving…">Save</Submit>
        </div>
      </OwnerForm>
    </Folded>
  )
}

const HandOverForm = (of: Of) => (
  <Folded title="Hand over">
    <OwnerForm {...of} action={transfer} label="Hand over">
      <TextField
        name="to"
        label="To whom"
        hint="An address of the directory."
        required
        maxLength={300}
        autoComplete="off"
        autoCapitalize="none"
      />
      <Why />
      <div>
        <Submit busy="Handing over…">Hand over</Submit>
      </div>
    </OwnerForm>
  </Folded>
)

const DisputeForm = (of: Of) => (
  <Folded title="Dispute">
    <OwnerForm {...of} action={dispute} label="Dispute">
      <Why />
      <div>
        <Submit busy="Saving…">Dispute</Submit>
      </div>
    </OwnerForm>
  </Folded>
)

const SettleForm = (of: Of) => (
  <Folded title="Settle: the owner stays">
    <OwnerForm {...of} action={dispute} label="Settle the dispute">
      <input type="hidden" name="settles" value="true" />
      <Why />
      <div>
        <Submit busy="Saving…">Settle</Submit>
      </div>
    </OwnerForm>
  </Folded>
)

type Props = Of & { view: OwnershipView; isOwned: boolean; mayAssign: boolean; mayAnswer: boolean }

export function OwnerForms({ view, isOwned, mayAssign, mayAnswer, ...of }: Props) {
  const isOwners = mayAnswer && isOwned
  return (
    <div className="flex flex-col gap-2">
      {mayAssign && <AssignForm {...of} isOwned={isOwned} />}
      {isOwners && <HandOverForm {...of} />}
      {isOwners && !view.dispute && <DisputeForm {...of} />}
      {mayAssign && view.dispute && <SettleForm {...of} />}
    </div>
  )
}
