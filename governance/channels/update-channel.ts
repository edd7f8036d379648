// Changes a channel: its name, what it takes, its settings. Secrets that are left empty stay as they are.
import { z } from 'zod'
import { command } from '../command'
import { acceptChangedSettings } from '../connections/settings-fields'
import { settingsShape } from '../connections/settings-shape'
import { changedFields } from '../connections/settings-values'
import { sealSettings } from '../crypto/seal-settings'
import { ChannelName, ensureChannelNameIsFree, ensureTakes, lockChannel, Takes } from './channel-input'
import { channelKind } from './channel-kinds'
import { heldChannelSettings } from './channel-settings'

export const ChangeChannel = z.strictObject({
  name: ChannelName.optional(),
  takes: Takes.optional(),
  /** All fields, as the form has them; not only those that changed. */
  settings: z.record(z.string(), z.unknown()).optional(),
})

export const updateChannel = command({
  name: 'channel.update',
  permission: 'setting:manage',
  input: ChangeChannel.extend({ channelId: z.guid() }),
  async run({ input: { channelId, name, takes, settings }, tx }) {
    const channel = await lockChannel(tx, channelId)
    if (name !== undefined) await ensureChannelNameIsFree(tx, name, channelId)
    if (takes) ensureTakes(channel.kind, takes, channel.personId !== null)
    const manifest = channelKind(channel.kind)
    const before = heldChannelSettings(channel).settings
    const after = settings && acceptChangedSettings(manifest, before, settings)
    const changed = settings ? changedFields(settingsShape(manifest.settings), before, after) : []
    await tx.channel.update({
      where: { id: channelId },
      data: {
        name,
        ...(takes && { takes: [...new Set(takes)] }),
        ...(settings && { settings: sealSettings(channelId, after, 'channel') }),
        // What was asked of the earlier settings is not asked of these.
        ...(changed.length && { notBefore: null }),
      },
    })
    return { id: channelId, changed }
  },
  activity: ({ name, takes }, { id, changed }) => ({
    object: `channel:${id}`,
    detail: { ...(name !== undefined && { name }), ...(takes && { takes }), settingsChanged: changed },
  }),
})
