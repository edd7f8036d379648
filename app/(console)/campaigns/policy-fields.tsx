// What holds for all decisions of a campaign.
import { KEEP_DAYS_MAX } from '@/core/campaign'
import type { CampaignPolicy } from '@/governance/campaigns/campaign-input'
import { CheckField, TextArea, TextField } from '@/app/_form/field'

type Props = { policy: CampaignPolicy; seconds: string[] }

function Decoys({ control }: Pick<CampaignPolicy, 'control'>) {
  return (
    <details className="rounded-lg border border-hairline px-3 py-2" open={control !== null}>
      <summary className="cursor-pointer font-medium select-none">Decoys</summary>
      <div className="mt-2 flex flex-col gap-3">
        <p className="text-caption text-muted">
          Identities that are gone, put among the others to learn how attentively is looked. They are in no
          population and no figure. Reviewers are told that there are some.
        </p>
        <TextField
          name="policy.control.items"
          type="number"
          min={1}
          max={10}
          label="How many decoys"
          hint="Empty: none."
          defaultValue={control ? String(control.items) : ''}
        />
        <TextArea
          name="policy.control.announced"
          label="What reviewers are told about them"
          hint="At least 20 letters."
          maxLength={1000}
          defaultValue={control?.announced}
        />
      </div>
    </details>
  )
}

export function PolicyFields({ policy, seconds }: Props) {
  const { control } = policy
  return (
    <>
      <TextField
        name="policy.secondLookShare"
        type="number"
        min={0}
        max={50}
        label="Second looks, percent of items"
        hint="Drawn at random; a second person decides without being told what the first one did. Whatever is equivalent to an administrator always has one."
        defaultValue={String(Math.round(policy.secondLookShare * 100))}
        required
      />
      <TextArea
        name="policy.secondReviewers"
        label="Who gives second looks where no lead and no manager can"
        hint="Addresses of the directory, one a line."
        rows={2}
        defaultValue={seconds.join('\n')}
      />
      <TextField
        name="policy.keepDays"
        type="number"
        min={1}
        max={KEEP_DAYS_MAX}
        label="Most days for which what is of high risk is kept"
        hint={`At most ${KEEP_DAYS_MAX}. Then it is looked at again.`}
        defaultValue={String(policy.keepDays)}
        required
      />
      <CheckField
        name="policy.reasonAlways"
        label="Every decision needs a reason"
        hint="Otherwise only what is of high risk, or goes against an open finding."
        defaultChecked={policy.reasonAlways}
      />
      <CheckField
        name="policy.carry"
        label="Carry what a person kept before, where it is low in risk and unchanged"
        hint="Labelled as carried by policy, in no figure about people; of twenty, one is asked about all the same."
        defaultChecked={policy.carry}
      />
      <TextField
        name="policy.carryDays"
        type="number"
        min={1}
        max={400}
        label="Oldest decision that is carried, in days"
        defaultValue={String(policy.carryDays)}
        required
      />
      <Decoys control={control} />
    </>
  )
}
