// Adds the sample organisation: recorded answers of a made-up estate, read through the same pipeline as a real source.
import { v7 as newId } from 'uuid'
import { z } from 'zod'
import { ensure } from '@/core/errors'
import { command } from '../command'
import { connectorOf, manifests } from '../connector-registry'
import { freeName } from '../connections/connection-input'
import { sealSettings } from '../crypto/seal-settings'
import { startRun } from '../runs/start-run'

export const addSample = command({
  name: 'sample.add',
  permission: 'source:manage',
  input: z.strictObject({}),
  // Loads every connector.
  timeoutMs: 60_000,
  async run({ actor, tx }) {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('rollcall sample', 0))`
    const held = await tx.connection.count({ where: { mode: 'sample' } })
    ensure(!held, 'conflict', 'The sample organisation is there already.')
    const connections: { id: string; runId: string }[] = []
    for (const { id: connectorId, title, intervalMinutes } of manifests()) {
      const connector = await connectorOf(connectorId)
      if (!connector.sample) continue
      const id = newId()
      const name = await freeName(tx, `Sample · ${title}`)
      const settings = sealSettings(id, {})
      const createdBy = actor.name
      await tx.connection.create({
        data: { id, connectorId, name, mode: 'sample', settings, intervalMinutes, createdBy },
      })
      const { runId } = await startRun(tx, id, { trigger: 'sample', requestedBy: actor.name })
      connections.push({ id, runId })
    }
    ensure(connections.length, 'not-found', 'No connector of this installation has a sample.')
    return { connections }
  },
  activity: (_, { connections }) => ({ detail: { connections: connections.length } }),
})
