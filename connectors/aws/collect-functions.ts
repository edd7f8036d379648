// Lambda functions of every region that is on, and the role each runs as. The answer holds their environment variables, of
// which only the names are looked at: AWS has no listing without them.
import { functionWorkload } from './map-workload'
import { following, markerPageOf } from './page'
import type { WorkloadPermissionName } from './permissions'
import { roleWorkloads, withRoles } from './role-workloads'
import { LambdaFunction } from './shapes-workloads'

const LIST = 'lambda:ListFunctions' satisfies WorkloadPermissionName
const FunctionPage = markerPageOf('Functions', LambdaFunction)
/** The most that one answer holds. */
const PAGE = 50

export const functions = roleWorkloads({
  service: 'lambda',
  async *read(at) {
    const { region, lack, look } = at
    const params = { region, MaxItems: PAGE }
    const listed = await look.at.session.gather(LIST, params, FunctionPage, { next: following })
    if (listed.state !== 'known') return lack(listed)
    const found = listed.value.flatMap(({ items }) => items)
    yield* withRoles(at, found, (one, ids) => functionWorkload(one, ids, LIST))
  },
})
