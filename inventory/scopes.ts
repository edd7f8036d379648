// Which scopes exist, and which connections read them. A scope leaves only by a complete list.
import type { Scope } from '@/core/connector'
import type { Instant } from '@/core/fact'
import { db } from '@/prisma/client'
import { idOf } from './content-hash'

export type ReadBy = { id: string; connectorId: string; mode: 'live' | 'import' | 'sample' }

/** The same scope of the same source has one id, whoever reads it; sample scopes never meet real ones. */
export const scopeIdOf = (connectorId: string, sample: boolean, nativeId: string): string =>
  idOf('scope', connectorId, sample ? 'sample' : 'real', nativeId)

/** What a file calls a scope, and what it takes it to be an authority for, is less than a live read has told. */
async function isReadLive(scopeId: string): Promise<boolean> {
  const live = { scopeId, goneAt: null, connection: { mode: 'live' } } as const
  return (await db.connectionScope.count({ where: live, take: 1 })) > 0
}

/** Notes that a connection lists a scope. */
export async function rememberScope(connection: ReadBy, scope: Scope, at: Instant): Promise<string> {
  const sample = connection.mode === 'sample'
  const id = scopeIdOf(connection.connectorId, sample, scope.nativeId)
  const { connectorId } = connection
  const { nativeId, name, type } = scope
  const authorities = [...(scope.authorities ?? [])]
  const keeps = connection.mode === 'import' && (await isReadLive(id))
  await db.scope.upsert({
    where: { id },
    create: { id, connectorId, nativeId, name, type, sample, authorities, firstSeenAt: at, validFrom: at },
    update: keeps ? {} : { name, type, authorities },
  })
  await db.connectionScope.upsert({
    where: { connectionId_scopeId: { connectionId: connection.id, scopeId: id } },
    create: { connectionId: connection.id, scopeId: id, listedAt: at, validFrom: at },
    update: { listedAt: at, goneAt: null },
  })
  return id
}

/** Marks scopes that a complete list no longer names. Their rows stay as they were last seen. */
export async function markGoneScopes(connectionId: string, listed: string[], at: Instant): Promise<void> {
  await db.connectionScope.updateMany({
    where: { connectionId, scopeId: { notIn: listed }, goneAt: null },
    data: { goneAt: at },
  })
}
