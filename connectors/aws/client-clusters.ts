// The network side of clusters: one EKS client for each region, made when it is first asked.
import {
  DescribeAccessEntryCommand,
  DescribeClusterCommand,
  DescribePodIdentityAssociationCommand,
  EKSClient,
  ListAccessEntriesCommand,
  ListAssociatedAccessPoliciesCommand,
  ListClustersCommand,
  ListPodIdentityAssociationsCommand,
  type $Command,
  type EKSClientConfig,
  type EKSClientResolvedConfig,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-eks'
import { LeftOut } from './left-out'
import type { ClusterPermissionName } from './permissions'
import { REGION } from './shapes-clusters'

type Call = (params: Readonly<Record<string, unknown>>, signal: AbortSignal) => Promise<unknown>
type EksCommand<I extends ServiceInputTypes, O extends ServiceOutputTypes> = $Command<
  I,
  O,
  EKSClientResolvedConfig,
  ServiceInputTypes,
  ServiceOutputTypes
>
type ClusterCalls = { calls: Record<ClusterPermissionName, Call>; close(): void }

/** @param wanted whether the settings want clusters at all */
export function clusterCalls(config: EKSClientConfig, wanted: boolean): ClusterCalls {
  const regions = new Map<string, EKSClient>()
  function eksIn(region: unknown): EKSClient {
    if (typeof region !== 'string' || !REGION.test(region)) throw new Error('a call of EKS names no region')
    const client = regions.get(region) ?? new EKSClient({ ...config, region })
    regions.set(region, client)
    return client
  }
  const asked =
    (call: Call): Call =>
    async (params, signal) => {
      if (!wanted) throw new LeftOut('Looking at EKS clusters')
      return await call(params, signal)
    }
  /** The session gives plain parameters: the region says whom to ask, the rest is the question. */
  const of = <I extends ServiceInputTypes, O extends ServiceOutputTypes>(
    Command: new (input: I) => EksCommand<I, O>,
  ): Call =>
    asked(({ region, ...params }, abortSignal) =>
      eksIn(region).send(new Command(params as unknown as I), { abortSignal }),
    )
  return {
    calls: {
      'eks:ListClusters': of(ListClustersCommand),
      'eks:DescribeCluster': of(DescribeClusterCommand),
      'eks:ListPodIdentityAssociations': of(ListPodIdentityAssociationsCommand),
      'eks:DescribePodIdentityAssociation': of(DescribePodIdentityAssociationCommand),
      'eks:ListAccessEntries': of(ListAccessEntriesCommand),
      'eks:DescribeAccessEntry': of(DescribeAccessEntryCommand),
      'eks:ListAssociatedAccessPolicies': of(ListAssociatedAccessPoliciesCommand),
    },
    close() {
      for (const client of regions.values()) client.destroy()
    },
  }
}
