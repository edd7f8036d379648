// The auth methods whose roles are read, each a stream of its own, so that each refusal costs only its own.
import { known, mapFact, type Fact } from '@/core/fact'
import type { Observation } from '@/core/observation'
import { configuredCluster, namedCluster, type Cluster } from './clusters'
import { GONE } from './explain'
import { loginRoles } from './login-roles'
import type { Look, Mount } from './look'
import { awsTrust, azureTrust, certTrust, gcpTrust } from './map-cloud'
import { kubernetesTrust } from './map-kubernetes'
import { passwordOf, userClass } from './map-userpass'
import { jwtClass, jwtTrust } from './map-jwt'
import { trustOf } from './observed'
import * as shapes from './shapes'
import { inWords } from './values'

const ROLE_KINDS = ['identity', 'trust', 'grant'] as const
const machine = (classReason: string) => () => ({ class: 'machine' as const, classReason })

function* appRoleTrust(id: string, role: shapes.AppRole): Generator<Observation> {
  if (role.bind_secret_id) return
  yield trustOf({
    identity: id,
    tail: 'anyone',
    principalType: 'anyone',
    principal: '*',
    conditions: {
      bind_secret_id: false,
      token_bound_cidrs: role.token_bound_cidrs,
      secret_id_bound_cidrs: role.secret_id_bound_cidrs,
    },
  })
}
function appRoleTags(role: shapes.AppRole): Record<string, string> {
  const { secret_id_ttl, secret_id_num_uses, secret_id_bound_cidrs, bind_secret_id } = role
  return {
    bind_secret_id: String(bind_secret_id),
    ...(bind_secret_id && {
      secret_id_ttl: secret_id_ttl ? inWords(secret_id_ttl) : 'no end',
      secret_id_num_uses: secret_id_num_uses ? String(secret_id_num_uses) : 'any number',
    }),
    ...(secret_id_bound_cidrs.length && { secret_id_bound_cidrs: secret_id_bound_cidrs.join(', ') }),
  }
}
export const appRoles = loginRoles({
  mountType: 'approle',
  folder: 'role',
  type: 'vault.approle-role',
  list: 'list auth/<approle>/role',
  read: 'read auth/<approle>/role/+',
  shape: shapes.AppRole,
  keyless: false,
  classify: machine('Programs sign in to it with a role id and a secret id.'),
  tags: appRoleTags,
  trust: ({ id, role }) => appRoleTrust(id, role),
  kinds: ROLE_KINDS,
})

/** Which cluster a mount belongs to: as the settings say, or as it is configured. */
export async function clusterOf({ session, ns, connection }: Look, mount: Mount): Promise<Fact<Cluster>> {
  const source = 'read auth/<kubernetes>/config'
  const named = namedCluster(connection, [`auth/${mount.path}`, mount.path])
  if (named) return known(named, source)
  const at = { ns, mount: mount.path }
  const config = await session.ask(source, at, shapes.KubernetesConfig, GONE)
  return configuredCluster(
    mount,
    mapFact(config, ({ kubernetes_host }) => kubernetes_host),
  )
}
export const kubernetesRoles = loginRoles({
  mountType: 'kubernetes',
  folder: 'role',
  type: 'vault.kubernetes-role',
  list: 'list auth/<kubernetes>/role',
  read: 'read auth/<kubernetes>/role/+',
  shape: shapes.KubernetesRole,
  keyless: true,
  classify: machine('Service accounts of a cluster sign in to it.'),
  tags: ({ audience }) => ({ audience: audience || 'any' }),
  prepare: clusterOf,
  trust: ({ id, role, context }) => kubernetesTrust(id, role, context),
  kinds: ROLE_KINDS,
})

export const jwtConfigOf = ({ session, ns }: Look, mount: Mount): Promise<Fact<shapes.JwtConfig>> =>
  session.ask('read auth/<jwt>/config', { ns, mount: mount.path }, shapes.JwtConfig, GONE)
export const jwtRoles = loginRoles({
  mountType: 'jwt',
  folder: 'role',
  type: 'vault.jwt-role',
  list: 'list auth/<jwt>/role',
  read: 'read auth/<jwt>/role/+',
  shape: shapes.JwtRole,
  keyless: true,
  classify: (_, role) => jwtClass(role),
  tags: ({ role_type }) => ({ ...(role_type && { role_type }) }),
  prepare: jwtConfigOf,
  trust: ({ id, role, context }) => [jwtTrust(id, role, context)],
  kinds: ROLE_KINDS,
})

export const certRoles = loginRoles({
  mountType: 'cert',
  folder: 'certs',
  type: 'vault.cert-role',
  list: 'list auth/<cert>/certs',
  read: 'read auth/<cert>/certs/+',
  shape: shapes.CertRole,
  keyless: false,
  classify: machine('Programs sign in to it with a TLS certificate.'),
  trust: ({ id, role }) => [certTrust(id, role)],
  kinds: ROLE_KINDS,
})

export const userpassUsers = loginRoles({
  mountType: 'userpass',
  folder: 'users',
  type: 'vault.userpass-user',
  list: 'list auth/<userpass>/users',
  read: 'read auth/<userpass>/users/+',
  shape: shapes.UserpassUser,
  keyless: false,
  classify: (name) => userClass(name),
  also: ({ id, name }) => [passwordOf(id, name)],
  kinds: ['identity', 'grant', 'credential'],
})

export const awsRoles = loginRoles({
  mountType: 'aws',
  folder: 'role',
  type: 'vault.aws-role',
  list: 'list auth/<aws>/role',
  read: 'read auth/<aws>/role/+',
  shape: shapes.AwsAuthRole,
  keyless: true,
  classify: machine('Principals and instances of AWS sign in to it.'),
  trust: ({ id, role }) => awsTrust(id, role),
  kinds: ROLE_KINDS,
})
export const azureRoles = loginRoles({
  mountType: 'azure',
  folder: 'role',
  type: 'vault.azure-role',
  list: 'list auth/<azure>/role',
  read: 'read auth/<azure>/role/+',
  shape: shapes.AzureAuthRole,
  keyless: true,
  classify: machine('Managed identities and service principals of Azure sign in to it.'),
  trust: ({ id, role }) => azureTrust(id, role),
  kinds: ROLE_KINDS,
})
export const gcpRoles = loginRoles({
  mountType: 'gcp',
  folder: 'role',
  type: 'vault.gcp-role',
  list: 'list auth/<gcp>/role',
  read: 'read auth/<gcp>/role/+',
  shape: shapes.GcpAuthRole,
  keyless: true,
  classify: machine('Service accounts and instances of Google Cloud sign in to it.'),
  trust: ({ id, role }) => gcpTrust(id, role),
  kinds: ROLE_KINDS,
})
