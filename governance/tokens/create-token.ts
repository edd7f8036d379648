// Makes an API token for the one who asks. The token itself is returned once and kept as a hash.
import { v7 as newId } from 'uuid'
import { z } from 'zod'
import { ensure } from '@/core/errors'
import { command } from '../command'
import { newToken } from './token'

const DAY_MS = 24 * 3600_000
const DAYS_DEFAULT = 90
const DAYS_MAX = 365

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
  }),
  async run({ actor, input, tx, now }) {
    // A token that makes tokens would outlive its own end.
    ensure(
      actor.kind === 'user',
      'forbidden',
      'A token is made by someone who is signed in, not by another token.',
    )
    const expiresAt = new Date(now.getTime() + input.expiresInDays * DAY_MS)
    const { token, row } = newToken(actor.id, input.name, { now, expiresAt })
    const id = newId()
    await tx.apikey.create({ data: { id, ...row } })
    return { id, token, expiresAt: expiresAt.toISOString() }
  },
  activity: ({ name }, { id, expiresAt }) => ({ object: `token:${id}`, detail: { name, expiresAt } }),
})
