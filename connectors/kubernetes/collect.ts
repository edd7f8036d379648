// The Kubernetes connector: a scope for each cluster, and its streams.
import { defineConnector } from '@/core/connector'
import { RollcallError } from '@/core/errors'
import { openClient } from './client'
import { bindings, roles } from './collect-access'
import { admission, podSecurityLevels } from './collect-admission'
import { auditLog } from './collect-audit-log'
import { keptCertificates, signingRequests } from './collect-certificates'
import { externalSecrets } from './collect-external-secrets'
import { meshPolicies } from './collect-mesh'
import { secrets } from './collect-secrets'
import { server } from './collect-server'
import { nodes, serviceAccounts, tokenIssuer } from './collect-service-accounts'
import { spiffeIds } from './collect-spiffe-ids'
import { workloads } from './collect-workloads'
import { openAuditLog } from './import-audit-log'
import { openManifests } from './import-manifests'
import { openObjects } from './import-objects'
import { AUDIT_FORMAT, kubernetesManifest, MANIFESTS_FORMAT, OBJECTS_FORMAT } from './manifest'
import { sampleTransport } from './sample'
import { FollowedClusters } from './follow/following'
import { receiveAuditEvents } from './receive-audit-events'
import { scopes } from './scopes'
import type { KubernetesSettings } from './settings'

export default defineConnector<KubernetesSettings>({
  manifest: kubernetesManifest,
  open: (settings) => openClient(settings),
  follow: (settings, at) =>
    settings.follow ? new FollowedClusters({ ...at, transport: openClient(settings) }) : undefined,
  receive: receiveAuditEvents,
  async openFile(format, path) {
    if (format === OBJECTS_FORMAT.id) return await openObjects(path)
    if (format === MANIFESTS_FORMAT.id) return await openManifests(path)
    if (format === AUDIT_FORMAT.id) return await openAuditLog(path)
    throw new RollcallError('not-found', `Kubernetes has no import format ${format}.`)
  },
  sample: () => sampleTransport(),
  scopes,
  streams: {
    'service-accounts': serviceAccounts,
    nodes,
    'token-issuer': tokenIssuer,
    workloads,
    roles,
    bindings,
    secrets,
    'external-secrets': externalSecrets,
    certificates: keptCertificates,
    'signing-requests': signingRequests,
    'spiffe-ids': spiffeIds,
    server,
    'pod-security': podSecurityLevels,
    admission,
    'mesh-policies': meshPolicies,
    'audit-log': auditLog,
  },
})
