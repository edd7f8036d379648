// Sends what is due, one message after the other, until nothing is or somebody wants it to stop.
import { env } from '@/env'
import { db } from '@/prisma/client'
import { attemptToSend } from './attempt'
import { claimNext, type Claimed } from './claim'
import { endNotices, release, settle } from './settle'
import { toMessage } from './to-message'

export type SendDueAt = { signal: AbortSignal; now?: () => Date; random?: () => number }

/** @returns how many messages were accepted */
export async function sendDue({
  signal,
  now = () => new Date(),
  random = Math.random,
}: SendDueAt): Promise<number> {
  // A channel that has just failed is left alone for now, so that the others do not wait for it.
  const failing = new Set<string>()
  let accepted = 0
  while (!signal.aborted) {
    const claimed = await claimNext(now(), failing)
    if (!claimed) break
    const ready = await toMessage(claimed, now())
    if ('problem' in ready) {
      await giveUp(claimed, ready, now())
      continue
    }
    const attempt = Math.max(...claimed.notices.map(({ attempts }) => attempts))
    const at = { signal, now: now(), baseUrl: env.baseUrl, attempt }
    const outcome = await attemptToSend(claimed.channel, ready.message, at)
    if (signal.aborted && outcome.state === 'failed') {
      await release(claimed)
      break
    }
    if (outcome.state === 'accepted') accepted += 1
    if (outcome.state === 'failed') failing.add(claimed.channel.id)
    await settle({ ...claimed, outcome, now: now(), random: random() })
  }
  return accepted
}

type Problem = { problem: string; state: 'dead' | 'withdrawn' }
const giveUp = ({ notices }: Claimed, { problem, state }: Problem, now: Date) =>
  db.$transaction((tx) =>
    endNotices(
      tx,
      notices.map(({ id }) => id),
      { state, error: problem },
      now,
    ),
  )
