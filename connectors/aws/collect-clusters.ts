// EKS clusters of every region that is on, and the roles their service accounts get by EKS Pod Identity: AWS keeps that, the
// cluster does not know it. What one region refuses costs that region.
import type { Stream, StreamAt } from '@/core/connector'
import { mapFact, unknown, type Fact, type Unknown } from '@/core/fact'
import type { Observation } from '@/core/observation'
import { Asker } from './asker'
import { associationTrust, clusterIssuer, issuerOf, podsMay, type PodsMay } from './map-cluster'
import { LIST_ROLES } from './map-identity'
import { readTrust } from './map-trust'
import { following, pageOf, tokenPageOf } from './page'
import type { ClusterPermissionName } from './permissions'
import {
  AssociationAnswer,
  AssociationSummary,
  ClusterAnswer,
  ClusterName,
  PodRole,
  Region,
} from './shapes-clusters'

const KINDS = ['issuer', 'trust'] as const
type OwnKind = (typeof KINDS)[number]
const REGIONS = 'account:ListRegions' satisfies ClusterPermissionName
const CLUSTERS = 'eks:ListClusters' satisfies ClusterPermissionName
const CLUSTER = 'eks:DescribeCluster' satisfies ClusterPermissionName
const ASSOCIATIONS = 'eks:ListPodIdentityAssociations' satisfies ClusterPermissionName
const ASSOCIATION = 'eks:DescribePodIdentityAssociation' satisfies ClusterPermissionName

const PAGES = {
  regions: tokenPageOf('Regions', 'NextToken', Region),
  clusters: tokenPageOf('clusters', 'nextToken', ClusterName),
  associations: tokenPageOf('associations', 'nextToken', AssociationSummary),
  roles: pageOf('Roles', PodRole),
}
/** The most that each listing gives at a time. */
const REGIONS_PAGE = 50
const EKS_PAGE = 100
const ROLES_PAGE = 1000
/** Those that are being turned on or off too: what is in them is there, and a refusal says that it was not seen. */
const ON = ['ENABLED', 'ENABLED_BY_DEFAULT', 'ENABLING', 'DISABLING']
const GONE = ['ResourceNotFoundException']
/** So many regions are named in one sentence. */
const NAMED_MAX = 5

type Roles = ReadonlyMap<string, { id: string; may: PodsMay }>

/** One look at all regions: what they refused, and the roles, listed when the first association asks for them. */
class Look {
  private readonly refused = new Map<OwnKind, { first: Unknown; regions: Set<string> }>()
  private listed: Promise<Fact<Roles>> | undefined

  constructor(readonly at: StreamAt) {}

  lack(kinds: readonly OwnKind[], refusal: Fact<unknown>, region: string): void {
    if (refusal.state !== 'unknown') return
    for (const kind of kinds) {
      const before = this.refused.get(kind) ?? { first: refusal, regions: new Set() }
      before.regions.add(region)
      this.refused.set(kind, before)
    }
  }

  /** Says once for each kind what is lacking, and where. */
  conclude(): void {
    for (const [kind, { first, regions }] of this.refused) {
      const names = [...regions]
      const more = names.length - NAMED_MAX
      const where = `${names.slice(0, NAMED_MAX).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
      const detail = `${first.detail ?? 'There was no answer.'} Region: ${where}.`
      this.at.lacking([kind], unknown(first.why, first.source, detail))
    }
  }

  /** By ARN, as associations name them. */
  roles(): Promise<Fact<Roles>> {
    this.listed ??= this.listRoles()
    return this.listed
  }

  private async listRoles(): Promise<Fact<Roles>> {
    const pages = await this.at.session.gather(LIST_ROLES, { MaxItems: ROLES_PAGE }, PAGES.roles, {
      next: following,
    })
    return mapFact(
      pages,
      (known) =>
        new Map(
          known.flatMap(({ items }) =>
            items.map((role) => [role.Arn, { id: role.RoleId, may: podsMay(readTrust(role, LIST_ROLES)) }]),
          ),
        ),
    )
  }
}

export const clusters: Stream = {
  kinds: KINDS,
  // Nobody is named by a cluster: what it is called there is a key of the cluster's own source.
  about: { keys: [] },
  async *collect(at) {
    const asked = { MaxResults: REGIONS_PAGE, RegionOptStatusContains: ON }
    const regions = await at.session.gather(REGIONS, asked, PAGES.regions, { next: following })
    if (regions.state !== 'known') return at.lacking(KINDS, regions)
    const look = new Look(at)
    // Every one of them is asked, however many refuse: a policy that forbids most regions lets in the few that are used.
    const names = regions.value.flatMap(({ items }) => items.map(({ RegionName }) => RegionName))
    for (const region of [...new Set(names)].sort()) yield* readRegion(look, region)
    look.conclude()
  },
}

async function* readRegion(look: Look, region: string): AsyncGenerator<Observation> {
  const { session } = look.at
  const listed = await session.gather(CLUSTERS, { region, maxResults: EKS_PAGE }, PAGES.clusters, {
    next: following,
  })
  if (listed.state !== 'known') return look.lack(KINDS, listed, region)
  const clusters = new Asker(session, CLUSTER, GONE)
  const associations = new Asker(session, ASSOCIATION, GONE)
  for (const name of listed.value.flatMap(({ items }) => items).sort()) {
    const described = await clusters.ask({ region, name }, ClusterAnswer)
    if (described.state === 'absent') continue
    look.lack(['issuer'], described, region)
    if (described.state === 'known') yield clusterIssuer(described.value.cluster)
    const issuer = mapFact(described, ({ cluster }) => issuerOf(cluster))
    yield* readAssociations(look, { region, name, issuer, associations })
  }
}

type InCluster = { region: string; name: string; issuer: Fact<string>; associations: Asker }

async function* readAssociations(
  look: Look,
  { region, name, issuer, associations }: InCluster,
): AsyncGenerator<Observation> {
  const params = { region, clusterName: name }
  const listed = await look.at.session.gather(
    ASSOCIATIONS,
    { ...params, maxResults: EKS_PAGE },
    PAGES.associations,
    { next: following },
  )
  if (listed.state !== 'known') return look.lack(['trust'], listed, region)
  const ids = listed.value.flatMap(({ items }) => items.map(({ associationId }) => associationId))
  for (const associationId of ids.sort()) {
    const described = await associations.ask({ ...params, associationId }, AssociationAnswer)
    look.lack(['trust'], described, region)
    if (described.state !== 'known') continue
    const { association } = described.value
    const roles = await look.roles()
    if (roles.state !== 'known') return look.at.lacking(['trust'], roles)
    // One that is gone, or of another account, is no identity here; one that does not let EKS in is given to nobody.
    const role = roles.value.get(association.roleArn)
    if (role && role.may !== 'no') yield associationTrust({ association, cluster: name, issuer, role })
  }
}
