// Ends an API token at once: one's own, or anyone's for who manages members.
import { z } from 'zod'
import { ensure } from '@/core/errors'
import { may } from '@/core/permissions'
import { command } from '../command'

export const revokeToken = command({
  name: 'token.revoke',
  permission: 'token:manage',
  input: z.strictObject({ tokenId: z.string().min(1).max(100) }),
  async run({ actor, input: { tokenId }, tx }) {
    const own = may(actor, 'member:manage') ? {} : { referenceId: actor.id }
    const key = await tx.apikey.findFirst({ where: { id: tokenId, ...own }, select: { name: true } })
    ensure(key, 'not-found', 'You have no such token.')
    await tx.apikey.delete({ where: { id: tokenId } })
    return { id: tokenId, name: key.name }
  },
  activity: ({ tokenId }, { name }) => ({ object: `token:${tokenId}`, detail: { name } }),
})
