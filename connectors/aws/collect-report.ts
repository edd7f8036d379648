// What only the credential report tells: the root user's password and keys. In an imported report it stands for all users.
import type { Stream, StreamAt } from '@/core/connector'
import { unknown } from '@/core/fact'
import { readReport, REPORT } from './credential-report'
import { reportedCredentials } from './map-credential'
import { LIST_USERS, reportedIdentity, rootId } from './map-identity'
import { pageOf } from './page'
import { User } from './shapes'

const UserPage = pageOf('Users', User)

/** Only a source that cannot list users at all is an imported report. A refusal or a failure is not. */
async function isOnlyReport({ session }: StreamAt): Promise<boolean> {
  const users = await session.ask(LIST_USERS, { MaxItems: 1 }, UserPage)
  return users.state === 'unknown' && users.why === 'not-offered'
}

export const credentialReport: Stream = {
  kinds: ['identity', 'credential'],
  async *collect(at) {
    const report = await readReport(at.session)
    at.lacking(['identity', 'credential'], report)
    if (report.state !== 'known') return
    const { root, rows } = report.value
    if (root) yield* reportedCredentials(rootId(at.scope.nativeId), root)
    else at.lacking(['credential'], unknown('not-offered', REPORT, 'the report has no row for the root user'))
    // Users' own keys come from the key listing, by their ids; the report has none.
    if (!(await isOnlyReport(at))) return
    for (const row of rows)
      if (!row.isRoot) {
        yield reportedIdentity(row)
        yield* reportedCredentials(row.arn, row)
      }
  },
}
