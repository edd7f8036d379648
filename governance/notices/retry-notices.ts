// What a person does with notices that were not sent: has them tried again, or withdraws them.
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import type { Tx } from '@/prisma/client'
import type { Notice } from '@/prisma/generated/client'
import { command } from '../command'
import { wakeSender } from './notify'

const CHOSEN_MAX = 1000
export const Chosen = z.strictObject({
  /** `all`: every notice that was given up. */
  notices: z.union(
    [z.array(z.guid()).min(1, 'Choose at least one notice').max(CHOSEN_MAX), z.literal('all')],
    {
      error: 'must be ids of notices, or all',
    },
  ),
})

/** Held until the transaction ends. */
async function chosen(tx: Tx, given: z.infer<typeof Chosen>['notices']): Promise<Notice[]> {
  if (given === 'all') {
    await tx.$queryRaw`SELECT 1 FROM notice WHERE state = 'dead' ORDER BY id FOR UPDATE`
    return tx.notice.findMany({ where: { state: 'dead' } })
  }
  await tx.$queryRaw`SELECT 1 FROM notice WHERE id = ANY(${given}::uuid[]) ORDER BY id FOR UPDATE`
  const rows = await tx.notice.findMany({ where: { id: { in: given } } })
  const missing = given.filter((id) => !rows.some((row) => row.id === id))
  if (missing.length)
    throw new RollcallError(
      'not-found',
      'There is no such notice, or no longer.',
      missing.map((id) => ({ path: id, message: 'There is no such notice.' })),
    )
  return rows
}

/** All or none. @throws RollcallError `conflict` with one issue for each that cannot be */
function ensureEach(rows: readonly Notice[], whyNot: (row: Notice) => string | undefined): void {
  const issues = rows.flatMap((row) => {
    const message = whyNot(row)
    return message === undefined ? [] : [{ path: row.id, message }]
  })
  if (!issues.length) return
  const words =
    issues.length === 1
      ? (issues[0]?.message ?? '')
      : `${issues.length} of them cannot be. Nothing was changed.`
  throw new RollcallError('conflict', words, issues)
}

/** @throws RollcallError `conflict` where one was not given up */
export const retryNotices = command({
  name: 'notice.retry',
  permission: 'setting:manage',
  input: Chosen,
  async run({ input, tx, now }) {
    const rows = await chosen(tx, input.notices)
    ensureEach(rows, ({ state, email, channelId }) => {
      if (state === 'sent') return 'It was sent already.'
      if (state === 'waiting') return 'It waits to be sent already.'
      return email === null && channelId === null ? 'The channel it was for was removed.' : undefined
    })
    const ids = rows.map(({ id }) => id)
    await tx.notice.updateMany({
      where: { id: { in: ids } },
      data: { state: 'waiting', attempts: 0, error: null, endedAt: null, notBefore: now },
    })
    if (ids.length) await wakeSender(tx)
    return { ids }
  },
  activity: (_, { ids }) => ({
    ...(ids.length === 1 && { object: `notice:${ids[0]}` }),
    detail: { notices: ids.length },
  }),
})

/** @throws RollcallError `conflict` where one was sent, or is being sent */
export const withdrawNotices = command({
  name: 'notice.withdraw',
  permission: 'setting:manage',
  input: Chosen,
  async run({ input, tx, now }) {
    const rows = await chosen(tx, input.notices)
    ensureEach(rows, ({ state, claimedUntil }) => {
      if (state === 'sent') return 'It was sent already.'
      if (state === 'withdrawn') return 'It was withdrawn already.'
      return state === 'waiting' && claimedUntil && claimedUntil > now
        ? 'It is being sent at this moment.'
        : undefined
    })
    const ids = rows.map(({ id }) => id)
    await tx.notice.updateMany({
      where: { id: { in: ids } },
      data: { state: 'withdrawn', endedAt: now, claimedUntil: null },
    })
    return { ids }
  },
  activity: (_, { ids }) => ({
    ...(ids.length === 1 && { object: `notice:${ids[0]}` }),
    detail: { notices: ids.length },
  }),
})
