// What a campaign was made of: instructions, filter, who is asked, and the policy of its decisions.
import { remindersOf, type Reminders } from '@/governance/campaigns/campaign-input'
import type { CampaignView } from '@/governance/campaigns/campaign-view'
import { Moment } from '@/app/_ui/moment'
import { Section } from '@/app/_ui/section'
import { FilterWords } from '../scope-sample'
import { Facts } from './facts'

type Named = Record<string, { name: string }>

function chainWords({ chain }: CampaignView, named: Named): string {
  const steps = chain.map((step) =>
    step.by === 'owner'
      ? 'the owner'
      : step.by === 'team-lead'
        ? 'the lead of the team'
        : (named[step.person]?.name ?? step.person),
  )
  return steps.join(', else ')
}

function remindersWords(
  { before, onTheDay, managerAfter, campaignAfter, exceptionAfter, accountable, zone }: Reminders,
  named: Named,
): string {
  const days = [
    ...(before.length
      ? [`${before.join(', ')} ${before.at(-1) === 1 ? 'day' : 'days'} before it is due`]
      : []),
    ...(onTheDay ? ['on the day itself'] : []),
  ]
  const told = days.length ? `Reviewers are reminded ${days.join(' and ')}` : 'Nobody is reminded'
  const who = accountable ? (named[accountable]?.name ?? accountable) : 'whoever manages it'
  return `${told}; their managers are told ${managerAfter} and the campaign’s ${campaignAfter} days after; after ${exceptionAfter} days what is open is an exception that ${who} answers for (${zone}).`
}

function policyWords({ policy }: CampaignView, named: Named): string[] {
  const { carry, carryDays, secondLookShare, secondReviewers, keepDays, reasonAlways, control } = policy
  const seconds = secondReviewers.map((id) => named[id]?.name ?? id).join(', ')
  return [
    `Second looks: ${Math.round(secondLookShare * 100)} % at random, and all that is equivalent to an administrator${seconds ? `; where no lead or manager can, ${seconds}` : ''}.`,
    `What is of high risk is kept for ${keepDays} days at most.`,
    reasonAlways
      ? 'Every decision needs a reason.'
      : 'High risk, and what goes against a finding, needs a reason.',
    carry
      ? `A person’s keep of at most ${carryDays} days ago is carried where it is low in risk and unchanged.`
      : 'Nothing is carried by policy: a person decides about each.',
    remindersWords(remindersOf(policy), named),
    control ? `Decoys: ${control.items}. Reviewers are told: ${control.announced}` : 'No decoys.',
  ]
}

type Props = { campaign: CampaignView; scopes: Record<string, string>; named: Named }
export function Plan({ campaign, scopes, named }: Props) {
  const { instructions, filter, manager, dueAt, createdBy, createdAt, extensions } = campaign
  return (
    <Section id="plan" title="What it is made of">
      <Facts
        rows={[
          ['Asks about', <FilterWords key="filter" filter={filter} scopes={scopes} />],
          ['Asks', chainWords(campaign, named)],
          ['Due', <Moment key="due" at={dueAt} full />],
          ['Manager', manager.name],
          [
            'Instructions',
            instructions ? (
              <span key="words" className="whitespace-pre-line">
                {instructions}
              </span>
            ) : (
              <span key="none" className="text-muted">
                None
              </span>
            ),
          ],
          [
            'Policy',
            <ul key="policy" className="flex flex-col gap-0.5">
              {policyWords(campaign, named).map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>,
          ],
          [
            'Made',
            <span key="made">
              by {createdBy} <Moment at={createdAt} full />
            </span>,
          ],
          ...extensions.map((one): [string, React.ReactNode] => [
            'Extended',
            <span key={one.at}>
              by {one.by} <Moment at={one.at} />, to <Moment at={one.to} full />: {one.reason}
            </span>,
          ]),
        ]}
      />
    </Section>
  )
}
