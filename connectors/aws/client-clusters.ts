// The network side of clusters: one EKS client for each region, made when it is first asked, and the account's list of regions.
import { AccountClient, ListRegionsCommand, type AccountClientConfig } from '@aws-sdk/client-account'
import {
  DescribeClusterCommand,
  DescribePodIdentityAssociationCommand,
  EKSClient,
  ListClustersCommand,
  ListPodIdentityAssociationsCommand,
  type $Command,
  type EKSClientConfig,
  type EKSClientResolvedConfig,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-eks'
import type { Explanation } from '@/core/upstream'
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

/** The settings do not want clusters: nothing is asked of AWS about them. */
export class LeftOut extends Error {
  override readonly name = 'LeftOut'
  readonly explanation: Explanation = {
    why: 'left-out',
    detail: 'Looking at EKS clusters is off in the settings of the connection.',
  }
}

/** @param wanted whether the settings want clusters at all */
export function clusterCalls(config: AccountClientConfig & EKSClientConfig, wanted: boolean): ClusterCalls {
  const regions = new Map<string, EKSClient>()
  let account: AccountClient | undefined
  function eksIn(region: unknown): EKSClient {
    if (typeof region !== 'string' || !REGION.test(region)) throw new Error('a call of EKS names no region')
    const client = regions.get(region) ?? new EKSClient({ ...config, region })
    regions.set(region, client)
    return client
  }
  const asked =
    (call: Call): Call =>
    async (params, signal) => {
      if (!wanted) throw new LeftOut()
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
      'account:ListRegions': asked((params, abortSignal) => {
        account ??= new AccountClient(config)
        return account.send(new ListRegionsCommand(params), { abortSignal })
      }),
      'eks:ListClusters': of(ListClustersCommand),
      'eks:DescribeCluster': of(DescribeClusterCommand),
      'eks:ListPodIdentityAssociations': of(ListPodIdentityAssociationsCommand),
      'eks:DescribePodIdentityAssociation': of(DescribePodIdentityAssociationCommand),
    },
    close() {
      account?.destroy()
      for (const client of regions.values()) client.destroy()
    },
  }
}
