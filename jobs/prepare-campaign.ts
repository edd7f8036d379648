// Freezes the population of a campaign. Safe to repeat and to cut short: it goes on where it was.
import type { JobPayload } from '@/core/jobs'
import { prepareCampaign as prepare, preparingFailed } from '@/governance/campaigns/prepare'
import { databaseTrouble, reconnecting } from './database-trouble'
import type { JobAt } from './job'

export async function prepareCampaign(
  { campaignId }: JobPayload<'prepare-campaign'>,
  at: JobAt,
): Promise<void> {
  const signal = AbortSignal.any([at.signal, at.stopping])
  try {
    await prepare(campaignId, signal)
  } catch (error) {
    if (at.lastAttempt && !signal.aborted)
      await reconnecting(() =>
        preparingFailed(campaignId, databaseTrouble(error) ?? 'It could not be prepared. Try again.'),
      )
    throw error
  }
}
