// The connector: one scope for each organisation, folder or project of a connection, and its streams.
import { defineConnector } from '@/core/connector'
import { RollcallError } from '@/core/errors'
import { openClient } from './client'
import { access } from './collect-access'
import { serviceAccounts } from './collect-accounts'
import { hierarchy } from './collect-hierarchy'
import { apiKeys, hmacKeys, serviceAccountKeys } from './collect-keys'
import { workloadIdentityPools } from './collect-pools'
import { restrictions } from './collect-restrictions'
import { storedSecrets } from './collect-secrets'
import { workloads } from './collect-workloads'
import { openExport } from './import-export'
import { ASSET_EXPORT, GCLOUD, gcpManifest } from './manifest'
import { sampleTransport } from './sample'
import { scopes } from './scopes'
import type { GcpSettings } from './settings'

export default defineConnector<GcpSettings>({
  manifest: gcpManifest,
  open: (settings) => openClient(settings),
  async openFile(format, path) {
    if (format === GCLOUD || format === ASSET_EXPORT) return await openExport(format, path)
    throw new RollcallError('not-found', `Google Cloud has no import format ${format}.`)
  },
  sample: () => sampleTransport(),
  scopes,
  streams: {
    'service-accounts': serviceAccounts,
    'service-account-keys': serviceAccountKeys,
    'hmac-keys': hmacKeys,
    'api-keys': apiKeys,
    access,
    'workload-identity-pools': workloadIdentityPools,
    hierarchy,
    restrictions,
    workloads,
    secrets: storedSecrets,
  },
})
