// What the Microsoft Graph side is, as data: streams, types, names it bears and expects, and what it cannot tell.
import type { Joins } from '@/core/join'
import { CLIENT_ID, OBJECT_ID, OIDC_ISSUER, OIDC_SUBJECT, RESOURCE_ID } from '../keys'

export const entraStreamTexts = {
  applications:
    'Applications with their service principals, foreign service principals and managed identities; their secrets and certificates.',
  'federated-credentials': 'Federated credentials of applications, and the issuers they trust.',
  owners: 'Owners of applications and service principals.',
  'app-roles': 'Permissions of APIs that programs hold for themselves.',
  'delegated-grants': 'Permissions of APIs that programs hold in the name of people.',
  'directory-roles': 'Directory roles that programs hold, directly or through a group.',
  'eligible-roles': 'Directory roles that programs may take for a time.',
  'administrative-units': 'Administrative units that roles can be limited to.',
  agents: 'Agent identities, their blueprints and sponsors.',
} as const

export const entraTypes = {
  'azure.application': 'Application',
  'azure.agent-blueprint': 'Agent blueprint',
  'azure.application-registration': 'Application registration',
  'azure.service-principal': 'Service principal',
  'azure.managed-identity': 'Managed identity',
  'azure.resource': 'Azure resource',
  'azure.legacy-principal': 'Legacy service principal',
  'azure.agent-identity': 'Agent identity',
  'azure.client-secret': 'Client secret',
  'azure.certificate-credential': 'Certificate',
  'azure.signing-certificate': 'Signing certificate',
  'azure.symmetric-key': 'Symmetric key',
  'azure.trusted-issuer': 'Trusted issuer',
  'azure.app-role': 'Application permission',
  'azure.delegated-scope': 'Delegated permission',
  'azure.directory-role': 'Directory role',
  'azure.administrative-unit': 'Administrative unit',
} as const

export const entraJoins: Joins = {
  offers: [
    { type: OBJECT_ID, kind: 'identity' },
    { type: CLIENT_ID, kind: 'identity' },
    { type: RESOURCE_ID, kind: 'identity' },
  ],
  expects: [
    { type: OBJECT_ID, kind: 'identity' },
    { type: CLIENT_ID, kind: 'identity' },
    { type: OIDC_SUBJECT, kind: 'identity' },
    { type: OIDC_ISSUER, kind: 'issuer' },
    { type: 'aws.arn', kind: 'identity' },
    { type: 'spiffe.id', kind: 'identity' },
  ],
}

export const entraGaps = [
  'When credentials and service principals were last used is told by preview reports only: in the public cloud, with a licence for Microsoft Entra ID P1 or P2, and no further back than the reports look.',
  'What a secret or certificate was used for, and from where, is in the sign-in logs, which are not read.',
  'Microsoft Graph has no date of a federated credential, and does not say when it was used.',
  'Federated credentials with an expression are read through a preview API; what fits the expression is not worked out.',
  'Who may use an application without any role of it (default access) is not read where the application has no role for programs.',
  'Agent users, which are user accounts of agents, are not read.',
  'Roles that only hold for a time are shown with their end where they are eligible, not where they are active.',
  'Certificates that Azure keeps and renews for managed identities are left out: nobody else can use them.',
  'Token lifetime, conditional access and application management policies are not read.',
] as const
