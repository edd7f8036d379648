// The registry of connectors: one line each. A manifest is plain data; the code behind it is loaded when it is needed.
import type { Connector, Manifest } from '@/core/connector'
import { RollcallError } from '@/core/errors'
import { awsManifest } from './aws/manifest'
import { azureManifest } from './azure/manifest'
import { gcpManifest } from './gcp/manifest'
import { kubernetesManifest } from './kubernetes/manifest'
import { spireManifest } from './spire/manifest'
import { vaultManifest } from './vault/manifest'

export type ConnectorEntry = { manifest: Manifest; load: () => Promise<Connector> }

export const connectors: Readonly<Record<string, ConnectorEntry>> = {
  aws: { manifest: awsManifest, load: async () => (await import('./aws/collect')).default },
  azure: {
    manifest: azureManifest,
    load: async () => (await import('./azure/collect')).default as unknown as Connector,
  },
  gcp: {
    manifest: gcpManifest,
    load: async () => (await import('./gcp/collect')).default as unknown as Connector,
  },
  kubernetes: {
    manifest: kubernetesManifest,
    load: async () => (await import('./kubernetes/collect')).default as unknown as Connector,
  },
  spire: {
    manifest: spireManifest,
    load: async () => (await import('./spire/collect')).default as unknown as Connector,
  },
  vault: {
    manifest: vaultManifest,
    load: async () => (await import('./vault/collect')).default as unknown as Connector,
  },
}

export const connectorIds = (): string[] => Object.keys(connectors)

/** @throws RollcallError 'not-found' for an id that no connector has */
export function findConnector(id: string): ConnectorEntry {
  const found = Object.hasOwn(connectors, id) ? connectors[id] : undefined
  if (!found)
    throw new RollcallError(
      'not-found',
      `There is no connector ${id}. There are: ${connectorIds().join(', ')}.`,
    )
  return found
}
