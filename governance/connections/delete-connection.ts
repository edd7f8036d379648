// Deletes a connection and everything that no other connection has brought.
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
    const connection = await tx.connection.findUnique({ where: { id: connectionId }, select: { name: true } })
    ensure(connection, 'not-found', 'There is no such connection, or no longer.')
    const { scopesRemoved } = await removeConnections(tx, [connectionId])
    return { id: connectionId, name: connection.name, scopesRemoved }
  },
  activity: ({ connectionId }, { name, scopesRemoved }) => ({
    object: `connection:${connectionId}`,
    detail: { name, scopesRemoved },
  }),
})
