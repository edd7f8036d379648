// The connectors of this installation as governance asks for them: descriptions at hand, code when it is needed.
import { connectors, findConnector } from '@/connectors'
import type { Connector, Manifest } from '@/core/connector'

export const manifests = (): Manifest[] => Object.values(connectors).map(({ manifest }) => manifest)

/** @throws RollcallError `not-found` */
export const manifestOf = (connectorId: string): Manifest => findConnector(connectorId).manifest

/** Loads the connector with its code. @throws RollcallError `not-found` */
export const connectorOf = async (connectorId: string): Promise<Connector> =>
  findConnector(connectorId).load()
