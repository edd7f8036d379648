// Makes an API token for the one who asks. The token itself is returned once and kept as a hash.
import { v7 as newId } from 'uuid'
import { z } from 'zod'
import { ensure } from '@/core/errors'
import { may } from '@/core/permissions'
import { command } from '../command'
import { newToken } from './token'

const DAY_MS = 24 * 3600_000
const DAYS_DEFAULT = 90
const DAYS_MAX = 365
/** What a token can be limited to. */
export const TOKEN_LIMITS = ['source:receive', 'person:provision'] as const

export const createToken = command({
  name: 'token.create',
  permission: 'token:manage',
  input: z.strictObject({
    name: z.string().trim().min(1, { error: 'must not be empty' }).max(100),
    expiresInDays: z
      .number()
      .int()
      .min(1, { error: 'must be at least 1 day' })
      .max(DAYS_MAX, { error: `must be at most ${DAYS_MAX} days` })
      .default(DAYS_DEFAULT),
    /** Left out: all that the one who makes it may. */
    only: z.enum(TOKEN_LIMITS, { error: `must be ${TOKEN_LIMITS.join(', ')}` }).optional(),
  }),
  async run({ actor, input, tx, now }) {
    // A token that makes tokens would outlive its own end.
    ensure(
      actor.kind === 'user',
      'forbidden',
      'A token is made by someone who is signed in, not by another token.',
    )
    const expiresAt = new Date(now.getTime() + input.expiresInDays * DAY_MS)
    const { only } = input
    ensure(!only || may(actor, only), 'forbidden', `Your role may not do this itself (${only}).`)
    const { token, row } = newToken(actor.id, input.name, { now, expiresAt, ...(only && { only }) })
    const id = newId()
    await tx.apikey.create({ data: { id, ...row } })
    return { id, token, expiresAt: expiresAt.toISOString() }
  },
  activity: ({ name, only }, { id, expiresAt }) => ({
    object: `token:${id}`,
    detail: { name, expiresAt, ...(only && { only }) },
  }),
})
