// What is taken from answers of Azure Resource Manager and Azure Resource Graph: an allow-list of metadata, nothing else.
import { z } from 'zod'
import { withoutSecret, withoutSecretForm } from '@/core/secret-like'
import { Id, listOf, MaybeFlag, MaybeName, MaybeWhen } from './entra/values'
import { resourceId } from './keys'

const ID_BYTES_MAX = 1500
/** Id of a resource or a scope: upper and lower case mean the same. */
export const ResourceId = z
  .string()
  .regex(/^\//)
  .refine((text) => Buffer.byteLength(text) <= ID_BYTES_MAX, { error: `longer than ${ID_BYTES_MAX} bytes` })
  .refine((text) => !text.includes('\0') && text.isWellFormed(), {
    error: 'holds characters that cannot be stored',
  })
  .transform((text) => resourceId(text) || '/')
/** The index gives empty text as well where there is nothing. */
const MaybeId = z
  .string()
  .max(300)
  .nullish()
  .transform((text) => (text ? withoutSecretForm(text).toLowerCase() : undefined))
const NAME_CHARS_MAX = 200
/** For reading only: what is longer than any name of Azure is cut. */
const Name = z
  .string()
  .min(1)
  .transform((text) =>
    withoutSecretForm(text.length <= NAME_CHARS_MAX ? text : `${text.slice(0, NAME_CHARS_MAX)}…`),
  )
/** A text that decides something: kept as it is, unless it has the form of a secret. */
const Rule = z
  .string()
  .nullish()
  .transform((text) => (text == null || text.trim() === '' ? undefined : withoutSecretForm(text)))
const Tags = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((tags) =>
    Object.fromEntries(
      Object.entries(tags ?? {}).flatMap(([key, value]) =>
        typeof value === 'string' && value !== '' ? [[withoutSecret(key), withoutSecret(value)]] : [],
      ),
    ),
  )

export const Tenant = z.object({ tenantId: Id, displayName: MaybeName })
export const Subscription = z.object({
  subscriptionId: Id,
  displayName: MaybeName,
  tenantId: MaybeId,
  state: z.string().nullish(),
})
/** The management group that something lies in, where the answer tells it in a form that is known. */
const ParentGroup = z
  .object({ parent: z.object({ id: z.string().max(300).nullish() }).nullish() })
  .nullish()
  .transform((properties) => {
    const id = resourceId(properties?.parent?.id ?? '')
    return /^\/providers\/microsoft\.management\/managementgroups\/[^/]+$/.test(id) ? id : undefined
  })
export const Descendant = z
  .object({ name: Id, type: z.string().toLowerCase(), properties: ParentGroup })
  .transform(({ properties: parent, ...one }) => ({ ...one, parent }))
export type Descendant = z.output<typeof Descendant>
/** A right of this connection itself. */
export const Permission = z.object({ actions: listOf(z.string()), notActions: listOf(z.string()) })
export type Permission = z.output<typeof Permission>

/** `/…/roleDefinitions/<guid>`: the id by which a role goes everywhere in a tenant. */
const RoleGuid = ResourceId.transform((id) => id.slice(id.lastIndexOf('/') + 1))
const Scope = ResourceId
/** For what only adds to a row: a date in no known form costs that alone. */
const WhenReadable = z
  .unknown()
  .optional()
  .transform((when) => MaybeWhen.safeParse(when).data)
export const RoleAssignment = z.object({
  id: ResourceId,
  properties: z.object({
    scope: Scope,
    roleDefinitionId: RoleGuid,
    principalId: Id,
    principalType: z.string().nullish(),
    condition: Rule,
    conditionVersion: Rule,
    createdOn: WhenReadable,
  }),
})
export type RoleAssignment = z.output<typeof RoleAssignment>

export const Eligible = z.object({
  id: ResourceId,
  properties: z.object({
    scope: Scope,
    roleDefinitionId: RoleGuid,
    principalId: Id,
    principalType: z.string().nullish(),
    condition: Rule,
    conditionVersion: Rule,
    endDateTime: MaybeWhen,
    /** `Group`: inherited by the members of a group, which is listed itself. */
    memberType: z.string().nullish(),
  }),
})
export type Eligible = z.output<typeof Eligible>

const Patterns = listOf(z.string().transform((text) => withoutSecretForm(text)))
const Permissions = z.object({
  actions: Patterns,
  notActions: Patterns,
  dataActions: Patterns,
  notDataActions: Patterns,
  condition: Rule,
  conditionVersion: Rule,
})
export const RoleDefinition = z.object({
  id: RoleGuid,
  properties: z.object({
    roleName: MaybeName,
    type: z.string(),
    permissions: z.array(Permissions),
    assignableScopes: listOf(Scope),
  }),
})
export type RoleDefinition = z.output<typeof RoleDefinition>

const Principal = z.object({ id: Id, type: z.string().max(100).nullish() })
export const DenyAssignment = z.object({
  id: ResourceId,
  properties: z.object({
    denyAssignmentName: MaybeName,
    scope: Scope,
    permissions: z.array(Permissions),
    principals: listOf(Principal),
    excludePrincipals: listOf(Principal),
    doNotApplyToChildScopes: MaybeFlag,
    isSystemProtected: MaybeFlag,
  }),
})
export type DenyAssignment = z.output<typeof DenyAssignment>

/** Of the identities that a resource was given, the ids alone. */
const UserAssigned = z
  .record(z.string(), z.object({ principalId: MaybeId }).nullish())
  .nullish()
  .transform((all) =>
    Object.entries(all ?? {}).map(([id, one]) => ({ id: resourceId(id), principal: one?.principalId })),
  )
export const IdentityResource = z.object({
  id: ResourceId,
  name: Name,
  type: z.string().toLowerCase(),
  tags: Tags,
  principalId: MaybeId,
  userAssigned: UserAssigned,
})
export type IdentityResource = z.output<typeof IdentityResource>

export const ManagedIdentity = z.object({
  id: ResourceId,
  name: Name,
  tags: Tags,
  principalId: Id,
  clientId: MaybeId,
})
export type ManagedIdentity = z.output<typeof ManagedIdentity>

export const FederatedCredential = z.object({
  id: ResourceId,
  name: Name,
  properties: z.object({ issuer: Rule, subject: Rule, audiences: listOf(z.string()) }),
})

export const Cluster = z.object({ id: ResourceId, name: Name, issuer: Rule })
export type Cluster = z.output<typeof Cluster>

const Rights = z
  .array(z.string().toLowerCase())
  .nullish()
  .transform((rights) => [...new Set(rights ?? [])].sort())
const AccessPolicy = z.object({
  objectId: Id,
  applicationId: MaybeId,
  permissions: z.object({ keys: Rights, secrets: Rights, certificates: Rights, storage: Rights }),
})
export type AccessPolicy = z.output<typeof AccessPolicy>
export const KeyVault = z.object({
  id: ResourceId,
  name: Name,
  vaultUri: z.url(),
  rbac: MaybeFlag,
  accessPolicies: listOf(AccessPolicy),
})
export type KeyVault = z.output<typeof KeyVault>

export const StorageAccount = z.object({
  id: ResourceId,
  name: Name,
  sharedKey: MaybeFlag,
  key1: MaybeWhen,
  key2: MaybeWhen,
})
export type StorageAccount = z.output<typeof StorageAccount>

export const Registry = z.object({ id: ResourceId, name: Name, adminEnabled: MaybeFlag })
export type Registry = z.output<typeof Registry>
/** No certificate and no value is read: of a password only its name and dates. */
export const RegistryToken = z.object({
  id: ResourceId,
  name: Name,
  properties: z.object({
    status: z.string().nullish(),
    creationDate: MaybeWhen,
    credentials: z
      .object({ passwords: listOf(z.object({ name: Name, creationTime: MaybeWhen, expiry: MaybeWhen })) })
      .nullish(),
  }),
})
export type RegistryToken = z.output<typeof RegistryToken>

/** Seconds since 1970, as key vaults count. */
const Epoch = z
  .number()
  .int()
  .nonnegative()
  .max(253_402_300_799)
  .nullish()
  .transform((seconds) => (seconds == null ? undefined : new Date(seconds * 1000).toISOString()))
export const VaultItem = z.object({
  id: z.url().transform((url) => new URL(url).pathname.split('/')[2] ?? ''),
  managed: MaybeFlag,
  tags: Tags,
  attributes: z.object({ enabled: MaybeFlag, created: Epoch, updated: Epoch, exp: Epoch }),
})
export type VaultItem = z.output<typeof VaultItem>
