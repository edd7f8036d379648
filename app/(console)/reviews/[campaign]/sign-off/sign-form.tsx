// The statement, the typed name, and the password again.
import type { Actor } from '@/core/permissions'
import type { ReviewedCampaign } from '@/governance/campaigns/reviewing/as-reviewer'
import { ActionForm } from '@/app/_form/action-form'
import { TextArea, TextField } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { PasswordAgain } from '@/app/_session/password-again'
import { Section } from '@/app/_ui/section'
import { sign } from './actions'

type Props = {
  actor: Actor
  campaign: ReviewedCampaign
  items: number
  scope: string | undefined
  part: string | undefined
}

export function SignForm({ actor, campaign, items, scope, part }: Props) {
  const statement = `I have looked at ${items === 1 ? 'this identity' : `each of these ${items.toLocaleString('en')} identities`}${part ? ` in ${part}` : ''} as shown to me in “${campaign.name}”, and I answer for what I decided.`
  return (
    <Section id="sign" title="Your name to it">
      <ActionForm action={sign} label="Sign off" className="flex max-w-160 flex-col gap-3">
        <input type="hidden" name="campaign" value={campaign.id} />
        <input type="hidden" name="scope" value={scope ?? ''} />
        <TextArea
          name="statement"
          label="What you sign"
          required
          rows={3}
          maxLength={2000}
          defaultValue={statement}
        />
        <TextField
          name="typedName"
          label="Your name, typed"
          hint="As the directory has it."
          required
          maxLength={200}
          autoComplete="off"
        />
        <PasswordAgain name={actor.name} email={actor.email} />
        <div>
          <Submit busy="Signing…">Sign off</Submit>
        </div>
      </ActionForm>
    </Section>
  )
}
