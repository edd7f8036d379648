// Adds a way out: its settings are checked, encrypted and kept.
import { v7 as newId } from 'uuid'
import { z } from 'zod'
import { command } from '../command'
import { acceptSettings } from '../connections/settings-fields'
import { sealSettings } from '../crypto/seal-settings'
import { ChannelName, ensureCanBeTheirs, ensureChannelNameIsFree, ensureTakes, Takes } from './channel-input'
import { channelKind } from './channel-kinds'

export const AddChannel = z.strictObject({
  kind: z.string().min(1).max(100),
  name: ChannelName,
  settings: z.record(z.string(), z.unknown()).default({}),
  /** Kinds of notices that go there. Left out for mail. */
  takes: Takes.default([]),
  /** Of the directory: it is theirs alone, and gets what they are asked, with the link that opens it. */
  person: z.guid('is not the id of a person').optional(),
})

export const addChannel = command({
  name: 'channel.add',
  permission: 'setting:manage',
  input: AddChannel,
  async run({ actor, input: { kind, name, settings, takes, person }, tx, now }) {
    const manifest = channelKind(kind)
    ensureTakes(kind, takes, person !== undefined)
    if (person !== undefined) await ensureCanBeTheirs(tx, kind, person)
    const accepted = acceptSettings(manifest, settings)
    await ensureChannelNameIsFree(tx, name)
    const id = newId()
    await tx.channel.create({
      data: {
        id,
        kind,
        name,
        takes: [...new Set(takes)],
        ...(person !== undefined && { personId: person }),
        settings: sealSettings(id, accepted, 'channel'),
        createdAt: now,
        createdBy: actor.name,
      },
    })
    return { id, name }
  },
  activity: ({ kind, takes, person }, { id, name }) => ({
    object: `channel:${id}`,
    detail: { kind, name, takes, ...(person !== undefined && { person }) },
  }),
})
