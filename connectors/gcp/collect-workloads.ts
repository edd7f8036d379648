// What runs in Google Cloud, and as which service account: from the inventory of assets.
import type { Stream } from '@/core/connector'
import { unknown } from '@/core/fact'
import type { Observation } from '@/core/observation'
import type { Accounts, Resolved } from './accounts'
import { assetsOf } from './list-assets'
import { lookAt, type Look } from './look'
import { ASSETS } from './map-credential'
import {
  clusterIssuer,
  functionDraft,
  instanceDraft,
  nodePoolDrafts,
  runDraft,
  type Drafted,
} from './map-workload'
import { PAGES, RUNNING, type Running } from './shapes-assets'
import { projectNamed } from './tree'
import { byText } from './values'

const WORKLOAD = ['workload'] as const
const KINDS = ['workload', 'issuer'] as const
const USES_MAX = 1000

/** `default` is the account that Google makes for the project. Undefined where the project could not be seen. */
function emailOf({ tree }: Look, { project, fallback }: Drafted, email: string): string | undefined {
  if (email !== 'default') return email
  const found = projectNamed(tree, project)
  if (!found) return undefined
  return fallback === 'compute'
    ? `${found.number}-compute@developer.gserviceaccount.com`
    : `${found.projectId}@appspot.gserviceaccount.com`
}
const UNREAD: Resolved = {
  state: 'unread',
  refusal: unknown(
    'not-collected',
    ASSETS,
    'something runs in a project that was not seen: whom as, stays open',
  ),
}

function* placed(look: Look, accounts: Accounts, drafts: readonly Drafted[]): Generator<Observation> {
  for (const draft of drafts) {
    const found = draft.emails.map((one) => {
      const email = emailOf(look, draft, one)
      return { email: email ?? '', resolved: email === undefined ? UNREAD : accounts.resolve(email) }
    })
    const unread = found.find(({ resolved }) => resolved.state === 'unread')?.resolved
    // Named by an email alone it would seem to run as somebody else than before.
    if (unread?.state === 'unread') {
      look.lacking(WORKLOAD, unread.refusal)
      continue
    }
    const uses = found.map(({ email, resolved }) =>
      resolved.state === 'found' ? resolved.account.uniqueId : email,
    )
    yield { ...draft.workload, uses: [...new Set(uses)].sort(byText).slice(0, USES_MAX) }
  }
}

function draftsOf(one: Running): Drafted[] {
  if (one.assetType === 'container.googleapis.com/Cluster') return nodePoolDrafts(one)
  if (one.assetType === 'compute.googleapis.com/Instance') return [instanceDraft(one)]
  if (one.assetType === 'run.googleapis.com/Service') return [runDraft('gcp.run-service', one)]
  if (one.assetType === 'run.googleapis.com/Job') return [runDraft('gcp.run-job', one)]
  return [functionDraft(one, one.assetType.endsWith('/Function') ? 'compute' : 'app-engine')]
}

export const workloads: Stream = {
  kinds: KINDS,
  async *collect(at) {
    const look = await lookAt(at)
    const running = await assetsOf(look, RUNNING, PAGES.running, KINDS)
    for (const one of running)
      if (one.assetType === 'container.googleapis.com/Cluster') yield clusterIssuer(one)
    // A function may be listed under both of its generations.
    const unique = new Map(running.flatMap(draftsOf).map((one) => [one.workload.nativeId, one]))
    if (unique.size) yield* placed(look, await look.accounts(), [...unique.values()])
  },
}
