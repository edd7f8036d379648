// The connector: one scope for each namespace of a server, and its streams.
import { defineConnector, type Scope } from '@/core/connector'
import { RollcallError } from '@/core/errors'
import type { Session } from '@/core/session'
import { z } from 'zod'
import { LOGIN } from './calls'
import { openClient } from './client'
import { auditLog } from './collect-audit'
import { awsEngineRoles, databaseRoles, kubernetesEngineRoles, pkiRoles, sshRoles } from './collect-engines'
import { entities } from './collect-entities'
import { leases } from './collect-leases'
import { mounts } from './collect-mounts'
import { policies } from './collect-policies'
import {
  appRoles,
  awsRoles,
  azureRoles,
  certRoles,
  gcpRoles,
  jwtRoles,
  kubernetesRoles,
  userpassUsers,
} from './collect-roles'
import { secretIds } from './collect-secret-ids'
import { kvSecrets } from './collect-secrets'
import { tokenRoles } from './collect-token-roles'
import { tokens } from './collect-tokens'
import { hostsOf, ownAuthority, scopeId, serverOf, type Server } from './connection'
import { openAuditLog } from './import-audit'
import { AUDIT_LOG, vaultManifest } from './manifest'
import { sampleTransport } from './sample'
import type { VaultSettings } from './settings'
import { answerOf, Keys } from './values'

const SignedIn = answerOf(z.object({ method: z.string() }))
/** Namespaces within namespaces; nobody nests them deeper. */
const DEPTH_MAX = 10

function scopeOf({ connection, clusterId, byAddress, openBao }: Server, ns: string): Scope {
  const nativeId = scopeId(clusterId, ns)
  const type = openBao ? 'vault.openbao-cluster' : 'vault.cluster'
  const name = `${connection.host}${ns === '' ? '' : `/${ns}`}${byAddress ? ' (known by its address)' : ''}`
  const scope = { nativeId, type, name }
  return {
    ...scope,
    authorities: [...hostsOf(connection).map((host) => `vault:${host}`), ownAuthority(scope)],
  }
}

/** Every namespace there is, each before those within it. An edition without namespaces has only the root. */
async function* everyNamespace(session: Session, ns = '', depth = 0): AsyncGenerator<string> {
  yield ns
  if (depth >= DEPTH_MAX) return
  const inner = await session.ask('list sys/namespaces', { ns }, Keys)
  if (inner.state === 'unknown' && inner.why === 'not-offered') return
  // Asked once more, so that a refusal ends the list of scopes as what it is.
  const { keys } =
    inner.state === 'known' ? inner.value : await session.call('list sys/namespaces', { ns }, Keys)
  for (const key of [...keys].sort())
    yield* everyNamespace(session, `${ns === '' ? '' : `${ns}/`}${key.replace(/\/$/, '')}`, depth + 1)
}

async function* namespacesOf(session: Session, given: readonly string[]): AsyncGenerator<string> {
  if (given.includes('*')) return yield* everyNamespace(session)
  if (given.length === 0) yield ''
  for (const ns of [...new Set(given)].sort()) yield ns === 'root' ? '' : ns
}

export default defineConnector<VaultSettings>({
  manifest: vaultManifest,
  open: (settings) => openClient(settings),
  async openFile(format, path) {
    if (format === AUDIT_LOG) return await openAuditLog(path)
    throw new RollcallError('not-found', `Vault has no import format ${format}.`)
  },
  sample: () => sampleTransport(),
  async *scopes(session) {
    const server = await serverOf(session)
    await session.call(LOGIN, {}, SignedIn)
    for await (const ns of namespacesOf(session, server.connection.namespaces)) yield scopeOf(server, ns)
  },
  streams: {
    mounts,
    'approle-roles': appRoles,
    'secret-ids': secretIds,
    'kubernetes-roles': kubernetesRoles,
    'jwt-roles': jwtRoles,
    'cert-roles': certRoles,
    'userpass-users': userpassUsers,
    'aws-roles': awsRoles,
    'azure-roles': azureRoles,
    'gcp-roles': gcpRoles,
    'token-roles': tokenRoles,
    entities,
    policies,
    'database-roles': databaseRoles,
    'aws-engine-roles': awsEngineRoles,
    'pki-roles': pkiRoles,
    'ssh-roles': sshRoles,
    'kubernetes-engine-roles': kubernetesEngineRoles,
    'kv-secrets': kvSecrets,
    tokens,
    leases,
    'audit-log': auditLog,
  },
})
