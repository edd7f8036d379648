// What a comment can lead to: something of this installation that whoever writes may see, with its name as it is then.
import type { z } from 'zod'
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { getFinding } from '@/inventory/queries/get-finding'
import { getCredential } from '@/inventory/queries/get-credential'
import { getIdentity } from '@/inventory/queries/get-identity'
import { campaignView } from '../campaigns/campaign-view'
import { packView } from '../packs/asking/list'
import type { LinkInput } from './audit-input'

export type Link = { kind: z.output<typeof LinkInput>['kind']; id: string; name: string; scope?: string }
type Find = (actor: Actor, id: string) => Promise<Pick<Link, 'name' | 'scope'>>

const FIND: Record<Link['kind'], Find> = {
  async identity(actor, id) {
    const { identity } = await getIdentity(actor, id)
    return { name: identity.name, scope: identity.scope.id }
  },
  async credential(actor, id) {
    const { credential } = await getCredential(actor, id)
    return { name: credential.name, scope: credential.scope.id }
  },
  async finding(actor, id) {
    const { finding } = await getFinding(actor, id)
    return { name: `${finding.ruleId}: ${finding.subject.name}`, scope: finding.scope.id }
  },
  async campaign(actor, id) {
    return { name: (await campaignView(actor, id)).name }
  },
  async pack(actor, id) {
    const { title, state } = await packView(actor, id)
    if (state !== 'sealed')
      throw new RollcallError('invalid', 'The pack is not sealed.', [
        { path: 'link', message: 'The pack is not sealed.' },
      ])
    return { name: title }
  },
}

/** @throws RollcallError `not-found` for what the actor does not see */
export const linkTarget = async (actor: Actor, { kind, id }: z.output<typeof LinkInput>): Promise<Link> => ({
  kind,
  id,
  ...(await FIND[kind](actor, id)),
})
