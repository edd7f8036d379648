// EKS clusters of every region that is on, the roles their service accounts get by EKS Pod Identity, and whom of AWS they let in:
// AWS keeps both, the cluster does not know it. What one region refuses costs that region.
import type { Stream, StreamAt } from '@/core/connector'
import { mapFact, type Fact } from '@/core/fact'
import type { Observation } from '@/core/observation'
import { Asker } from './asker'
import { EntryAskers, readEntries } from './collect-access-entries'
import { authentication } from './map-access-entry'
import { associationTrust, clusterIssuer, issuerOf, podsMay, type PodsMay } from './map-cluster'
import { LIST_ROLES } from './map-identity'
import { CLUSTER as CLUSTER_KEY } from './map-joins'
import { readTrust } from './map-trust'
import { following, pageOf, tokenPageOf } from './page'
import type { ClusterPermissionName } from './permissions'
import { inEveryRegion, type RegionLook } from './regions'
import { AssociationAnswer, AssociationSummary, ClusterAnswer, ClusterName, PodRole } from './shapes-clusters'

const KINDS = ['issuer', 'trust', 'entitlement'] as const
type OwnKind = (typeof KINDS)[number]
const CLUSTERS = 'eks:ListClusters' satisfies ClusterPermissionName
const CLUSTER = 'eks:DescribeCluster' satisfies ClusterPermissionName
const ASSOCIATIONS = 'eks:ListPodIdentityAssociations' satisfies ClusterPermissionName
const ASSOCIATION = 'eks:DescribePodIdentityAssociation' satisfies ClusterPermissionName

const PAGES = {
  clusters: tokenPageOf('clusters', 'nextToken', ClusterName),
  associations: tokenPageOf('associations', 'nextToken', AssociationSummary),
  roles: pageOf('Roles', PodRole),
}
/** The most that each listing gives at a time. */
const EKS_PAGE = 100
const ROLES_PAGE = 1000
const GONE = ['ResourceNotFoundException']

type Roles = ReadonlyMap<string, { id: string; may: PodsMay }>
export type ClusterLook = RegionLook<OwnKind>
type Look = ClusterLook

/** The roles by ARN, as associations name them: listed when the first association asks for them. */
class Listing {
  private listed: Promise<Fact<Roles>> | undefined

  constructor(private readonly at: StreamAt) {}

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
  // Its own ARN alone: what a cluster is called elsewhere is a key of its own source.
  about: { keys: [CLUSTER_KEY] },
  collect(at) {
    const listing = new Listing(at)
    return inEveryRegion(at, {
      kinds: KINDS,
      service: 'eks',
      read: (look, region) => readRegion(look, region, listing),
    })
  },
}

async function* readRegion(look: Look, region: string, listing: Listing): AsyncGenerator<Observation> {
  const { session } = look.at
  const listed = await session.gather(CLUSTERS, { region, maxResults: EKS_PAGE }, PAGES.clusters, {
    next: following,
  })
  if (listed.state !== 'known') return look.lack(KINDS, listed, region)
  const clusters = new Asker(session, CLUSTER, GONE)
  const associations = new Asker(session, ASSOCIATION, GONE)
  const entries = new EntryAskers(session)
  for (const name of listed.value.flatMap(({ items }) => items).sort()) {
    const described = await clusters.ask({ region, name }, ClusterAnswer)
    if (described.state === 'absent') continue
    look.lack(['issuer', 'entitlement'], described, region)
    const issuer = mapFact(described, ({ cluster }) => issuerOf(cluster))
    if (described.state === 'known') {
      yield clusterIssuer(described.value.cluster)
      yield* authentication(described.value.cluster, issuer)
    }
    const mode = mapFact(described, ({ cluster }) => cluster.accessConfig?.authenticationMode)
    yield* readEntries(look, { region, name, issuer, mode, entries })
    yield* readAssociations(look, { region, name, issuer, associations, listing })
  }
}

type InCluster = {
  region: string
  name: string
  issuer: Fact<string>
  associations: Asker
  listing: Listing
}

async function* readAssociations(
  look: Look,
  { region, name, issuer, associations, listing }: InCluster,
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
    const roles = await listing.roles()
    if (roles.state !== 'known') return look.at.lacking(['trust'], roles)
    // One that is gone, or of another account, is no identity here; one that does not let EKS in is given to nobody.
    const role = roles.value.get(association.roleArn)
    if (role && role.may !== 'no') yield associationTrust({ association, cluster: name, issuer, role })
  }
}
