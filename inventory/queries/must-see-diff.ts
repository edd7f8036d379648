// Whether the actor may compare: and one identity only if it was theirs to see at one of the two instants.
import type { DiffFilter } from '@/core/diff'
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { atMoment } from '@/inventory/moment/at-moment'
import type { Between } from './diff-between'
import { mustSeeIdentity } from './must-see-identity'
import { mustRead } from './visible'

/** @throws RollcallError `forbidden` or `not-found` */
export async function mustSeeDiff(
  actor: Actor,
  { identity }: Pick<DiffFilter, 'identity'>,
  { from, to }: Between,
): Promise<void> {
  mustRead(actor, 'identity:read')
  if (!identity) return
  try {
    await atMoment(to, () => mustSeeIdentity(actor, identity))
  } catch (error) {
    if (!(error instanceof RollcallError) || error.code !== 'not-found') throw error
    await atMoment(from, () => mustSeeIdentity(actor, identity))
  }
}
