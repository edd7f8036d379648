// API tokens by what may be shown of them: their own, or everyone's for who manages members.
import type { Instant } from '@/core/fact'
import { may, type Actor } from '@/core/permissions'
import { db } from '@/prisma/client'
import { authorise } from '../authorise'

export type TokenView = {
  id: string
  name: string
  /** Its first characters, to tell it from others. */
  start: string
  ownerId: string
  ownerName: string
  createdAt: Instant
  expiresAt?: Instant
  lastUsedAt?: Instant
  /** Set where it may do this and nothing else. */
  only?: string
}

export async function listTokens(actor: Actor | null): Promise<TokenView[]> {
  authorise(actor, 'token:manage')
  const keys = await db.apikey.findMany({
    where: may(actor, 'member:manage') ? {} : { referenceId: actor.id },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    select: {
      id: true,
      name: true,
      start: true,
      referenceId: true,
      createdAt: true,
      expiresAt: true,
      lastRequest: true,
      permissions: true,
    },
  })
  const owners = await db.user.findMany({
    where: { id: { in: [...new Set(keys.map((key) => key.referenceId))] } },
    select: { id: true, name: true },
  })
  const names = new Map(owners.map(({ id, name }) => [id, name]))
  return keys.map(({ name, start, referenceId, createdAt, expiresAt, lastRequest, permissions, id }) => ({
    id,
    name: name ?? '',
    start: start ?? '',
    ownerId: referenceId,
    ownerName: names.get(referenceId) ?? 'someone who left',
    createdAt: createdAt.toISOString(),
    ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
    ...(lastRequest && { lastUsedAt: lastRequest.toISOString() }),
    ...(permissions !== null && { only: permissions }),
  }))
}
