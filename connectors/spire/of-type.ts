// What holds of every thing of a type in a trust domain, whichever it is.
import type { OfType } from '@/core/connector'

export const ofType: Readonly<Record<string, OfType>> = {
  // Whoever gets it is told by its entries, and by who can come to run what fits them.
  'spire.workload': { own: true, closed: true, credentialsIn: ['entries'] },
  'spire.node-alias': { own: true, closed: true, credentialsIn: ['entries'] },
  // Whether a node is let in is decided by the attestor that the server is configured with.
  'spire.agent': { own: true, trustless: true },
  'spire.federated-domain': { trustless: true },
}
