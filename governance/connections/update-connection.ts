// Changes name, interval or settings of a connection. Secrets that are left empty stay as they are.
import { z } from 'zod'
import { ensure } from '@/core/errors'
import { command } from '../command'
import { manifestOf } from '../connector-registry'
import { sealSettings } from '../crypto/seal-settings'
import { dropResumes } from '../runs/drop-resumes'
import { lockConnection } from '../runs/start-run'
import { ConnectionName, ensureNameIsFree, IntervalMinutes } from './connection-input'
import { acceptChangedSettings, heldSettings } from './settings-fields'
import { settingsShape } from './settings-shape'
import { changedFields } from './settings-values'

export const updateConnection = command({
  name: 'connection.update',
  permission: 'source:manage',
  input: z.strictObject({
    connectionId: z.uuid(),
    name: ConnectionName.optional(),
    intervalMinutes: IntervalMinutes.optional(),
    /** All fields, as the form has them; not only those that changed. */
    settings: z.record(z.string(), z.unknown()).optional(),
  }),
  async run({ input, tx, now }) {
    const connection = await lockConnection(tx, input.connectionId)
    const { name, intervalMinutes } = input
    if (name !== undefined) await ensureNameIsFree(tx, name, connection.id)
    let changed: string[] = []
    let settings: Uint8Array<ArrayBuffer> | undefined
    if (input.settings) {
      ensure(connection.mode === 'live', 'invalid', 'Only a live connection has settings.')
      const manifest = manifestOf(connection.connectorId)
      const before = heldSettings(connection).settings
      const after = acceptChangedSettings(manifest, before, input.settings)
      changed = changedFields(settingsShape(manifest.settings), before, after)
      settings = sealSettings(connection.id, after)
    }
    await tx.connection.update({ where: { id: connection.id }, data: { name, intervalMinutes, settings } })
    // What was throttled was throttled for another way of asking: perhaps for other scopes, or as somebody else.
    if (changed.length) await dropResumes(tx, connection.id, { why: 'settings', now })
    return { id: connection.id, changed }
  },
  activity: ({ name, intervalMinutes }, { id, changed }) => ({
    object: `connection:${id}`,
    detail: {
      ...(name !== undefined && { name }),
      ...(intervalMinutes !== undefined && { intervalMinutes }),
      settingsChanged: changed,
    },
  }),
})
