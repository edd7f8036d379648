// Policies, each with what it allows. One that cannot be read is left as it was: its name alone would say that it reaches nothing.
import type { Stream } from '@/core/connector'
import { known } from '@/core/fact'
import type { CallName } from './calls'
import { Asker, engineMounts, lookAt } from './look'
import { policyEntitlement } from './map-policy'
import { readPolicy, ROOT_DOCUMENT } from './policy-document'
import { Policy } from './shapes'
import { Keys } from './values'

const LIST: CallName = 'list sys/policies/acl'
const READ: CallName = 'read sys/policies/acl/*'

export const policies: Stream = {
  kinds: ['entitlement'],
  async *collect(at) {
    const look = await lookAt(at)
    // What a path reaches depends on what is mounted there.
    const mounts = await engineMounts(look)
    const { keys } = await look.session.call(LIST, { ns: look.ns }, Keys)
    const asker = new Asker(look.session, READ)
    for (const name of [...keys].sort()) {
      const policy = await asker.ask({ ns: look.ns, path: name }, Policy)
      look.lacking(['entitlement'], policy)
      if (policy.state !== 'known') continue
      const isRoot = name === 'root' && look.ns === ''
      const document = isRoot ? known(ROOT_DOCUMENT, READ) : readPolicy(policy.value.policy, READ, name)
      yield policyEntitlement({ look, name, document, mounts })
    }
  },
}
