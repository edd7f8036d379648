// What its manager can do with a campaign now. What a state does not allow is not offered.
import type { CampaignView } from '@/governance/campaigns/campaign-view'
import { ActionForm } from '@/app/_form/action-form'
import { TextArea, TextField } from '@/app/_form/field'
import type { FormAction } from '@/app/_form/form-state'
import { Submit } from '@/app/_form/submit'
import { ButtonLink, type ButtonLook } from '@/app/_ui/button'
import { absolute } from '@/app/_ui/moment'
import { count } from '@/app/_inventory/words'
import { discard, extend, prepare, publish, redraft } from '../actions'
import { itemsOf } from '../words'
import { Confirm } from './confirm'

type Props = { campaign: CampaignView }
const fieldsOf = ({ id, version }: CampaignView) => ({ id, version: String(version) })

type StepProps = Props & { action: FormAction; title: string; busy: string; look?: ButtonLook }
function Step({ campaign, action, title, busy, look }: StepProps) {
  return (
    <ActionForm action={action} label={title} quiet>
      {Object.entries(fieldsOf(campaign)).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Submit look={look} busy={busy}>
        {title}
      </Submit>
    </ActionForm>
  )
}

function Publish({ campaign }: Props) {
  const { reviewers, splits, rows = 0, dueAt, policy } = campaign
  const asked = reviewers.filter(({ person }) => person !== null)
  const items = asked.reduce((sum, row) => sum + row.items, 0)
  return (
    <Confirm
      name="publish"
      open={{ title: 'Publish…', look: 'primary' }}
      title="Publish this campaign?"
      action={publish}
      fields={fieldsOf(campaign)}
      yes={{ title: 'Publish', busy: 'Publishing…' }}
      no="Not yet"
    >
      <ul className="flex list-disc flex-col gap-1 pl-4">
        <li>
          {count(asked.length, 'person', 'people')} {asked.length === 1 ? 'is' : 'are'} asked about{' '}
          {itemsOf(items)} from now on, until {absolute(dueAt)}.
        </li>
        {rows > items && (
          <li>
            {itemsOf(rows - items)} {rows - items === 1 ? 'is' : 'are'} carried by policy from what a person
            kept before.
          </li>
        )}
        <li>Who is in it, the evidence, and the policy cannot be changed any more, by anybody.</li>
        {splits.map(({ person, items: many }) => (
          <li key={person.id}>
            {person.name} has {itemsOf(many)}: more than can be looked at with care.
          </li>
        ))}
        {policy.control && <li>Reviewers are told that there are decoys.</li>}
        <li>Nothing is switched off or deleted by Rollcall, whatever is decided.</li>
      </ul>
    </Confirm>
  )
}

function Discard({ campaign }: Props) {
  return (
    <Confirm
      name="discard"
      open={{ title: 'Discard…', look: 'quiet' }}
      title={`Discard ${campaign.name}?`}
      action={discard}
      fields={{ id: campaign.id }}
      yes={{ title: 'Discard', busy: 'Discarding…', look: 'danger' }}
      no="Keep it"
    >
      <p className="text-muted">
        The draft and what was frozen for it are thrown away. Nobody was asked. This cannot be undone.
      </p>
    </Confirm>
  )
}

function Extend({ campaign }: Props) {
  return (
    <Confirm
      name="extend"
      open={{ title: 'Extend…', look: 'plain' }}
      title="Give reviewers more time?"
      action={extend}
      fields={fieldsOf(campaign)}
      yes={{ title: 'Extend', busy: 'Saving…' }}
      no="Leave it as it is"
    >
      <p className="text-muted">
        It is due {absolute(campaign.dueAt)}. Why it moved stays with the campaign.
      </p>
      <TextField name="dueAt" type="date" label="Due" hint="The end of that day, in UTC." required />
      <TextArea name="reason" label="Reason" required maxLength={2000} />
    </Confirm>
  )
}

export function Course({ campaign }: Props) {
  const { id, state, blockers } = campaign
  const can = (...states: CampaignView['state'][]) => states.includes(state)
  return (
    <>
      {can('draft', 'ready') && <ButtonLink href={`/campaigns/${id}/edit`}>Change</ButtonLink>}
      {can('ready') && <ButtonLink href={`/campaigns/${id}/items`}>Preview as a reviewer</ButtonLink>}
      {can('preparing', 'ready') && (
        <Step {...{ campaign, action: redraft }} title="Back to draft" busy="Taking it back…" look="plain" />
      )}
      {can('draft', 'preparing', 'ready') && <Discard campaign={campaign} />}
      {can('draft') && <Step {...{ campaign, action: prepare }} title="Prepare" busy="Starting…" />}
      {can('ready') && (
        <Step {...{ campaign, action: prepare }} title="Prepare anew" busy="Starting…" look="plain" />
      )}
      {can('ready') && !blockers.length && <Publish campaign={campaign} />}
      {can('running') && <Extend campaign={campaign} />}
      {can('running') && <ButtonLink href={`/campaigns/${id}/close`}>Close…</ButtonLink>}
      {can('closed') && (
        <ButtonLink href={`/campaigns/${id}/close`} look="primary">
          Sign it off…
        </ButtonLink>
      )}
    </>
  )
}
