// Takes back what is being built, and removes what was.
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import { may, type Actor } from '@/core/permissions'
import type { Tx } from '@/prisma/client'
import type { Pack } from '@/prisma/generated/client'
import { command, followed } from '../../command'
import { removeWhole } from '../storage'

const Input = z.strictObject({ id: z.guid('is not the id of a pack') })

async function held(tx: Tx, id: string): Promise<Pack> {
  await tx.$queryRaw`SELECT 1 FROM pack WHERE id = ${id}::uuid FOR UPDATE`
  const pack = await tx.pack.findUnique({ where: { id } })
  if (!pack) throw new RollcallError('not-found', 'There is no such pack.')
  return pack
}

/** Whoever asked, and who looks after packs. The one that builds it notices, and leaves nothing behind. */
function ensureMayCancel(actor: Actor, { actorId }: Pack): void {
  if (actor.id === actorId || may(actor, 'evidence:manage')) return
  throw new RollcallError('forbidden', 'Only whoever asked for it, or an administrator, can cancel it.')
}

export const cancelPack = command({
  name: 'pack.cancel',
  permission: 'evidence:build',
  input: Input,
  async run({ actor, input: { id }, tx, now }) {
    const pack = await held(tx, id)
    ensureMayCancel(actor, pack)
    if (!['queued', 'building'].includes(pack.state))
      throw new RollcallError('conflict', 'It is over already: there is nothing to cancel.')
    await tx.pack.update({ where: { id }, data: { state: 'cancelled', endedAt: now } })
    return { id, title: pack.title }
  },
  activity: (_, { id, title }) => ({ object: `pack:${id}`, detail: { title } }),
})

/** Its row stays, with its hash: whoever has a copy can still be told whether it is the one. */
export const removePack = followed(
  command({
    name: 'pack.delete',
    permission: 'evidence:manage',
    input: Input,
    async run({ actor, input: { id }, tx, now }) {
      const { state, removedAt, title, sha256, attempt } = await held(tx, id)
      if (state !== 'sealed' || removedAt)
        throw new RollcallError('conflict', 'There is no file of it that could be removed.')
      await tx.pack.update({ where: { id }, data: { removedAt: now, removedBy: actor.name } })
      return { id, title, sha256, attempt }
    },
    activity: (_, { id, title, sha256 }) => ({ object: `pack:${id}`, detail: { title, sha256 } }),
  }),
  async ({ begun: { id, title, attempt } }) => {
    await removeWhole(id, attempt)
    return { id, title }
  },
)
