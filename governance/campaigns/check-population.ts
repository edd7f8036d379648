// Takes the hash of a population again from its rows, card by card, so that anybody can see that they are as they were frozen.
import type { Actor } from '@/core/permissions'
import { db } from '@/prisma/client'
import { authorise } from '../authorise'
import { mustFindCampaign } from './campaign-view'
import { cardHash, PopulationHash } from './population-hash'
import { populationRows } from './prepare'

const WRONG_MAX = 20
const BATCH = 500

export type PopulationCheck = {
  recorded: string | null
  computed: string
  rows: number
  /** Whether the hash, the number of rows and every card are as recorded. */
  holds: boolean
  /** Identities whose card is not the one that was frozen. */
  wrong: string[]
}

/** @throws RollcallError `not-found` */
export async function checkPopulation(actor: Actor | null, id: string): Promise<PopulationCheck> {
  authorise(actor, 'campaign:read')
  const campaign = await mustFindCampaign(id)
  const hash = new PopulationHash()
  const wrong: string[] = []
  const rows = populationRows(
    (after, limit) =>
      db.campaignItem.findMany({
        where: { campaignId: id, control: false, ...(after !== null && { identityId: { gt: after } }) },
        orderBy: { identityId: 'asc' },
        select: { identityId: true, cardHash: true, card: true },
        take: limit,
      }),
    BATCH,
  )
  for await (const { identityId, cardHash: recorded, card } of rows) {
    const computed = cardHash(card)
    if (computed !== recorded && wrong.length < WRONG_MAX) wrong.push(identityId)
    hash.add({ identityId, cardHash: computed })
  }
  const computed = hash.digest()
  const { populationHash: recorded, rows: count } = campaign
  return {
    recorded,
    computed,
    rows: hash.rows,
    holds: computed === recorded && hash.rows === count && !wrong.length,
    wrong,
  }
}
