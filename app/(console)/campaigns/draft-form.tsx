// The draft of a campaign, on one page: what it is called, what it is about, who is asked, until when and how, and silence.
import type { ReactNode } from 'react'
import { remindersOf, type CampaignPolicy } from '@/governance/campaigns/campaign-input'
import type { ForeseenReviewers } from '@/governance/campaigns/foreseen-reviewers'
import type { ScopeSample } from '@/governance/campaigns/population'
import { ActionForm } from '@/app/_form/action-form'
import { TextArea, TextField } from '@/app/_form/field'
import { DirectoryList, PersonField } from '@/app/_form/person-field'
import { Submit } from '@/app/_form/submit'
import { ChainFields, type StepValue } from './chain-fields'
import { saveDraft } from './draft-actions'
import { Foreseen } from './foreseen'
import { PolicyFields } from './policy-fields'
import { ScopeFields } from './scope-sample'
import { SilenceFields } from './silence-fields'

export type Draft = {
  /** Unset: a new one. */
  id?: string
  version?: number
  name: string
  instructions: string
  filter: Record<string, string>
  steps: StepValue[]
  /** A day. */
  due: string
  manager: string
  policy: CampaignPolicy
  /** Addresses. */
  seconds: string[]
  accountable: string
}
type Props = {
  draft: Draft
  scopes: Record<string, string>
  sample: ScopeSample | { refused: string }
  foreseen?: ForeseenReviewers
  people: { name: string; address: string }[]
}

function Part({ n, title, children }: { n: number; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={`part-${n}`} className="border-t border-hairline pt-4">
      <h2 id={`part-${n}`} className="mb-3 text-section">
        {n}. {title}
      </h2>
      <div className="flex max-w-160 flex-col gap-4">{children}</div>
    </section>
  )
}

export function DraftForm({ draft, scopes, sample, foreseen, people }: Props) {
  return (
    <ActionForm action={saveDraft} label="Campaign" className="flex flex-col gap-6">
      <DirectoryList people={people} />
      {draft.id && <input type="hidden" name="id" value={draft.id} />}
      {draft.version !== undefined && <input type="hidden" name="version" value={draft.version} />}
      <Part n={1} title="What it is called">
        <TextField
          name="name"
          label="Name"
          required
          maxLength={200}
          defaultValue={draft.name}
          autoComplete="off"
        />
        <TextArea
          name="instructions"
          label="Instructions for reviewers"
          rows={4}
          maxLength={5000}
          defaultValue={draft.instructions}
        />
      </Part>
      <Part n={2} title="What it is about">
        <ScopeFields filter={draft.filter} scopes={scopes} sample={sample} draft={draft.id} />
      </Part>
      <Part n={3} title="Who is asked">
        <p className="text-muted">
          For each identity the first of these that there is. Owners and teams count where the directory knows
          them and says that they are there.
        </p>
        <ChainFields steps={draft.steps} />
        <Foreseen initial={foreseen} />
      </Part>
      <Part n={4} title="Until when, and how">
        <TextField
          name="dueAt"
          type="date"
          label="Due"
          hint="The end of that day, in UTC."
          required
          defaultValue={draft.due}
        />
        <PersonField
          name="manager"
          label="Who manages it"
          hint="Items come back to them, and they sign the campaign off. Empty: you. An address of the directory."
          defaultValue={draft.manager}
        />
        <PolicyFields policy={draft.policy} seconds={draft.seconds} />
      </Part>
      <Part n={5} title="What happens with silence">
        <SilenceFields reminders={remindersOf(draft.policy)} accountable={draft.accountable} />
        <div>
          <Submit busy="Saving…">{draft.id ? 'Save the draft' : 'Save as a draft'}</Submit>
        </div>
      </Part>
    </ActionForm>
  )
}
