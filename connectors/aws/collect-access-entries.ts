// Access entries of one EKS cluster: whom of AWS it lets in, as whom, and what AWS itself lets them do there.
import { known, type Fact } from '@/core/fact'
import type { Observation } from '@/core/observation'
import type { Session } from '@/core/session'
import { Asker } from './asker'
import type { ClusterLook } from './collect-clusters'
import { accessEntry } from './map-access-entry'
import { following, tokenPageOf } from './page'
import type { ClusterPermissionName } from './permissions'
import { AccessEntryAnswer, AssociatedPolicy, EntryPrincipal } from './shapes-clusters'

const KINDS = ['entitlement'] as const
const ENTRIES = 'eks:ListAccessEntries' satisfies ClusterPermissionName
const ENTRY = 'eks:DescribeAccessEntry' satisfies ClusterPermissionName
const POLICIES = 'eks:ListAssociatedAccessPolicies' satisfies ClusterPermissionName
const PAGES = {
  entries: tokenPageOf('accessEntries', 'nextToken', EntryPrincipal),
  policies: tokenPageOf('associatedAccessPolicies', 'nextToken', AssociatedPolicy),
}
/** The most that each listing gives at a time. */
const PAGE = 100
/** Pages of policies of one entry: each policy is there once, and AWS has some twenty. */
const POLICY_PAGES_MAX = 10
const GONE = ['ResourceNotFoundException']
/**
 * A cluster that knows its ConfigMap only has no entries, and refuses to be asked for them.
 * https://docs.aws.amazon.com/eks/latest/userguide/grant-k8s-access.html#authentication-modes
 */
const CONFIG_MAP_ONLY = 'CONFIG_MAP'

export class EntryAskers {
  private readonly described: Asker
  private readonly policies: Asker

  constructor(session: Session) {
    this.described = new Asker(session, ENTRY, GONE)
    this.policies = new Asker(session, POLICIES, GONE)
  }

  describe(params: Record<string, unknown>) {
    return this.described.ask(params, AccessEntryAnswer)
  }

  async policiesOf(params: Record<string, unknown>): Promise<Fact<AssociatedPolicy[]>> {
    const all: AssociatedPolicy[] = []
    let more: Record<string, string> | undefined = {}
    for (let page = 0; more && page < POLICY_PAGES_MAX; page++) {
      const asked: Record<string, unknown> = { ...params, maxResults: PAGE, ...more }
      const given = await this.policies.ask(asked, PAGES.policies)
      if (given.state !== 'known') return given
      all.push(...given.value.items)
      more = following(given.value)
    }
    if (more) return { state: 'unknown', why: 'limited', source: POLICIES, detail: 'there are more pages' }
    all.sort((a, b) => (a.policyArn < b.policyArn ? -1 : 1))
    return known(all, POLICIES)
  }
}

type InCluster = {
  region: string
  name: string
  issuer: Fact<string>
  mode: Fact<string>
  entries: EntryAskers
}

export async function* readEntries(
  look: ClusterLook,
  { region, name, issuer, mode, entries }: InCluster,
): AsyncGenerator<Observation> {
  if (mode.state === 'known' && mode.value === CONFIG_MAP_ONLY) return
  const params = { region, clusterName: name }
  const listed = await look.at.session.gather(ENTRIES, { ...params, maxResults: PAGE }, PAGES.entries, {
    next: following,
  })
  if (listed.state !== 'known') return look.lack(KINDS, listed, region)
  for (const principalArn of listed.value.flatMap(({ items }) => items).sort()) {
    const described = await entries.describe({ ...params, principalArn })
    look.lack(KINDS, described, region)
    if (described.state !== 'known') continue
    const policies = await entries.policiesOf({ ...params, principalArn })
    // It ended while it was looked at.
    if (policies.state === 'absent') continue
    look.lack(KINDS, policies, region)
    yield accessEntry({ entry: described.value.accessEntry, cluster: { name, issuer }, policies })
  }
}
