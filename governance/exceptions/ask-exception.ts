// Asks that findings be let be for a time. It counts once somebody else has approved it.
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import { command, invalid } from '../command'
import { ensureNamed } from './decider'
import { countCovered, ScopeInput, scopeOf } from './exception-scope'
import { endOfDay, lastDay } from './last-day'
import { tellAsked } from './tell-exception'

const TEXT_MAX = 2000
const text = (missing: string) =>
  z.string().trim().min(1, missing).max(TEXT_MAX, `must be at most ${TEXT_MAX} letters`)

export const AskInput = z.strictObject({
  ...ScopeInput,
  reason: text('Say why'),
  /** Where it is written down: a ticket, a decision. */
  evidence: z
    .url({ protocol: /^https$/, error: 'must be an address that begins with https://' })
    .max(TEXT_MAX, `must be at most ${TEXT_MAX} letters`),
  /** What keeps the harm small meanwhile. */
  control: text('Say what keeps the harm small meanwhile'),
  /** The last day on which it counts, in UTC. */
  until: z.iso.date('must be a day, such as 2026-03-31'),
})

export const askException = command({
  name: 'exception.ask',
  permission: 'exception:ask',
  input: AskInput,
  timeoutMs: 30_000,
  async run({ actor, input: { reason, evidence, control, until, ...given }, tx, now }) {
    ensureNamed(actor)
    const wrong = lastDay(until, now)
    if (wrong) throw invalid([{ path: 'until', message: wrong }])
    const scope = await scopeOf(tx, given)
    const covered = await countCovered(tx, scope)
    if (!covered) throw new RollcallError('invalid', 'No open finding matches: there is nothing to except.')
    const asked = await tx.exception.create({
      data: {
        ...scope,
        reason,
        evidence,
        control,
        covered,
        expiresAt: endOfDay(until),
        requesterId: actor.id,
        requesterName: actor.name,
        askedAt: now,
      },
    })
    await tellAsked(tx, asked, now)
    return { id: asked.id, covered, rules: scope.rules, about: scope.about }
  },
  activity: ({ reason, until }, { id, covered, rules, about }) => ({
    object: `exception:${id}`,
    detail: { rules, about, covered, reason, until },
  }),
})
