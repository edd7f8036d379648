// What somebody without an account is asked: their items of one campaign, and nothing else.
import type { Metadata } from 'next'
import { reviewQueue, type ItemRow } from '@/governance/campaigns/campaign-items'
import { myReviews } from '@/governance/campaigns/my-reviews'
import { ActionForm } from '@/app/_form/action-form'
import { TextArea, TextField } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { choiceTitle, STATE_WORDS } from '@/app/_reviews/words'
import { RiskWord } from '@/app/_reviews/risk-word'
import { currentLinkActor } from '@/app/_session/link-session'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { Panel, Section } from '@/app/_ui/section'
import { StateWord } from '@/app/_ui/state-word'
import { signByLink } from './actions'
import { NotOpen } from './not-open'

export const metadata: Metadata = {
  title: 'Your review',
  referrer: 'no-referrer',
  robots: { index: false, follow: false },
}
const SHOWN = 200

function Items({ rows }: { rows: readonly ItemRow[] }) {
  return (
    <ul className="flex flex-col divide-y divide-hairline">
      {rows.map(({ id, name, scope, tier, state, decision, cause }) => (
        <li key={id} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-4 py-2">
          <Link
            href={`/link/items/${id}`}
            prefetch={false}
            className="link font-medium [overflow-wrap:anywhere]"
          >
            {name}
          </Link>
          <RiskWord tier={tier} />
          <StateWord tone={STATE_WORDS[state].tone}>
            {decision ? choiceTitle(decision.decision) : STATE_WORDS[state].title}
          </StateWord>
          <span className="text-caption text-muted">
            in {scope.name}
            {cause && `. ${cause}`}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Sign({ campaign }: { campaign: string }) {
  return (
    <ActionForm action={signByLink} label="Sign off" className="flex max-w-160 flex-col gap-3">
      <input type="hidden" name="campaign" value={campaign} />
      <TextArea
        name="statement"
        label="What you sign"
        required
        rows={2}
        maxLength={2000}
        defaultValue="I have looked at each of these, and stand by what I decided."
      />
      <TextField
        name="typedName"
        label="Your name, as the directory has it"
        required
        maxLength={200}
        autoComplete="off"
      />
      <div>
        <Submit busy="Signing…">Sign off</Submit>
      </div>
    </ActionForm>
  )
}

export default async function MyLinkPage() {
  const actor = await currentLinkActor()
  const campaign = actor?.link?.campaignId
  if (!actor || campaign === undefined) return <NotOpen />
  const [[mine], own, second] = await Promise.all([
    myReviews(actor),
    reviewQueue(actor, campaign, { size: SHOWN }),
    reviewQueue(actor, campaign, { second: true, size: SHOWN }),
  ])
  if (!mine) return <NotOpen />
  const rows = own.rows.filter(({ state }) => state !== 'carried')
  return (
    <div className="flex w-full max-w-4xl flex-col gap-6">
      <div>
        <h1 className="text-title">{mine.name}</h1>
        <p className="mt-1 text-muted">
          {mine.decided + mine.signed} of {mine.items} decided. Due <Moment at={mine.dueAt} full />. What is
          kept is kept under your name.
        </p>
        {mine.instructions && <p className="mt-2 text-prose">{mine.instructions}</p>}
      </div>
      {rows.length > 0 && (
        <Section id="items" title="What you are asked">
          <Panel>
            <Items rows={rows} />
          </Panel>
          {(own.next ?? '') !== '' && (
            <p className="mt-2 text-caption text-muted">More are shown once these are signed off.</p>
          )}
        </Section>
      )}
      {second.rows.length > 0 && (
        <Section id="second" title="Second looks" lead="Somebody else decides about these as well.">
          <Panel>
            <Items rows={second.rows} />
          </Panel>
        </Section>
      )}
      <Section
        id="sign"
        title="Sign off"
        lead="Once everything is decided. What is of high risk is decided by whoever has signed in: without an account, say that it is not yours."
      >
        <Sign campaign={campaign} />
      </Section>
    </div>
  )
}
