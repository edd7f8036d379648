// What the connector is, as data: pages, the commands and the README are made from it.
import { defineManifest } from '@/core/connector'
import { COMMAND, PERMISSIONS } from './calls'
import { joins } from './joins'
import { ofType } from './of-type'
import { SpireSettings } from './settings'
import { setup } from './setup'

export const OUTPUT = 'spire-server-json'

export const spireManifest = defineManifest<SpireSettings>({
  id: 'spire',
  title: 'SPIRE',
  summary:
    'Which SPIFFE IDs a SPIRE server gives to whom: registration entries, agents, administrators, federation. From files.',
  settings: SpireSettings,
  permissions: PERMISSIONS,
  streams: {
    issuer: 'The trust domain as an issuer.',
    entries: 'SPIFFE IDs, who gets them, how long SVIDs live, and who may register or sign.',
    agents: 'Agents, by the nodes they were attested on.',
    federation: 'Trust domains whose authorities the server holds.',
  },
  types: {
    'spire.trust-domain': 'Trust domain',
    'spire.workload': 'SPIFFE ID of workloads',
    'spire.node-alias': 'SPIFFE ID of nodes',
    'spire.agent': 'Agent',
    'spire.federated-domain': 'Workloads of a federated trust domain',
    'spire.issuer': 'Trust domain',
    'spire.federated-issuer': 'Federated trust domain',
    'spire.right': 'Right of an entry',
    'spire.x509-svid': 'X.509-SVID',
    'spire.jwt-svid': 'JWT-SVID',
  },
  ofType,
  imports: [
    {
      id: OUTPUT,
      title: 'Output of spire-server (JSON)',
      command: COMMAND,
      endings: ['.json', '.jsonl'],
    },
  ],
  importOnly: true,
  joins,
  gaps: [
    'The API of the server is not called: it has no right that only reads. What its command line prints is imported.',
    'The configuration of the server is not read: administrators named in it (admin_ids), standard lifetimes, attestors and upstream authorities stay unknown.',
    'The server does not keep when an SVID was issued or used.',
    'SPIFFE IDs are names: one that is registered anew by the same name looks the same.',
    'Selectors name namespace and service account, and not the cluster: what they join to is told with that doubt.',
    'Selectors by the uid of a pod, as a controller makes them, are joined through the objects of that controller in the cluster.',
    'Which workloads of a federated trust domain there are, only that domain knows.',
    'Join tokens are never kept: the ids of agents that joined by one show a digest of it.',
  ],
  intervalMinutes: 24 * 60,
  setup,
})
