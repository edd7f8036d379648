// An API token: how it is made, what is kept of it, and whose it is when it comes back.
import { createHash, randomBytes } from 'node:crypto'
import { PERMISSIONS, type Permission } from '@/core/permissions'
import type { Prisma } from '@/prisma/client'
import { db } from '@/prisma/client'

export const TOKEN_PREFIX = 'rc_'
const TOKEN_BYTES = 36
const START_CHARACTERS = 8
/** A use is noted no more often than this: a script that asks all day writes little. */
const NOTE_EVERY_MS = 60_000

/** Enough randomness that a plain hash cannot be turned back. */
const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

/** A new token, and the row that will know it again. */
export function newToken(
  owner: string,
  name: string,
  { now, expiresAt, only }: { now: Date; expiresAt: Date; only?: Permission },
) {
  const token = TOKEN_PREFIX + randomBytes(TOKEN_BYTES).toString('base64url')
  const row = {
    name,
    start: token.slice(0, START_CHARACTERS),
    prefix: TOKEN_PREFIX,
    key: hashOf(token),
    referenceId: owner,
    rateLimitEnabled: false,
    // Empty: all that its owner may.
    permissions: only ?? null,
    expiresAt,
    createdAt: now,
    updatedAt: now,
  } satisfies Omit<Prisma.ApikeyCreateInput, 'id'>
  return { token, row }
}

export type OwnedToken = { ownerId: string; name: string; only?: Permission }

const isPermission = (text: string): text is Permission => Object.hasOwn(PERMISSIONS, text)

/** Whose token it is and what it is called; null when there is no such token, or no longer, or what it may is not known. */
export async function ownerOfToken(token: string): Promise<OwnedToken | null> {
  if (!token.startsWith(TOKEN_PREFIX)) return null
  const now = new Date()
  const key = await db.apikey.findFirst({
    where: { key: hashOf(token), enabled: true, expiresAt: { gt: now } },
    select: { id: true, name: true, start: true, referenceId: true, lastRequest: true, permissions: true },
  })
  if (!key) return null
  const { permissions: only } = key
  if (only !== null && !isPermission(only)) return null
  if (!key.lastRequest || now.getTime() - key.lastRequest.getTime() > NOTE_EVERY_MS)
    await db.apikey.updateMany({ where: { id: key.id }, data: { lastRequest: now } })
  return { ownerId: key.referenceId, name: key.name ?? key.start ?? '', ...(only !== null && { only }) }
}
