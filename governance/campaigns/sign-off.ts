// Puts a name to what was decided: from then on it is locked, and corrections stand beside it.
import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import type { Tx } from '@/prisma/client'
import type { Person } from '@/prisma/generated/client'
import { Prisma } from '@/prisma/generated/client'
import { command, invalid } from '../command'
import { campaignToChange, ensureState, runningCampaign } from './held-campaign'
import { mustBePerson } from './reviewer'
import { tellOver, tellSigned } from './telling/tell-changes'

export const Signing = {
  /** What is signed, as it was shown. */
  statement: z.string().trim().min(20, 'Say what you sign').max(2000),
  /** The name of whoever signs, typed. */
  typedName: z.string().trim().min(1, 'Type your name').max(200),
}

/**
 * Whoever calls has asked for the password or passkey again: a token cannot be asked for one.
 * @throws RollcallError `forbidden` for tokens, `invalid` where the name is another
 */
export function ensureSigner(actor: Actor, { name }: Person, typedName: string): void {
  // A link is opened once and for a short while: whoever comes by it has just shown whose mail they read.
  if (actor.kind !== 'user' && actor.kind !== 'link')
    throw new RollcallError(
      'forbidden',
      'A sign-off is given in the browser, by somebody who has signed in again for it.',
    )
  const plain = (text: string) => text.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase()
  if (plain(typedName) !== plain(name))
    throw invalid([{ path: 'typedName', message: `Type your name as the directory has it: ${name}.` }])
}

type Signed = { id: string; decisionId: string; decision: string; cardHash: string; risky?: boolean }

/** SHA-256 over `<item id> <decision id> <decision> <hash of the card>` and a line feed for each, in the order of item ids. */
export function signedHash(rows: readonly Signed[]): string {
  const hash = createHash('sha256')
  for (const row of [...rows].sort((a, b) => (a.id < b.id ? -1 : 1)))
    hash.update(`${row.id} ${row.decisionId} ${row.decision} ${row.cardHash}\n`)
  return hash.digest('hex')
}

async function ensureComplete(tx: Tx, mine: Prisma.Sql): Promise<void> {
  const [open] = await tx.$queryRaw<
    { undecided: number; unclear: number; bare: number; decided: number }[]
  >(Prisma.sql`
    SELECT count(*) FILTER (WHERE i.state = 'undecided')::int AS undecided, count(*) FILTER (WHERE i.state = 'unclear')::int AS unclear,
      count(*) FILTER (WHERE i.state = 'decided')::int AS decided,
      count(*) FILTER (WHERE i.state = 'decided' AND i.tier = 0 AND d.decision = 'keep' AND (d.keep_until IS NULL OR d.reason IS NULL))::int AS bare
    FROM campaign_item i LEFT JOIN decision d ON d.id = i.decision_id WHERE ${mine}`)
  const { undecided = 0, unclear = 0, bare = 0, decided = 0 } = open ?? {}
  const words = [
    ...(undecided ? [`${undecided} of your items ${undecided === 1 ? 'is' : 'are'} undecided.`] : []),
    ...(unclear
      ? [`Of ${unclear} you have said that you cannot tell: that is open until somebody can.`]
      : []),
    ...(bare
      ? [`${bare} of high risk ${bare === 1 ? 'is' : 'are'} kept without a reason or a last day.`]
      : []),
    ...(decided + undecided + unclear + bare ? [] : ['There is nothing of yours to sign.']),
  ]
  if (words.length) throw new RollcallError('conflict', words.join(' '))
}

export const signOff = command({
  name: 'review.sign-off',
  permission: 'review:decide',
  /** In parts: only what is in one scope. */
  input: z.strictObject({ id: z.guid(), ...Signing, scope: z.guid().optional() }),
  timeoutMs: 60_000,
  async run({ actor, input: { id, statement, typedName, scope }, tx, now }) {
    const person = await mustBePerson(actor, tx, id)
    ensureSigner(actor, person, typedName)
    const campaign = await runningCampaign(tx, id)
    const mine = Prisma.sql`i.campaign_id = ${id}::uuid AND i.reviewer_id = ${person.id}::uuid
      ${scope ? Prisma.sql`AND i.scope_id = ${scope}::uuid` : Prisma.empty}`
    await tx.$queryRaw(Prisma.sql`SELECT 1 FROM campaign_item i WHERE ${mine} ORDER BY i.id FOR UPDATE`)
    await ensureComplete(tx, mine)
    const rows = await tx.$queryRaw<Signed[]>(Prisma.sql`
      SELECT i.id, d.id AS "decisionId", d.decision, i.card_hash AS "cardHash", i.tier = 0 OR i.administrator AS risky FROM campaign_item i JOIN decision d ON d.id = i.decision_id
      WHERE ${mine} AND i.state = 'decided'`)
    if (actor.kind === 'link' && rows.some(({ risky }) => risky))
      throw new RollcallError(
        'forbidden',
        'Some of it is of high risk: sign in to sign that off, or sign off the other scopes in parts.',
      )
    const counts: Record<string, number> = {}
    for (const { decision } of rows) counts[decision] = (counts[decision] ?? 0) + 1
    const signId = randomUUID()
    const hash = signedHash(rows)
    await tx.signOff.create({
      data: {
        id: signId,
        campaignId: id,
        kind: 'reviewer',
        personId: person.id,
        name: person.name,
        statement,
        counts,
        items: rows.length,
        hash,
        byLink: actor.kind === 'link',
        at: now,
      },
    })
    const ids = rows.map((row) => row.id)
    await tx.campaignItem.updateMany({
      where: { id: { in: ids } },
      data: { state: 'signed', signOffId: signId, version: { increment: 1 } },
    })
    await tx.remediation.updateMany({
      where: { itemId: { in: ids }, droppedAt: null, signedAt: null },
      data: { signedAt: now },
    })
    await tellSigned(tx, campaign, { person, signOff: signId, items: rows.length }, now)
    return { campaignId: id, signOff: signId, items: rows.length, counts, hash }
  },
  activity: (_, { campaignId, items, hash }) => ({
    object: `campaign:${campaignId}`,
    detail: { items, hash },
  }),
})

/** After the close: the manager signs the whole campaign, which is never changed again. */
export const sealCampaign = command({
  name: 'campaign.seal',
  permission: 'campaign:manage',
  input: z.strictObject({ id: z.guid(), ...Signing }),
  timeoutMs: 120_000,
  async run({ actor, input: { id, statement, typedName }, tx, now }) {
    const person = await mustBePerson(actor, tx)
    ensureSigner(actor, person, typedName)
    const campaign = await campaignToChange(tx, id)
    ensureState(campaign, ['closed'])
    if (campaign.managerId !== person.id)
      throw new RollcallError('forbidden', 'Only whoever manages the campaign signs it off.')
    const states = await tx.$queryRaw<{ state: string; count: number }[]>`
      SELECT state, count(*)::int AS count FROM campaign_item WHERE campaign_id = ${id}::uuid AND NOT control GROUP BY 1 ORDER BY 1`
    const parts = await tx.signOff.findMany({ where: { campaignId: id }, orderBy: { id: 'asc' } })
    const told = [
      campaign.populationHash,
      ...parts.map(({ id: part, hash }) => `${part} ${hash}`),
      ...states.map(({ state, count }) => `${state} ${count}`),
    ]
    const hash = createHash('sha256')
      .update(`${told.join('\n')}\n`)
      .digest('hex')
    const counts = Object.fromEntries(states.map(({ state, count }) => [state, count]))
    const signId = randomUUID()
    await tx.signOff.create({
      data: {
        id: signId,
        campaignId: id,
        kind: 'campaign',
        personId: person.id,
        name: person.name,
        statement,
        counts,
        items: campaign.rows ?? 0,
        hash,
        at: now,
      },
    })
    await tellOver(tx, id, 'The campaign is sealed.', now)
    await tx.campaign.update({
      where: { id },
      data: { state: 'sealed', sealedAt: now, changedAt: now, version: { increment: 1 } },
    })
    return { id, signOff: signId, hash }
  },
  activity: (_, { id, hash }) => ({ object: `campaign:${id}`, detail: { hash } }),
})
