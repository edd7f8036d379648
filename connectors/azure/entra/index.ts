// The Microsoft Graph side of the connector, in one place for the rest of it.
import type { Stream } from '@/core/connector'
import { agents } from './collect-agents'
import { appRoles } from './collect-app-roles'
import { applications } from './collect-applications'
import { delegatedGrants } from './collect-delegated'
import { federatedCredentials } from './collect-federated'
import { owners } from './collect-owners'
import { administrativeUnits, directoryRoles, eligibleRoles } from './collect-roles'
import type { entraStreamTexts } from './manifest'

export const entraStreams: Record<keyof typeof entraStreamTexts, Stream> = {
  applications,
  'federated-credentials': federatedCredentials,
  owners,
  'app-roles': appRoles,
  'delegated-grants': delegatedGrants,
  'directory-roles': directoryRoles,
  'eligible-roles': eligibleRoles,
  'administrative-units': administrativeUnits,
  agents,
}
