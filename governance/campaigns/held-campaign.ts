// What every change of a campaign begins with: it is there, it is in a state that allows it, and nobody changed it meanwhile.
import type { CampaignState } from '@/core/campaign'
import { RollcallError } from '@/core/errors'
import type { Tx } from '@/prisma/client'
import type { Campaign } from '@/prisma/generated/client'

/** Held until the transaction ends, so that of two changes at once the second one sees the first. */
export async function campaignToChange(tx: Tx, id: string): Promise<Campaign> {
  await tx.$queryRaw`SELECT 1 FROM campaign WHERE id = ${id}::uuid FOR UPDATE`
  return campaignThere(tx, id)
}

/** Held so that it cannot be closed meanwhile; others can decide at the same time. */
export async function runningCampaign(tx: Tx, id: string): Promise<Campaign> {
  await tx.$queryRaw`SELECT 1 FROM campaign WHERE id = ${id}::uuid FOR SHARE`
  const held = await campaignThere(tx, id)
  ensureState(held, ['running'])
  return held
}

async function campaignThere(tx: Tx, id: string): Promise<Campaign> {
  const held = await tx.campaign.findUnique({ where: { id } })
  if (!held) throw new RollcallError('not-found', 'There is no such campaign.')
  return held
}

const STATE_WORDS: Record<CampaignState, string> = {
  draft: 'It is a draft: prepare it first.',
  preparing: 'Its population is being frozen: wait until it is ready, or take it back.',
  ready: 'It is not published yet.',
  running: 'It was published: its population and its policy stay as they are.',
  closed: 'It is closed.',
  sealed: 'It is sealed: say what is to be added as an addendum.',
}

/** @throws RollcallError `conflict` that says in which state it is instead */
export function ensureState({ state }: Pick<Campaign, 'state'>, allowed: readonly CampaignState[]): void {
  const now = state as CampaignState
  if (!allowed.includes(now)) throw new RollcallError('conflict', STATE_WORDS[now])
}

/** @throws RollcallError `conflict` where somebody changed it since it was read */
export function ensureVersion(held: Pick<Campaign, 'version'>, version: number): void {
  if (held.version !== version)
    throw new RollcallError('conflict', 'Somebody changed it meanwhile. Look at it again, then change it.')
}
