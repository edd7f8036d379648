// `campaigns`: lists them, and shows one with how far it is. Deciding and signing are done by people, in the browser.
import { Command } from 'commander'
import { campaignView } from '@/governance/campaigns/campaign-view'
import { checkPopulation } from '@/governance/campaigns/check-population'
import { CampaignFilter, listCampaigns, type CampaignRow } from '@/governance/campaigns/list-campaigns'
import { campaignQuality } from '@/governance/campaigns/quality'
import { cliCommand } from '../command'
import { EXIT } from '../exit-codes'
import { filterOf, withFilter } from '../filter-options'
import { minute } from '../words'

const HEAD = ['STATE', 'NAME', 'ITEMS', 'DUE', 'MANAGER', 'ID']
const cells = (row: CampaignRow): string[] => [
  row.state,
  row.name,
  row.rows === undefined ? '-' : String(row.rows),
  minute(row.dueAt),
  row.manager.name,
  row.id,
]

const list = cliCommand(
  'list',
  'list campaigns, newest first',
  async ({ actor, out, options }) => {
    const { filter, limit } = filterOf(CampaignFilter, options)
    const { rows, next } = await listCampaigns(actor, { ...filter, size: Math.min(limit, 100) })
    if (out.json) return out.answer('campaigns/1', { rows, next })
    await out.table(HEAD, rows.map(cells))
    await out.line(next ? `More: --after ${next}` : `${rows.length} shown, and no more.`)
  },
  withFilter(CampaignFilter),
)

const percent = (share: number | null): string => (share === null ? '-' : `${Math.round(share * 100)} %`)

const show = cliCommand(
  'show',
  'show one campaign: how far it is, how attentively was decided, and whether its population is as it was frozen',
  async ({ actor, out, options }, id) => {
    const campaign = await campaignView(actor, id ?? '')
    const quality = await campaignQuality(actor, campaign.id)
    const check = options.verify === true ? await checkPopulation(actor, campaign.id) : undefined
    if (out.json) await out.answer('campaign/1', { campaign, quality, ...(check && { check }) })
    else {
      const { funnel } = campaign
      await out.line(
        `${campaign.name}: ${campaign.state}, due ${minute(campaign.dueAt)}, managed by ${campaign.manager.name}.`,
      )
      if (campaign.instant)
        await out.line(
          `${campaign.rows ?? 0} identities as of ${campaign.instant}, hash ${campaign.populationHash ?? '-'}.`,
        )
      if (campaign.failure) await out.line(`Could not be prepared: ${campaign.failure}`)
      for (const { words } of [...campaign.blockers, ...campaign.splits]) await out.line(words)
      await out.line(
        `Undecided ${funnel.undecided}, unclear ${funnel.unclear}, decided ${funnel.decided}, signed ${funnel.signed}, carried by policy ${funnel.carried}, exceptions ${funnel.excepted}, carried to the next ${funnel.moved}.`,
      )
      const { remediations: done } = funnel
      await out.line(
        `To remove or reduce: signed ${done.signed}, applied ${done.applied}, gone ${done['verified-gone']}, still there ${done['still-there']}, cannot be told ${done['cannot-verify']}.`,
      )
      await out.line(
        `By people ${quality.human}: removed or reduced ${percent(quality.removeShare)}, under 4 s ${percent(quality.fastShare)}, evidence opened ${percent(quality.openedShare)}, second looks that differ ${percent(quality.secondLooks.differingShare)}.`,
      )
      if (campaign.gaps.total) await out.line(`Not seen: ${campaign.gaps.total} looks fell short.`)
      if (check)
        await out.line(
          check.holds
            ? 'The population is as it was frozen.'
            : `The population is NOT as it was frozen: its hash is ${check.computed} now.`,
        )
    }
    return check && !check.holds ? EXIT.failure : EXIT.ok
  },
  (command) =>
    command.argument('<id>').option('--verify', 'take the hash of the population again, card by card'),
)

export const campaigns = new Command('campaigns')
  .description('campaigns of reviews')
  .addCommand(list)
  .addCommand(show)
