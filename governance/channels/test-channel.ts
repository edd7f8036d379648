// Sends a test by a channel, now, and says what came of it.
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Instant } from '@/core/fact'
import type { Outcome } from '@/core/sender'
import { env } from '@/env'
import { db } from '@/prisma/client'
import { command, followed, invalid } from '../command'
import { attemptToSend } from '../notices/attempt'
import { preferencesOf } from '../notices/read-preferences'
import { NOTICE_KINDS } from '../notices/templates/kinds'
import { writeOne } from '../notices/templates/write-out'
import { lockChannel } from './channel-input'
import { reachesPeople } from './channel-kinds'

const TIMEOUT_MS = 45_000

export const TestBody = z.strictObject({
  /** Of mail: to whom. Left out: to whoever asks. */
  to: z.email({ error: 'must be an e-mail address' }).max(254).optional(),
})
export type TestResult = { state: 'accepted' | 'failed'; words: string; at: Instant }

const begin = command({
  name: 'channel.test',
  permission: 'setting:manage',
  input: TestBody.extend({ channelId: z.guid() }),
  async run({ actor, input: { channelId, to }, tx }) {
    const channel = await lockChannel(tx, channelId)
    if (!reachesPeople(channel.kind)) return { channel }
    const own = await tx.user.findUnique({ where: { id: actor.id }, select: { email: true } })
    const address = to ?? own?.email
    if (address === undefined) throw invalid([{ path: 'to', message: 'Say to which address.' }])
    return { channel, to: address }
  },
  activity: (_, { channel: { id, name }, to }) => ({
    object: `channel:${id}`,
    detail: { name, ...(to !== undefined && { to }) },
  }),
})

export const testChannel = followed(
  begin,
  async ({ actor, begun: { channel, to }, now }): Promise<TestResult> => {
    const data = { channel: channel.name, by: actor.name }
    const wishes = await preferencesOf(db, [actor.id])
    const settings = to === undefined ? 'channel' : 'own'
    const reader = { baseUrl: env.baseUrl, zone: wishes(actor.id).zone, settings } as const
    const message = {
      ...writeOne(NOTICE_KINDS['channel.test'].content(data), reader),
      id: randomUUID(),
      kind: 'channel.test',
      at: now.toISOString(),
      ...(to !== undefined && { to }),
      data,
    }
    const at = { signal: AbortSignal.timeout(TIMEOUT_MS), now, baseUrl: env.baseUrl, attempt: 1 }
    return noted(channel.id, await attemptToSend(channel, message, at), new Date())
  },
)

/** The channel tells of its last success and failure, whatever was sent. */
async function noted(id: string, { state, words }: Outcome, now: Date): Promise<TestResult> {
  const isAccepted = state === 'accepted'
  await db.channel.updateMany({
    where: { id },
    data: isAccepted ? { lastSuccessAt: now } : { lastFailureAt: now, lastFailure: words },
  })
  return { state: isAccepted ? 'accepted' : 'failed', words, at: now.toISOString() }
}
