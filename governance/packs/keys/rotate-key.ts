// Has another key sign from now on. Packs that are sealed stay sealed with the one before, which stays published.
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import { env } from '@/env'
import { command } from '../../command'
import { holdKeys, makeKey } from './signing-key'

const BROUGHT =
  'Packs are signed with a key that you bring: put another one into the file that PACK_KEY_FILE names, for every worker. Or leave PACK_KEY_FILE out, start again, and have a key of the installation made here.'

export const rotateKey = command({
  name: 'signing-key.rotate',
  permission: 'evidence:manage',
  input: z.strictObject({}),
  async run({ actor, tx, now }) {
    if (env.packKeyFile !== undefined) throw new RollcallError('conflict', BROUGHT)
    await holdKeys(tx)
    const before = await tx.signingKey.findFirst({ where: { until: null } })
    if (before) await tx.signingKey.update({ where: { publicKey: before.publicKey }, data: { until: now } })
    const key = await makeKey(tx, actor, now)
    return { key, ...(before && { before: before.publicKey }) }
  },
  activity: (_, { key, before }) => ({
    object: `signing-key:${key}`,
    detail: { key, before: before ?? null },
  }),
})
