// Removes the sample organisation with everything it brought, from the past as well: it never was.
import { z } from 'zod'
import { command } from '../command'
import { REMOVAL_TIMEOUT_MS, removeConnections } from '../connections/remove-connections'

export const removeSample = command({
  name: 'sample.remove',
  permission: 'source:manage',
  input: z.strictObject({}),
  timeoutMs: REMOVAL_TIMEOUT_MS,
  async run({ tx }) {
    const connections = await tx.connection.findMany({ where: { mode: 'sample' }, select: { id: true } })
    await removeConnections(
      tx,
      connections.map(({ id }) => id),
      { forget: true },
    )
    return { removed: connections.length }
  },
  activity: (_, { removed }) => ({ detail: { connections: removed } }),
})
