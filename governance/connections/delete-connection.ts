// Deletes a connection and everything that no other connection has brought. The past keeps what was known of it.
import { z } from 'zod'
import { ensure } from '@/core/errors'
import { command } from '../command'
import { REMOVAL_TIMEOUT_MS, removeConnections } from './remove-connections'

export const deleteConnection = command({
  name: 'connection.delete',
  permission: 'source:manage',
  input: z.strictObject({ connectionId: z.uuid() }),
  timeoutMs: REMOVAL_TIMEOUT_MS,
  async run({ input: { connectionId }, tx }) {
    const connection = await tx.connection.findUnique({
      where: { id: connectionId },
      select: { name: true, mode: true },
    })
    ensure(connection, 'not-found', 'There is no such connection, or no longer.')
    const forget = connection.mode === 'sample'
    const { scopesRemoved } = await removeConnections(tx, [connectionId], { forget })
    return { id: connectionId, name: connection.name, scopesRemoved }
  },
  activity: ({ connectionId }, { name, scopesRemoved }) => ({
    object: `connection:${connectionId}`,
    detail: { name, scopesRemoved },
  }),
})
