// Escalations by issuers that roles trust, by Identity Center, and by what reaches over accounts. Data.
import { defined, pass, type Definition } from './definition'

const issuers: Definition[] = [
  defined(
    {
      id: 'iam-saml-provider',
      title: 'Another certificate for a SAML provider',
      gives: 'It signs itself into every role that trusts the provider.',
      from: ['IAM API reference, UpdateSAMLProvider'],
    },
    ['iam:UpdateSAMLProvider'],
    { way: 'issuer', type: 'aws.saml-provider', action: 'iam:UpdateSAMLProvider' },
  ),
  defined(
    {
      id: 'iam-oidc-thumbprint',
      title: 'Another certificate for an OpenID Connect provider',
      gives: 'It signs itself into every role that trusts the provider.',
      only: 'It can answer for the host of the issuer, and AWS goes by the thumbprint.',
      from: ['IAM user guide, "Obtain the thumbprint for an OpenID Connect identity provider"'],
    },
    ['iam:UpdateOpenIDConnectProviderThumbprint'],
    {
      way: 'issuer',
      type: 'aws.oidc-provider',
      action: 'iam:UpdateOpenIDConnectProviderThumbprint',
      open: 'Whether it can answer for the host of the issuer is not known here',
    },
  ),
  defined(
    {
      id: 'iam-oidc-audience',
      title: 'Another audience for an OpenID Connect provider',
      gives: 'Tokens that the issuer makes for others let one into roles that ask for no audience.',
      only: 'It has tokens of the issuer.',
      from: ['IAM API reference, AddClientIDToOpenIDConnectProvider'],
    },
    ['iam:AddClientIDToOpenIDConnectProvider'],
    {
      way: 'issuer',
      type: 'aws.oidc-provider',
      action: 'iam:AddClientIDToOpenIDConnectProvider',
      open: 'Whether it has tokens of the issuer is not known here',
    },
  ),
  defined(
    {
      id: 'iam-oidc-create',
      title: 'Provider anew that roles still trust',
      gives: 'Whoever answers for the issuer comes into roles that trust a provider that is gone.',
      only: 'A role trusts a provider that does not exist.',
      from: ['IAM API reference, CreateOpenIDConnectProvider'],
    },
    ['iam:CreateOpenIDConnectProvider'],
    {
      way: 'issuer',
      type: 'aws.oidc-provider',
      action: 'iam:CreateOpenIDConnectProvider',
      missing: true,
      open: 'Whether it can answer for the host of the issuer is not known here',
    },
  ),
  pass({
    id: 'rolesanywhere-anchor',
    title: 'Certificate authority of its own for roles',
    services: ['rolesanywhere.amazonaws.com'],
    then: ['rolesanywhere:CreateTrustAnchor', 'rolesanywhere:CreateProfile'],
    from: ['IAM Roles Anywhere user guide'],
  }),
  pass({
    id: 'cognito-pool-roles',
    title: 'Role for the users of an identity pool',
    services: ['cognito-identity.amazonaws.com'],
    then: ['cognito-identity:SetIdentityPoolRoles'],
    from: ['cognitoidentity-001'],
  }),
]

const CENTER = 'Which permission sets there are, and to whom they are assigned, is not collected'
const center = (id: string, title: string, from: string, ...actions: string[]): Definition =>
  defined(
    {
      id,
      title,
      gives: 'It holds what the permission set holds, in accounts of the organization.',
      only: 'Identity Center is run from this account.',
      from: [from],
    },
    actions,
    { way: 'open', may: actions.map((action) => ({ action })), open: CENTER, management: true },
  )
const over: Definition[] = [
  center(
    'sso-new-permission-set',
    'Permission set and assignment of its own',
    'sso-001',
    'sso:CreatePermissionSet',
    'sso:AttachManagedPolicyToPermissionSet',
    'sso:CreateAccountAssignment',
  ),
  center(
    'sso-attach-policy',
    'Managed policy for a permission set',
    'sso-002',
    'sso:AttachManagedPolicyToPermissionSet',
  ),
  center(
    'sso-put-policy',
    'Inline policy for a permission set',
    'sso-003',
    'sso:PutInlinePolicyToPermissionSet',
  ),
  defined(
    {
      id: 'sts-assume-root',
      title: 'Root of a member account',
      gives: 'It acts as the root user of another account, for one of a few tasks.',
      only: 'The account manages the organization, or stands in for that.',
      from: ['IAM user guide, "Centrally manage root access for member accounts"'],
    },
    ['sts:AssumeRoot'],
    {
      way: 'open',
      may: [{ action: 'sts:AssumeRoot' }],
      open: 'Which accounts let their root be assumed from here is not collected',
      management: true,
    },
  ),
  defined(
    {
      id: 'kms-create-grant',
      title: 'Grant on a key',
      gives: 'It can have itself or others decrypt with the key.',
      from: ['AWS KMS developer guide, "Grants in AWS KMS"'],
    },
    ['kms:CreateGrant'],
    {
      way: 'open',
      may: [{ action: 'kms:CreateGrant' }],
      open: 'Which keys there are, and what they keep, is not collected',
    },
  ),
  defined(
    {
      id: 'trust',
      title: 'Trust of a role',
      gives: 'It becomes the role.',
      only: 'The trust policy lets it in; one that lets in another account or anyone is a pitfall (F14, F15).',
      from: ['sts-001', 'sts-002', 'sts-003'],
    },
    ['sts:AssumeRole'],
    { way: 'trust' },
  ),
]

export const FEDERATION: readonly Definition[] = [...issuers, ...over]
