// Allow-list of what is read from Microsoft Graph. A field that is not named here is never looked at, logged or kept: not the
// hint of a secret (its first characters), not its text, not the raw data of a key.
import { z } from 'zod'
import {
  Free,
  FreeTexts,
  Id,
  listOf,
  MaybeFlag,
  MaybeId,
  MaybeName,
  MaybeText,
  MaybeWhen,
  Texts,
} from './values'

/** `#microsoft.graph.agentIdentity` → `agentIdentity`: given where an object is of a more special kind than was asked for. */
const TypeName = z
  .string()
  .nullish()
  .transform((text) => text?.replace(/^#?microsoft\.graph\./, ''))

const dated = { keyId: Id, displayName: MaybeName, startDateTime: MaybeWhen, endDateTime: MaybeWhen }
const PasswordCredential = z.object(dated)
export type PasswordCredential = z.output<typeof PasswordCredential>
const KeyCredential = z.object({
  ...dated,
  type: MaybeText,
  usage: MaybeText,
  customKeyIdentifier: MaybeText,
})
export type KeyCredential = z.output<typeof KeyCredential>

const credentials = {
  passwordCredentials: listOf(PasswordCredential),
  keyCredentials: listOf(KeyCredential),
}

export const Application = z.object({
  ...credentials,
  '@odata.type': TypeName,
  id: Id,
  appId: Id,
  displayName: MaybeName,
  createdDateTime: MaybeWhen,
  description: Free,
  notes: Free,
  tags: FreeTexts,
  serviceManagementReference: Free,
  disabledByMicrosoftStatus: MaybeText,
})
export type Application = z.output<typeof Application>

export const ServicePrincipal = z.object({
  ...credentials,
  '@odata.type': TypeName,
  id: Id,
  /** Of an agent identity there may be none. */
  appId: MaybeId,
  displayName: MaybeName,
  appDisplayName: MaybeName,
  servicePrincipalType: MaybeText,
  accountEnabled: MaybeFlag,
  appOwnerOrganizationId: MaybeId,
  alternativeNames: Texts,
  /** Version 1.0 gives it, though it is described for preview only. */
  createdDateTime: MaybeWhen,
  description: Free,
  notes: Free,
  tags: FreeTexts,
  signInAudience: MaybeText,
  disabledByMicrosoftStatus: MaybeText,
  notificationEmailAddresses: Texts,
  verifiedPublisher: z.object({ displayName: MaybeName }).nullish(),
})
export type ServicePrincipal = z.output<typeof ServicePrincipal>

/** Which object is which, without what each says of itself. */
export const ApplicationRef = z.object({ id: Id, appId: Id })
export const PrincipalRef = z.object({
  id: Id,
  appId: MaybeId,
  displayName: MaybeName,
  servicePrincipalType: MaybeText,
  appOwnerOrganizationId: MaybeId,
})
export type PrincipalRef = z.output<typeof PrincipalRef>

const AppRole = z.object({
  id: Id,
  value: MaybeText,
  displayName: MaybeName,
  isEnabled: MaybeFlag,
  allowedMemberTypes: Texts,
})
export type AppRole = z.output<typeof AppRole>
/** A service principal as an API that others may be permitted to use. */
export const Resource = PrincipalRef.extend({ appRoles: listOf(AppRole) })
export type Resource = z.output<typeof Resource>

export const AppRoleAssignment = z.object({
  id: z.string().min(1).max(600),
  appRoleId: Id,
  principalId: Id,
  principalType: MaybeText,
  resourceId: Id,
})
export const DelegatedGrant = z.object({
  clientId: Id,
  consentType: z.string(),
  resourceId: Id,
  scope: MaybeText,
})

export const FederatedCredential = z.object({
  id: Id,
  name: MaybeName,
  issuer: MaybeText,
  subject: MaybeText,
  audiences: Texts,
  description: Free,
  claimsMatchingExpression: z.object({ value: MaybeText }).nullish(),
})
export type FederatedCredential = z.output<typeof FederatedCredential>

/** Whoever owns, sponsors or holds something. Without the permission to read people Graph gives id and type alone. */
export const DirectoryObject = z.object({
  '@odata.type': TypeName,
  id: Id,
  displayName: MaybeName,
  userPrincipalName: MaybeName,
  mail: MaybeName,
})
export type DirectoryObject = z.output<typeof DirectoryObject>

const RolePermission = z.object({ allowedResourceActions: Texts, condition: MaybeText })
export const RoleDefinition = z.object({
  id: Id,
  templateId: MaybeId,
  displayName: MaybeName,
  isBuiltIn: MaybeFlag,
  isEnabled: MaybeFlag,
  rolePermissions: listOf(RolePermission),
})
export type RoleDefinition = z.output<typeof RoleDefinition>
export const RoleAssignment = z.object({
  id: z.string().min(1).max(600),
  principalId: Id,
  roleDefinitionId: Id,
  directoryScopeId: MaybeText,
  appScopeId: MaybeText,
  endDateTime: MaybeWhen,
  principal: z.object({ '@odata.type': TypeName, displayName: MaybeName }).nullish(),
})
export type RoleAssignment = z.output<typeof RoleAssignment>

export const AdministrativeUnit = z.object({
  id: Id,
  displayName: MaybeName,
  isMemberManagementRestricted: MaybeFlag,
  membershipType: MaybeText,
})
export type AdministrativeUnit = z.output<typeof AdministrativeUnit>

export const Agent = z.object({
  id: Id,
  displayName: MaybeName,
  accountEnabled: MaybeFlag,
  agentIdentityBlueprintId: MaybeId,
  createdByAppId: MaybeId,
  createdDateTime: MaybeWhen,
  disabledByMicrosoftStatus: MaybeText,
  tags: FreeTexts,
})
export type Agent = z.output<typeof Agent>

const Activity = z.object({ lastSignInDateTime: MaybeWhen }).nullish()
export const CredentialActivity = z.object({ keyId: Id, signInActivity: Activity })
export const PrincipalActivity = z.object({
  appId: Id,
  applicationAuthenticationClientSignInActivity: Activity,
  delegatedClientSignInActivity: Activity,
})
