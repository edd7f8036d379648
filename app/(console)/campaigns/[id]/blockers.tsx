// What keeps a campaign from being published, in numbers, each with what to do about it.
import type { Blocker } from '@/governance/campaigns/blockers'
import type { CampaignView } from '@/governance/campaigns/campaign-view'
import { ActionForm } from '@/app/_form/action-form'
import { Submit } from '@/app/_form/submit'
import { ButtonLink } from '@/app/_ui/button'
import { Link } from '@/app/_ui/link'
import { Section } from '@/app/_ui/section'
import { StateWord } from '@/app/_ui/state-word'
import { handTo } from '../actions'
import { HandFields } from './hand-fields'

function Name({ id, as, label }: { id: string; as: 'reviewer' | 'second'; label: string }) {
  return (
    <ActionForm action={handTo} label={label} className="mt-2 flex flex-col gap-3">
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="without" value="true" />
      <input type="hidden" name="as" value={as} />
      <HandFields />
      <div>
        <Submit look="plain" busy="Naming…">
          {label}
        </Submit>
      </div>
    </ActionForm>
  )
}

function Remedy({ blocker, id, mayManage }: { blocker: Blocker; id: string; mayManage: boolean }) {
  if (!mayManage) return null
  if (blocker.id === 'no-reviewer')
    return (
      <>
        <Link href={`/campaigns/${id}/items?reviewer=none`} className="link">
          See them
        </Link>
        <Name id={id} as="reviewer" label="Name a reviewer for them" />
      </>
    )
  if (blocker.id === 'no-second') return <Name id={id} as="second" label="Name a second reviewer for them" />
  if (blocker.id === 'no-address')
    return (
      <Link href={`/campaigns/${id}/items?reviewer=unreached`} className="link">
        See them, and hand them over
      </Link>
    )
  const words = {
    empty: 'Change the filter',
    due: 'Change the due date',
    manager: 'Name another manager',
  }[blocker.id]
  return (
    <div className="mt-1">
      <ButtonLink href={`/campaigns/${id}/edit`}>{words}</ButtonLink>
    </div>
  )
}

export function Blockers({ campaign, mayManage }: { campaign: CampaignView; mayManage: boolean }) {
  if (!campaign.blockers.length) return null
  return (
    <Section id="blockers" title="Before it can be published">
      <ul className="flex flex-col gap-3">
        {campaign.blockers.map((blocker) => (
          <li key={blocker.id} className="rounded-lg border border-hairline px-3 py-2.5">
            <p className="flex items-start gap-2">
              <StateWord tone="danger">
                <span className="whitespace-normal">{blocker.words}</span>
              </StateWord>
            </p>
            <Remedy blocker={blocker} id={campaign.id} mayManage={mayManage} />
          </li>
        ))}
      </ul>
    </Section>
  )
}
