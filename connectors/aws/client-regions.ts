// The account's list of regions: asked where the settings want anything that is kept region by region.
import { AccountClient, ListRegionsCommand, type AccountClientConfig } from '@aws-sdk/client-account'
import { LeftOut } from './left-out'

type Call = (params: Readonly<Record<string, unknown>>, signal: AbortSignal) => Promise<unknown>
type RegionCalls = { calls: Record<'account:ListRegions', Call>; close(): void }

export function regionCalls(config: AccountClientConfig, wanted: boolean): RegionCalls {
  let client: AccountClient | undefined
  return {
    calls: {
      'account:ListRegions': async (params, abortSignal) => {
        if (!wanted) throw new LeftOut('Looking at EKS clusters and at what runs')
        client ??= new AccountClient(config)
        return await client.send(new ListRegionsCommand(params), { abortSignal })
      },
    },
    close: () => client?.destroy(),
  }
}
