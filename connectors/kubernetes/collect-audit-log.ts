// What identities did, as an imported audit log tells.
import type { Stream } from '@/core/connector'
import type { Kind } from '@/core/observation'
import { useId, Uses } from './audit-events'
import { AUDIT_LOG } from './permissions'
import { placeOf } from './place'

const KINDS = ['usage'] as const satisfies readonly Kind[]
const PART = 'A log tells what was done in its time: what it does not tell may still have been done.'

export const auditLog: Stream = {
  kinds: KINDS,
  neverWhole: PART,
  async *collect(at) {
    const told = await at.session.ask(AUDIT_LOG, { cluster: placeOf(at.scope).params['cluster'] }, Uses)
    if (told.state !== 'known') return at.lacking(KINDS, told)
    for (const use of told.value.uses)
      yield {
        kind: 'usage',
        nativeId: useId(use),
        identity: use.identity,
        at: use.at,
        what: use.count > 1 ? `${use.what} (${use.count} times)` : use.what,
      }
  },
}
