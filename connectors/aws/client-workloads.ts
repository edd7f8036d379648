// The network side of what runs: a client for each service and region, made when it is first asked. The packages are loaded
// then too: that of EC2 alone takes more memory than all others together.
import type { WorkloadPermissionName } from './permissions'
import { LeftOut } from './left-out'
import { REGION } from './shapes-clusters'
import type { LambdaClientConfig } from '@aws-sdk/client-lambda'

type Params = Readonly<Record<string, unknown>>
type Call = (params: Params, signal: AbortSignal) => Promise<unknown>
type WorkloadCalls = { calls: Record<WorkloadPermissionName, Call>; close(): void }
/** What all clients take: where, as whom and how. */
type Config = Pick<
  LambdaClientConfig,
  'region' | 'endpoint' | 'credentials' | 'retryMode' | 'maxAttempts' | 'requestHandler'
>
type Client = { destroy(): void }
type Options = { abortSignal: AbortSignal }

type Ask<S, C> = (sdk: S, client: C, params: object, options: Options) => Promise<unknown>
type Service<S, C> = { load: () => Promise<S>; open: (sdk: S, config: Config) => C }

/** The clients of all services, each made when it is first asked in a region. */
class Clients {
  private readonly opened: Client[] = []

  constructor(
    private readonly config: Config,
    private readonly wanted: boolean,
  ) {}

  /** Makes calls of one service: the region says whom to ask, the rest is the question. */
  of<S, C extends Client>({ load, open }: Service<S, C>): (ask: Ask<S, C>) => Call {
    const clients = new Map<string, C>()
    const clientIn = (region: unknown, sdk: S): C => {
      if (typeof region !== 'string' || !REGION.test(region)) throw new Error('a call names no region')
      const client = clients.get(region) ?? open(sdk, { ...this.config, region })
      if (!clients.has(region)) this.opened.push(client)
      clients.set(region, client)
      return client
    }
    return (ask) =>
      async ({ region, ...params }, abortSignal) => {
        if (!this.wanted) throw new LeftOut('Looking at what runs')
        const sdk = await load()
        return await ask(sdk, clientIn(region, sdk), params, { abortSignal })
      }
  }

  close(): void {
    for (const client of this.opened) client.destroy()
  }
}

/** The session gives plain parameters; which of them a command takes is checked by AWS and by the recordings. */
const as = <I>(params: object): I => params as I

/** @param wanted whether the settings want to know what runs at all */
export function workloadCalls(config: Config, wanted: boolean): WorkloadCalls {
  const clients = new Clients(config, wanted)
  const lambda = clients.of({
    load: () => import('@aws-sdk/client-lambda'),
    open: (sdk, at) => new sdk.LambdaClient(at),
  })
  const ec2 = clients.of({
    load: () => import('@aws-sdk/client-ec2'),
    open: (sdk, at) => new sdk.EC2Client(at),
  })
  const ecs = clients.of({
    load: () => import('@aws-sdk/client-ecs'),
    open: (sdk, at) => new sdk.ECSClient(at),
  })
  const codebuild = clients.of({
    load: () => import('@aws-sdk/client-codebuild'),
    open: (sdk, at) => new sdk.CodeBuildClient(at),
  })
  return {
    calls: {
      'lambda:ListFunctions': lambda((sdk, client, params, options) =>
        client.send(new sdk.ListFunctionsCommand(params), options),
      ),
      'ec2:DescribeInstances': ec2((sdk, client, params, options) =>
        client.send(new sdk.DescribeInstancesCommand(params), options),
      ),
      'ecs:ListClusters': ecs((sdk, client, params, options) =>
        client.send(new sdk.ListClustersCommand(params), options),
      ),
      'ecs:ListServices': ecs((sdk, client, params, options) =>
        client.send(new sdk.ListServicesCommand(params), options),
      ),
      'ecs:DescribeServices': ecs((sdk, client, params, options) =>
        client.send(new sdk.DescribeServicesCommand(as(params)), options),
      ),
      'ecs:DescribeTaskDefinition': ecs((sdk, client, params, options) =>
        client.send(new sdk.DescribeTaskDefinitionCommand(as(params)), options),
      ),
      'codebuild:ListProjects': codebuild((sdk, client, params, options) =>
        client.send(new sdk.ListProjectsCommand(params), options),
      ),
      'codebuild:BatchGetProjects': codebuild((sdk, client, params, options) =>
        client.send(new sdk.BatchGetProjectsCommand(as(params)), options),
      ),
    },
    close: () => clients.close(),
  }
}
