// Signs the whole campaign off: a statement, the name typed, and the password again.
import type { CampaignView } from '@/governance/campaigns/campaign-view'
import { ActionForm } from '@/app/_form/action-form'
import { TextArea, TextField } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { PasswordAgain } from '@/app/_session/password-again'
import { count } from '@/app/_inventory/words'
import { itemsOf } from '../../words'
import { seal } from './actions'

const statementOf = ({ name, rows = 0, signOffs, funnel }: CampaignView): string => {
  const settled = funnel.excepted + funnel.moved
  return `I have managed the campaign “${name}” about ${itemsOf(rows)}. ${count(signOffs.length, 'sign-off')} of its reviewers stand in it${settled ? `, and ${itemsOf(settled)} that nobody had signed were settled by name` : ''}. As far as I know its record is complete.`
}

type Props = { campaign: CampaignView; actor: { name: string; email?: string | undefined } }
export function SealForm({ campaign, actor }: Props) {
  return (
    <ActionForm action={seal} label="Sign the campaign off" className="flex max-w-160 flex-col gap-4">
      <input type="hidden" name="id" value={campaign.id} />
      <TextArea
        name="statement"
        label="What you sign"
        hint="It stays with the campaign, word for word."
        rows={5}
        required
        maxLength={2000}
        defaultValue={statementOf(campaign)}
      />
      <TextField
        name="typedName"
        label="Your name"
        hint={`As the directory has it. Whoever manages it signs: ${campaign.manager.name}.`}
        required
        maxLength={200}
        autoComplete="off"
      />
      <PasswordAgain name={actor.name} email={actor.email} />
      <div className="flex flex-wrap items-center gap-3">
        <Submit busy="Signing…">Sign and seal</Submit>
        <p className="text-caption text-muted">
          After that nothing of it changes; only addenda can be added.
        </p>
      </div>
    </ActionForm>
  )
}
