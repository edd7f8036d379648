// What the connector is, as data: pages, the setup policy and the README are made from it. Loads nothing that speaks to a
// server.
import { defineManifest } from '@/core/connector'
import { PERMISSIONS } from './calls'
import { joins } from './joins'
import { ofType } from './of-type'
import { VaultSettings } from './settings'
import { setup } from './setup'

export const AUDIT_LOG = 'vault-audit-log'

export const vaultManifest = defineManifest<VaultSettings>({
  id: 'vault',
  title: 'Vault / OpenBao',
  summary:
    'Who signs in to Vault or OpenBao and what for: roles, entities, policies, secret ids, issued credentials and the age of stored secrets.',
  settings: VaultSettings,
  permissions: PERMISSIONS,
  streams: {
    mounts: 'Auth methods, and engines that are not read any further.',
    'approle-roles': 'AppRoles and what they may do.',
    'secret-ids': 'Secret ids of AppRoles: age, end and last use.',
    'kubernetes-roles': 'Roles of service accounts, and which ones they let in.',
    'jwt-roles': 'Roles of JWT and OIDC methods, and which subjects they let in.',
    'cert-roles': 'Roles of TLS certificates.',
    'userpass-users': 'Users with a password.',
    'aws-roles': 'Roles of AWS principals, and which ones they let in.',
    'azure-roles': 'Roles of Azure identities.',
    'gcp-roles': 'Roles of Google service accounts.',
    'token-roles': 'Roles that tokens are made by, and the root policy.',
    entities: 'Entities with their aliases, groups and owners.',
    policies: 'Policies, and what their paths reach.',
    'database-roles': 'Roles that make database accounts, and accounts whose password is rotated.',
    'aws-engine-roles': 'Roles that issue AWS credentials, and what they act as.',
    'pki-roles': 'Roles that issue certificates.',
    'ssh-roles': 'Roles that sign SSH keys.',
    'kubernetes-engine-roles': 'Roles that issue service account tokens, and what they act as.',
    'kv-secrets': 'Stored secrets of KV version 2: names, ages and versions.',
    tokens: 'Live tokens, where the settings ask for it.',
    leases: 'Live leases, where the settings ask for it.',
    'audit-log': 'Sign-ins, reads and denials, from an imported audit log.',
  },
  types: {
    'vault.cluster': 'Vault',
    'vault.openbao-cluster': 'OpenBao',
    'vault.approle-role': 'AppRole',
    'vault.kubernetes-role': 'Kubernetes role',
    'vault.jwt-role': 'JWT or OIDC role',
    'vault.cert-role': 'Certificate role',
    'vault.userpass-user': 'User with a password',
    'vault.aws-role': 'AWS role',
    'vault.azure-role': 'Azure role',
    'vault.gcp-role': 'Google Cloud role',
    'vault.token-role': 'Token role',
    'vault.root': 'Root policy',
    'vault.entity': 'Entity',
    'vault.secret-id': 'Secret id',
    'vault.userpass-password': 'Password of a user',
    'vault.database-account': 'Database account with a rotated password',
    'vault.token': 'Token',
    'vault.tokens': 'Tokens, as a group',
    'vault.lease': 'Lease',
    'vault.policy': 'Policy',
    'vault.auth-method': 'Auth method',
    'vault.auth-method-unread': 'Auth method whose roles are not read',
    'vault.engine-unread': 'Secrets engine whose roles are not read',
    'vault.database-role': 'Database role',
    'vault.aws-access': 'Access of an engine to AWS',
    'vault.aws-engine-role': 'Role of the AWS engine',
    'vault.pki-role': 'Certificate issuing role',
    'vault.ssh-role': 'SSH role',
    'vault.kubernetes-engine-role': 'Role of the Kubernetes engine',
    'vault.kv-secret': 'Stored secret (KV version 2)',
  },
  ofType,
  imports: [
    {
      id: AUDIT_LOG,
      title: 'Audit log (JSON lines)',
      command:
        "(vault status -format=json | jq -c '. + {address: env.VAULT_ADDR}'; cat /var/log/vault/audit.log) > vault-audit.jsonl",
      endings: ['.jsonl', '.log', '.json', '.gz'],
    },
  ],
  gaps: [
    'The server does not say when a role, a secret or a token was last used: only its audit log does, which can be imported.',
    'Roles have no id of their own: one that is deleted and made anew under the same name looks the same.',
    'Roles of LDAP, RADIUS, Okta, GitHub, SAML, Kerberos, CF, OCI, AliCloud and SPIFFE methods are not read; the methods are shown.',
    'Roles of the Azure, Google Cloud, RabbitMQ, Consul, Nomad, LDAP and Terraform engines are not read; the engines are shown.',
    'KV version 1 has no metadata, and its paths are the secrets themselves: such mounts are left alone.',
    'Batch tokens have no accessor: they cannot be listed.',
    'Which certificates were issued is not read, only by which roles they can be.',
    'Policies of Sentinel and quotas are not read: what a role may do is judged by its ACL policies.',
    'A token without root rights is told the same about a mount that is not there as about one it may not read.',
    'Members of external groups are those of the last sign-in of each entity.',
  ],
  joins,
  intervalMinutes: 60,
  setup,
})
