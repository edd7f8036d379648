// The connector: one scope for a tenant, read through Microsoft Graph and Azure Resource Manager.
import { defineConnector, type Scope } from '@/core/connector'
import { RollcallError } from '@/core/errors'
import type { Session } from '@/core/session'
import { TENANTS } from './arm-calls'
import { armStreams } from './arm-streams'
import { openClient } from './client'
import { connection } from './connection'
import { entraStreams } from './entra'
import { openDirectory } from './entra/import-directory'
import { openAssignments, openIdentities } from './import-arm'
import { ASSIGNMENTS_FILE, DIRECTORY, IDENTITIES_FILE } from './imports'
import { azureAuthority, entraAuthority } from './keys'
import { azureManifest } from './manifest'
import { gather } from './pages'
import { sampleTransport } from './sample'
import type { AzureSettings } from './settings'
import { Tenant } from './shapes-arm'

async function scopeOf(session: Session): Promise<Scope> {
  const { tenantId } = await connection(session)
  const tenants = await gather(session, TENANTS, {}, Tenant)
  const named =
    tenants.state === 'known'
      ? tenants.value.find((one) => one.tenantId === tenantId)?.displayName
      : undefined
  return {
    nativeId: tenantId,
    name: named ?? tenantId,
    type: 'azure.tenant',
    authorities: [entraAuthority(tenantId), azureAuthority(tenantId)],
  }
}

const OPEN: Readonly<Record<string, (path: string) => ReturnType<typeof openDirectory>>> = {
  [DIRECTORY]: openDirectory,
  [ASSIGNMENTS_FILE]: openAssignments,
  [IDENTITIES_FILE]: openIdentities,
}

export default defineConnector<AzureSettings>({
  manifest: azureManifest,
  open: (settings) => openClient(settings),
  async openFile(format, path) {
    const open = Object.hasOwn(OPEN, format) ? OPEN[format] : undefined
    if (!open) throw new RollcallError('not-found', `Azure has no import format ${format}.`)
    return await open(path)
  },
  sample: () => sampleTransport(),
  async *scopes(session) {
    yield await scopeOf(session)
  },
  streams: { ...entraStreams, ...armStreams },
})
