// Connects a source: its settings are checked, encrypted and kept, and the first sync starts.
import { v7 as newId } from 'uuid'
import { z } from 'zod'
import { ensure } from '@/core/errors'
import { command } from '../command'
import { manifestOf } from '../connector-registry'
import { sealSettings } from '../crypto/seal-settings'
import { startRun } from '../runs/start-run'
import { ConnectionName, ensureNameIsFree, freeName, IntervalMinutes } from './connection-input'
import { acceptSettings } from './settings-fields'

export const connectSource = command({
  name: 'connection.connect',
  permission: 'source:manage',
  input: z.strictObject({
    connectorId: z.string().min(1).max(100),
    /** Left out: the title of the connector. */
    name: ConnectionName.optional(),
    settings: z.record(z.string(), z.unknown()).default({}),
    /** Left out: what the connector suggests. */
    intervalMinutes: IntervalMinutes.optional(),
    /** Whether to sync at once. */
    sync: z.boolean().default(true),
  }),
  async run({ actor, input, tx, now }): Promise<{ id: string; name: string; runId?: string }> {
    const manifest = manifestOf(input.connectorId)
    ensure(!manifest.importOnly, 'invalid', `${manifest.title} is read from files: import one instead.`)
    const settings = acceptSettings(manifest, input.settings)
    if (input.name !== undefined) await ensureNameIsFree(tx, input.name)
    const name = input.name ?? (await freeName(tx, manifest.title))
    const id = newId()
    await tx.connection.create({
      data: {
        id,
        connectorId: manifest.id,
        name,
        mode: 'live',
        settings: sealSettings(id, settings),
        intervalMinutes: input.intervalMinutes ?? manifest.intervalMinutes,
        createdAt: now,
        createdBy: actor.name,
      },
    })
    if (!input.sync) return { id, name }
    const { runId } = await startRun(tx, id, { trigger: 'connect', requestedBy: actor.name })
    return { id, name, runId }
  },
  activity: ({ connectorId }, { id, name }) => ({
    object: `connection:${id}`,
    detail: { connectorId, name },
  }),
})
