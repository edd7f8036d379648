// The registry of connectors: one line each. A manifest is plain data; the code behind it is loaded when it is needed.
import type { Connector, Manifest } from '@/core/connector'
import { RollcallError } from '@/core/errors'
import { awsManifest } from './aws/manifest'

export type ConnectorEntry = { manifest: Manifest; load: () => Promise<Connector> }

/**
 * Forgets the type of a connector's settings, so that connectors can stand in one table. Sound because settings reach a
 * connector only after its own schema has read them.
 */
const entry = <S>(manifest: Manifest<S>, load: () => Promise<Connector<S>>): ConnectorEntry => ({
  manifest: manifest as Manifest,
  load: load as () => Promise<unknown> as () => Promise<Connector>,
})

export const connectors: Readonly<Record<string, ConnectorEntry>> = {
  aws: entry(awsManifest, () => import('./aws/collect').then((module) => module.default)),
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
