// What a connection says about itself: hosts, clusters and limits. The client adds it to the first answer, so that streams
// know it whether they read a server, a recording or a file.
import { z } from 'zod'
import type { Scope } from '@/core/connector'
import type { Session } from '@/core/session'
import type { CallName } from './calls'
import type { VaultSettings } from './settings'

const Connection = z.object({
  /** The host and port it is read at, and others it goes by. */
  host: z.string().min(1),
  alsoKnownAs: z.array(z.string()),
  namespaces: z.array(z.string()),
  clusters: z.array(z.string()),
  tokens: z.boolean(),
  leases: z.boolean(),
  limits: z.object({
    kvPathsMax: z.number(),
    secretIdsMax: z.number(),
    tokenAccessorsMax: z.number(),
    leasesMax: z.number(),
  }),
})
export type Connection = z.infer<typeof Connection>

/** `https://vault.example:8200/x` → `vault.example:8200`; the port is always said. */
export function hostOf(address: string): string {
  const { hostname, port, protocol } = new URL(address)
  return `${hostname}:${port || (protocol === 'http:' ? '80' : '443')}`
}
/** A host as a person wrote it, with the port that goes without saying. */
export const withPort = (host: string): string => (/:\d+$/.test(host) ? host : `${host}:443`).toLowerCase()

export function connectionOf(settings: VaultSettings): Connection {
  const { kvPathsMax, secretIdsMax, tokenAccessorsMax, leasesMax } = settings
  return {
    host: hostOf(settings.address),
    alsoKnownAs: settings.alsoKnownAs.map(withPort),
    namespaces: settings.namespaces,
    clusters: settings.clusters,
    tokens: settings.tokens,
    leases: settings.leases,
    limits: { kvPathsMax, secretIdsMax, tokenAccessorsMax, leasesMax },
  }
}

const HEALTH = 'read sys/health' satisfies CallName
const Health = z.object({
  version: z.string().min(1),
  cluster_id: z.string().min(1).nullish(),
  /** OpenBao has no performance standbys, and no field for them. */
  performance_standby: z.boolean().nullish(),
  connection: Connection,
})
export type Server = { connection: Connection; clusterId: string; byAddress: boolean; openBao: boolean }

export async function serverOf(session: Session): Promise<Server> {
  const health = await session.call(HEALTH, {}, Health)
  const { connection, cluster_id } = health
  return {
    connection,
    clusterId: cluster_id ?? `address:${connection.host}`,
    byAddress: cluster_id == null,
    openBao: health.performance_standby == null,
  }
}

/** All hosts it goes by, each once. */
export const hostsOf = ({ host, alsoKnownAs }: Connection): string[] =>
  [...new Set([host, ...alsoKnownAs])].sort()

/** `<cluster>/<namespace>`; the root namespace has no name. */
export const scopeId = (clusterId: string, ns: string): string =>
  ns === '' ? clusterId : `${clusterId}/${ns}`
export const namespaceOf = ({ nativeId }: Scope): string =>
  nativeId.includes('/') ? nativeId.slice(nativeId.indexOf('/') + 1) : ''

/** What one namespace is the one to know about, for names that only its own things use. */
export const ownAuthority = (scope: Scope): string => `vault-namespace:${scope.nativeId}`
