// Has another key sign from now on. Packs that are sealed stay sealed with the one before, which stays published.
import { z } from 'zod'
import { command } from '../../command'
import { holdKeys, makeKey } from './signing-key'

export const rotateKey = command({
  name: 'signing-key.rotate',
  permission: 'evidence:manage',
  input: z.strictObject({}),
  async run({ actor, tx, now }) {
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
