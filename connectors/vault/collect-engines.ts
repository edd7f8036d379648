// Secrets engines that issue credentials of other systems: each type a stream, each role an issuer with its lifetimes.
import type { Stream } from '@/core/connector'
import { absent, answer, known, unknown } from '@/core/fact'
import type { Kind, Observation, Of } from '@/core/observation'
import type { z } from 'zod'
import type { CallName } from './calls'
import { namedCluster } from './clusters'
import { Asker, engineMounts, lookAt, type Look, type Mount } from './look'
import { GONE } from './explain'
import { accessKeyLink, awsRoleLinks, issuerRow, roleIssuer, serviceAccountLinks } from './map-issuer'
import { issuingPath } from './names'
import { NO_DATE, NO_USE } from './observed'
import * as shapes from './shapes-engines'
import { inWords, Keys } from './values'

type At = { look: Look; mount: Mount }
type Listing<R> = {
  kinds: readonly Kind[]
  list: CallName
  read: CallName
  shape: z.ZodType<R>
  row: (at: At, name: string, role: R) => Observation
}

/** A role that cannot be read is left as it was: its name alone would say that it reaches nothing. */
async function* itemsOf<R>(
  { look, mount }: At,
  { kinds, list, read, shape, row }: Listing<R>,
): AsyncGenerator<Observation> {
  const at = { ns: look.ns, mount: mount.path }
  const listed = await look.session.ask(list, at, Keys)
  look.lacking(kinds, listed)
  if (listed.state !== 'known') return
  const asker = new Asker(look.session, read)
  for (const name of [...listed.value.keys].sort()) {
    const role = await asker.ask({ ...at, name }, shape)
    look.lacking(kinds, role)
    if (role.state === 'known') yield row({ look, mount }, name, role.value)
  }
}

const engine = (
  type: string,
  kinds: readonly Kind[],
  read: (at: At) => AsyncIterable<Observation>,
): Stream => ({
  kinds,
  async *collect(at) {
    const look = await lookAt(at)
    for (const mount of await engineMounts(look)) if (mount.type === type) yield* read({ look, mount })
  },
})

const ISSUER = ['issuer'] as const

export const databaseRoles = engine('database', ['issuer', 'credential'], async function* (at) {
  yield* itemsOf(at, {
    kinds: ISSUER,
    list: 'list <database>/roles',
    read: 'read <database>/roles/+',
    shape: shapes.DatabaseRole,
    row: ({ look, mount }, name, { default_ttl, max_ttl }) =>
      roleIssuer({
        ...{ look, mount, name, type: 'vault.database-role', words: ['creds'] },
        source: 'read <database>/roles/+',
        life: { standard: default_ttl, most: max_ttl },
      }),
  })
  yield* itemsOf(at, {
    kinds: ['credential'],
    list: 'list <database>/static-roles',
    read: 'read <database>/static-roles/+',
    shape: shapes.DatabaseStaticRole,
    row: staticAccount,
  })
})

/** An account of a database that stays; its password is changed by the server. */
function staticAccount({ look, mount }: At, name: string, role: shapes.DatabaseStaticRole): Of<'credential'> {
  const source: CallName = 'read <database>/static-roles/+'
  const { rotation_period } = role
  const path = `${mount.path}/static-creds/${name}`
  return {
    kind: 'credential',
    nativeId: `${mount.accessor}/static-roles/${name}`,
    keys: [{ type: 'vault.issuing-path', value: issuingPath(look.scope.nativeId, path) }],
    identity: absent(source, 'the account belongs to the database'),
    type: 'vault.database-account',
    form: 'password',
    name: `${role.username} (${mount.path}/static-roles/${name})`,
    createdAt: unknown('not-offered', source, NO_DATE),
    rotatedAt: answer(role.last_vault_rotation, source, 'it was never rotated'),
    expiresAt: absent(
      source,
      rotation_period ? `it is rotated every ${inWords(rotation_period)}` : 'it has no end date',
    ),
    lastUsedAt: unknown('not-offered', source, NO_USE),
    lastUsedWhere: unknown('not-offered', source, NO_USE),
    enabled: known(true, source),
  }
}

/** Where the engine acts by an access key, that key is what all its credentials hang on. */
async function* awsAccess({ look, mount }: At): AsyncGenerator<Observation> {
  const source: CallName = 'read <aws>/config/root'
  const root = await look.session.ask(source, { ns: look.ns, mount: mount.path }, shapes.AwsRoot, GONE)
  look.lacking(ISSUER, root)
  if (root.state !== 'known' || root.value.access_key === '') return
  yield issuerRow({
    id: `${mount.accessor}/config/root`,
    path: `${mount.path}/config/root`,
    name: `Access of ${mount.path} to AWS`,
    type: 'vault.aws-access',
    source,
    links: [accessKeyLink(root.value.access_key)],
  })
}
export const awsEngineRoles = engine('aws', ISSUER, async function* (at) {
  yield* awsAccess(at)
  yield* itemsOf(at, {
    kinds: ISSUER,
    list: 'list <aws>/roles',
    read: 'read <aws>/roles/+',
    shape: shapes.AwsEngineRole,
    row: ({ look, mount }, name, { credential_type, default_sts_ttl, max_sts_ttl, role_arns }) =>
      roleIssuer({
        ...{ look, mount, name, type: 'vault.aws-engine-role', words: ['creds', 'sts'] },
        source: 'read <aws>/roles/+',
        life: { standard: default_sts_ttl, most: max_sts_ttl },
        sort: credential_type ?? 'unknown type',
        links: awsRoleLinks(role_arns),
      }),
  })
})

export const pkiRoles = engine('pki', ISSUER, (at) =>
  itemsOf(at, {
    kinds: ISSUER,
    list: 'list <pki>/roles',
    read: 'read <pki>/roles/+',
    shape: shapes.PkiRole,
    row: ({ look, mount }, name, { ttl, max_ttl }) =>
      roleIssuer({
        ...{ look, mount, name, type: 'vault.pki-role', words: ['issue', 'sign'] },
        source: 'read <pki>/roles/+',
        life: { standard: ttl, most: max_ttl },
      }),
  }),
)

export const sshRoles = engine('ssh', ISSUER, (at) =>
  itemsOf(at, {
    kinds: ISSUER,
    list: 'list <ssh>/roles',
    read: 'read <ssh>/roles/+',
    shape: shapes.SshRole,
    row: ({ look, mount }, name, { key_type, ttl, max_ttl }) =>
      roleIssuer({
        ...{ look, mount, name, type: 'vault.ssh-role', words: ['sign', 'issue', 'creds'] },
        source: 'read <ssh>/roles/+',
        life: { standard: ttl, most: max_ttl },
        sort: key_type,
      }),
  }),
)

export const kubernetesEngineRoles = engine('kubernetes', ISSUER, (at) =>
  itemsOf(at, {
    kinds: ISSUER,
    list: 'list <kubernetes>/roles',
    read: 'read <kubernetes>/roles/+',
    shape: shapes.KubernetesEngineRole,
    row: ({ look, mount }, name, role) => {
      const { path, accessor } = mount
      const cluster = namedCluster(look.connection, [path]) ?? { by: 'nothing', mount: path, accessor }
      return roleIssuer({
        ...{ look, mount, name, type: 'vault.kubernetes-engine-role', words: ['creds'] },
        source: 'read <kubernetes>/roles/+',
        life: { standard: role.token_default_ttl, most: role.token_max_ttl },
        links: serviceAccountLinks(role, cluster),
      })
    },
  }),
)
