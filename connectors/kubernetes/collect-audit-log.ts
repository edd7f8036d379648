// What identities did, as an audit log tells: imported, or sent by the API server.
import type { Stream } from '@/core/connector'
import type { Kind } from '@/core/observation'
import { usageOf, Uses } from './audit-events'
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
    for (const use of told.value.uses) {
      const usage = usageOf(use)
      yield use.count > 1 ? { ...usage, what: `${use.what} (${use.count} times)` } : usage
    }
  },
}
