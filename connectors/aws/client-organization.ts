// The network side of the organization: one client, made when it is first asked.
import {
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  ListParentsCommand,
  ListPoliciesForTargetCommand,
  ListRootsCommand,
  OrganizationsClient,
  type $Command,
  type OrganizationsClientConfig,
  type OrganizationsClientResolvedConfig,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-organizations'
import type { OrganizationPermissionName } from './permissions'

type Call = (params: Readonly<Record<string, unknown>>, signal: AbortSignal) => Promise<unknown>
type Command<I extends ServiceInputTypes, O extends ServiceOutputTypes> = $Command<
  I,
  O,
  OrganizationsClientResolvedConfig,
  ServiceInputTypes,
  ServiceOutputTypes
>
type OrganizationCalls = { calls: Record<OrganizationPermissionName, Call>; close(): void }

export function organizationCalls(config: OrganizationsClientConfig): OrganizationCalls {
  let client: OrganizationsClient | undefined
  const of =
    <I extends ServiceInputTypes, O extends ServiceOutputTypes>(Of: new (input: I) => Command<I, O>): Call =>
    (params, abortSignal) => {
      client ??= new OrganizationsClient(config)
      return client.send(new Of(params as unknown as I), { abortSignal })
    }
  return {
    calls: {
      'organizations:DescribeOrganization': of(DescribeOrganizationCommand),
      'organizations:ListRoots': of(ListRootsCommand),
      'organizations:ListParents': of(ListParentsCommand),
      'organizations:ListPoliciesForTarget': of(ListPoliciesForTargetCommand),
      'organizations:DescribePolicy': of(DescribePolicyCommand),
    },
    close: () => client?.destroy(),
  }
}
