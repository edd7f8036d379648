// Signs in to the clusters of a connection. The official client reads kubeconfigs and runs exec plugins; requests are our own,
// so that what is asked for, and what is refused, is in our hands. It is large, and loaded with the first call only.
import { Agent } from 'node:https'
import type { RequestOptions } from 'node:https'
import { callbackify } from 'node:util'
import type { KubeConfig } from '@kubernetes/client-node'
import { Refused, SignInFailed } from './explain'
import { isLocal, readKubeconfig } from './kubeconfig'
import { MESH_ITSELF } from './map-joins'
import { addressOf, entriesFor, type KubernetesSettings } from './settings'
import type { Cluster } from './shapes'

export type SignedIn = { server: string; options: RequestOptions }
export type Target = { cluster: Cluster; signIn: () => Promise<SignedIn>; close: () => void }

const IN_CLUSTER = 'this-cluster'
const NOT_INSIDE =
  'Rollcall does not run in a cluster. Enter a kubeconfig, or the address of an API server and a token.'

/** `{ name, config }` for every cluster to read. */
async function configs(settings: KubernetesSettings): Promise<{ name: string; config: KubeConfig }[]> {
  const { KubeConfig } = await import('@kubernetes/client-node')
  const { kubeconfig, server, token, certificateAuthority } = settings
  if (kubeconfig !== undefined) {
    const read = readKubeconfig(kubeconfig)
    if ('problem' in read) throw new Refused({ why: 'malformed', detail: read.problem })
    const asked = settings.contexts?.length ? settings.contexts : [read.current ?? '']
    return [...new Set(asked)].map((name) => {
      const config = new KubeConfig()
      // As JSON, which is YAML: it was read before, and no other reader may see other things in it.
      config.loadFromString(JSON.stringify(read.config))
      config.setCurrentContext(name)
      return { name, config }
    })
  }
  const config = new KubeConfig()
  if (server === undefined) config.loadFromCluster()
  else
    config.loadFromClusterAndUser(
      {
        name: 'cluster',
        server,
        skipTLSVerify: false,
        ...(certificateAuthority !== undefined && {
          caData: Buffer.from(certificateAuthority).toString('base64'),
        }),
      },
      { name: 'user', ...(token !== undefined && { token }) },
    )
  const name = settings.name ?? (server === undefined ? IN_CLUSTER : new URL(server).hostname)
  return [{ name, config }]
}

function toTarget(name: string, config: KubeConfig, settings: KubernetesSettings): Target {
  const held = config.getCurrentCluster()
  const server = held?.server ?? ''
  const address = /undefined/.test(server) ? undefined : addressOf(server)
  if (!held || address === undefined) throw new Refused({ why: 'denied', detail: NOT_INSIDE })
  // The client wants it said twice that a connection to this machine goes without TLS.
  const url = new URL(server)
  if (url.protocol === 'http:' && isLocal(url.hostname))
    config.clusters = config.clusters.map((one) =>
      one.name === held.name ? { ...one, skipTLSVerify: true } : one,
    )
  const known = entriesFor(settings.alsoKnownAs, name).flatMap((text) => addressOf(text) ?? [])
  const [issuer] = entriesFor(settings.issuers, name)
  const [workloadPool] = entriesFor(settings.workloadPools, name)
  const trustDomains = entriesFor(settings.trustDomains, name)
  return {
    cluster: {
      name,
      addresses: [...new Set([address, ...known])],
      ...(issuer !== undefined && { issuer }),
      ...(workloadPool !== undefined && { workloadPool }),
      trustDomains: trustDomains.length ? [...new Set(trustDomains)] : [MESH_ITSELF],
      ...(settings.namespaces?.length && { namespaces: [...new Set(settings.namespaces)].sort() }),
    },
    ...signer(server, config),
  }
}

type Signer = Pick<Target, 'signIn' | 'close'>
const ON_AGENT = ['cert', 'key', 'ca', 'servername', 'rejectUnauthorized'] as const

/** Connections are kept open for as long as the certificate they were made with is in use. */
function signer(server: string, config: KubeConfig): Signer {
  const apply = callbackify((options: RequestOptions) => config.applyToHTTPSOptions(options))
  const proxied = config.getCurrentCluster()?.proxyUrl !== undefined
  const agents = new Map<string, Agent>()
  const agentFor = (options: RequestOptions): Agent => {
    const cert = String(options.cert)
    const given = Object.fromEntries(
      ON_AGENT.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
    )
    const agent = agents.get(cert) ?? new Agent({ keepAlive: true, ...given })
    agents.set(cert, agent)
    return agent
  }
  return {
    signIn: () =>
      new Promise((resolve, reject) => {
        const options: RequestOptions = { headers: {} }
        apply(options, (error) => {
          // What a plugin writes when it fails may hold a token: only the code is kept.
          if (error) return reject(new SignInFailed(String((error as { code?: unknown }).code ?? '')))
          if (!proxied && server.startsWith('https:')) options.agent = agentFor(options)
          resolve({ server, options })
        })
      }),
    close: () => agents.forEach((agent) => agent.destroy()),
  }
}

export async function openClusters(settings: KubernetesSettings): Promise<Map<string, Target>> {
  const targets = (await configs(settings)).map(({ name, config }) => toTarget(name, config, settings))
  return new Map(targets.map((target) => [target.cluster.name, target]))
}
