// Which scopes a file speaks of, asked before anything of it is kept.
import { setTimeout as wait } from 'node:timers/promises'
import type { Connector, Scope } from '@/core/connector'
import { ensure, RollcallError } from '@/core/errors'
import { Session } from '@/core/session'
import { UpstreamError, type Transport } from '@/core/upstream'
import { db } from '@/prisma/client'

/** @throws RollcallError `invalid` when the file does not say what it is about */
export async function scopesOf(
  connector: Connector,
  transport: Transport,
  signal: AbortSignal,
): Promise<Scope[]> {
  const session = new Session({
    transport,
    signal,
    sleep: (ms, until) => wait(ms, undefined, { signal: until }),
    random: Math.random,
  })
  const scopes: Scope[] = []
  try {
    for await (const scope of connector.scopes(session)) scopes.push(scope)
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error
    throw new RollcallError('invalid', `The file does not say what it is about: ${error.detail}.`)
  }
  ensure(scopes.length, 'invalid', 'The file does not say what it is about: it names no scope.')
  return scopes
}

/** For files that name things by other ids than the source itself does. */
export async function ensureNotLive(connectorId: string, scopes: Scope[]): Promise<void> {
  const live = await db.connectionScope.findFirst({
    where: {
      goneAt: null,
      scope: { connectorId, sample: false, nativeId: { in: scopes.map(({ nativeId }) => nativeId) } },
      connection: { mode: 'live' },
    },
    include: { connection: { select: { name: true } }, scope: { select: { name: true } } },
  })
  ensure(
    !live,
    'conflict',
    `The file is about ${live?.scope.name}, which the connection “${live?.connection.name}” reads itself. This file names things by other ids, so they would be there twice: sync that connection instead.`,
  )
}
