// Closes a campaign: for what is open, by risk, somebody is named or the next campaign asks again.
import { TIERS } from '@/core/campaign'
import type { CampaignView } from '@/governance/campaigns/campaign-view'
import { ActionForm } from '@/app/_form/action-form'
import { DirectoryList } from '@/app/_form/person-field'
import { Submit } from '@/app/_form/submit'
import { TIER_WORDS } from '@/app/_reviews/words'
import { Link } from '@/app/_ui/link'
import { Notice } from '@/app/_ui/notice'
import { itemsOf } from '../../words'
import { close } from './actions'
import { ChoicePart } from './choice-part'

type Props = {
  campaign: CampaignView
  open: NonNullable<CampaignView['open']>
  people: { name: string; address: string }[]
}

export function CloseForm({ campaign: { id, version, dueAt }, open, people }: Props) {
  const tiers = TIERS.filter((tier) => open[tier] > 0)
  const before = new Date(dueAt) > new Date()
  const isDone = !tiers.length && !open.second && !open.differing
  return (
    <ActionForm action={close} label="Close the campaign" className="flex max-w-160 flex-col gap-4">
      <DirectoryList people={people} />
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="version" value={version} />
      {before && !isDone && (
        <Notice tone="warn" title="It is not due yet">
          Reviewers still have time to decide.
        </Notice>
      )}
      {open.differing > 0 && (
        <Notice
          tone="danger"
          title={`About ${open.differing.toLocaleString('en')} two people differ, and nobody has settled it`}
        >
          <Link href={`/campaigns/${id}/quality#differences`} className="link">
            Settle it first
          </Link>
        </Notice>
      )}
      {tiers.map((tier) => (
        <ChoicePart
          key={tier}
          name={`choices.${tier}`}
          title={`${TIER_WORDS[tier]} risk: ${itemsOf(open[tier])} open`}
          hint="Not decided, or decided and not signed. Keeping or removing them without a person’s decision is no choice."
        />
      ))}
      {open.second > 0 && (
        <ChoicePart
          name="second"
          title={`${itemsOf(open.second)} kept by one person alone`}
          hint="They are equivalent to an administrator and lack the second look. Somebody has to answer for them."
          named
        />
      )}
      {isDone && <p>Nothing is open: everything is decided and signed.</p>}
      <div className="flex flex-wrap items-center gap-3">
        <Submit busy="Closing…">Close the campaign</Submit>
        <p className="text-caption text-muted">Nobody decides in it any more. This cannot be undone.</p>
      </div>
    </ActionForm>
  )
}
