// Allow-list of what is read from IAM's answers. A field that is not named here is never looked at, logged or kept.
import { z } from 'zod'
import { withoutSecret } from '@/core/secret-like'

const NO_DATE = 'must be an ISO 8601 date with a time zone'
/** A date as the SDK gives it, or as text in a file or a recording. */
export const When = z
  .union([z.date(), z.iso.datetime({ offset: true, error: NO_DATE })], { error: NO_DATE })
  .transform((at) => new Date(at).toISOString())
/** IAM allows about 750; ids made of two of these still fit the inventory. */
const ID_BYTES_MAX = 1000
export const Id = z
  .string({ error: (issue) => (issue.input === undefined ? 'missing' : 'must be text') })
  .min(1, { error: 'must not be empty' })
  .refine((text) => Buffer.byteLength(text) <= ID_BYTES_MAX, {
    error: `must not be longer than ${ID_BYTES_MAX} bytes`,
  })
  .refine((text) => !text.includes('\0') && text.isWellFormed(), {
    error: 'holds characters that cannot be stored',
  })
/** No database stores a NUL in text, and half a surrogate pair is not text. */
const clean = (text: string): string => text.replaceAll('\0', '').toWellFormed()
const FreeText = z.string().transform((text) => withoutSecret(clean(text)))
const listOf = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? [])

export const Tag = z.object({ Key: z.string().min(1).transform(clean), Value: FreeText.nullish() })
const Tags = listOf(Tag)
const Inline = z.object({ PolicyName: Id, PolicyDocument: z.unknown().optional() })
const Attached = z.object({ PolicyArn: Id })
const Boundary = z.object({ PermissionsBoundaryArn: z.string().nullish() })

export const RoleDetail = z.object({
  RoleId: Id,
  RoleName: Id,
  Arn: Id,
  Path: z.string().nullish(),
  CreateDate: When.nullish(),
  AssumeRolePolicyDocument: z.unknown().optional(),
  RolePolicyList: listOf(Inline),
  AttachedManagedPolicies: listOf(Attached),
  PermissionsBoundary: Boundary.nullish(),
  Tags,
  RoleLastUsed: z.object({ LastUsedDate: When.nullish() }).nullish(),
  MaxSessionDuration: z.number().int().positive().nullish(),
  Description: FreeText.nullish(),
})
export const UserDetail = z.object({
  UserId: Id,
  UserName: Id,
  Arn: Id,
  Path: z.string().nullish(),
  CreateDate: When.nullish(),
  UserPolicyList: listOf(Inline),
  GroupList: listOf(Id),
  AttachedManagedPolicies: listOf(Attached),
  PermissionsBoundary: Boundary.nullish(),
  Tags,
})
export const GroupDetail = z.object({
  GroupId: Id,
  GroupName: Id,
  Arn: Id,
  GroupPolicyList: listOf(Inline),
  AttachedManagedPolicies: listOf(Attached),
})
const PolicyVersion = z.object({
  Document: z.unknown().optional(),
  VersionId: z.string().nullish(),
  IsDefaultVersion: z.boolean().nullish(),
})
export const PolicyDetail = z.object({
  Arn: Id,
  DefaultVersionId: z.string().nullish(),
  PolicyVersionList: listOf(PolicyVersion),
})
export type RoleDetail = z.infer<typeof RoleDetail>
export type UserDetail = z.infer<typeof UserDetail>
export type GroupDetail = z.infer<typeof GroupDetail>
export type PolicyDetail = z.infer<typeof PolicyDetail>
export type Attached = z.infer<typeof Attached>
export type Inline = z.infer<typeof Inline>
export type Tag = z.infer<typeof Tag>

/** What only ListRoles tells about a role. */
export const RoleExtra = RoleDetail.pick({ RoleId: true, MaxSessionDuration: true, Description: true })
export type RoleExtra = z.infer<typeof RoleExtra>
export const User = UserDetail.pick({
  UserId: true,
  UserName: true,
  Arn: true,
  Path: true,
  CreateDate: true,
}).extend({
  PasswordLastUsed: When.nullish(),
})
export type User = z.infer<typeof User>

export const AccessKey = z.object({ AccessKeyId: Id, Status: z.string(), CreateDate: When.nullish() })
export const AccessKeyUse = z.object({
  AccessKeyLastUsed: z.object({
    LastUsedDate: When.nullish(),
    ServiceName: z.string().nullish(),
    Region: z.string().nullish(),
  }),
})
export const LoginProfile = z.object({ LoginProfile: z.object({ CreateDate: When }) })
export const ServiceCredential = z.object({
  ServiceSpecificCredentialId: Id,
  UserName: Id,
  ServiceName: Id,
  Status: z.string(),
  CreateDate: When.nullish(),
  ExpirationDate: When.nullish(),
  ServiceCredentialAlias: z.string().nullish(),
})
export const SshKey = z.object({ SSHPublicKeyId: Id, Status: z.string(), UploadDate: When.nullish() })
export const SigningCertificate = z.object({
  CertificateId: Id,
  Status: z.string(),
  UploadDate: When.nullish(),
})
export const ServerCertificate = z.object({
  ServerCertificateId: Id,
  ServerCertificateName: Id,
  UploadDate: When.nullish(),
  Expiration: When.nullish(),
})
export type AccessKey = z.infer<typeof AccessKey>
export type AccessKeyUse = z.infer<typeof AccessKeyUse>
export type ServiceCredential = z.infer<typeof ServiceCredential>
export type SshKey = z.infer<typeof SshKey>
export type SigningCertificate = z.infer<typeof SigningCertificate>
export type ServerCertificate = z.infer<typeof ServerCertificate>

export const InstanceProfile = z.object({
  InstanceProfileId: Id,
  InstanceProfileName: Id,
  Arn: Id,
  CreateDate: When.nullish(),
  Roles: listOf(z.object({ RoleId: Id })),
})
export type InstanceProfile = z.infer<typeof InstanceProfile>

export const OidcProviders = z.object({ OpenIDConnectProviderList: z.array(z.object({ Arn: Id })) })
export const OidcProvider = z.object({
  Url: Id,
  ClientIDList: z.array(z.string()),
  CreateDate: When.nullish(),
})
export const SamlProviders = z.object({
  SAMLProviderList: z.array(z.object({ Arn: Id, ValidUntil: When.nullish(), CreateDate: When.nullish() })),
})
export type OidcProvider = z.infer<typeof OidcProvider>
export type SamlProvider = z.infer<typeof SamlProviders>['SAMLProviderList'][number]

export const Caller = z.object({
  Account: z.string().regex(/^\d{12}$/, { error: 'must be 12 digits' }),
  Arn: Id,
})
export const Aliases = z.object({ AccountAliases: z.array(z.string().min(1)) })
export const Policy = z.object({
  Policy: z.object({ DefaultVersionId: Id }),
})
export const VersionAnswer = z.object({ PolicyVersion: z.object({ Document: z.unknown().optional() }) })
export const ReportState = z.object({ State: z.string() })
/** The report as the SDK gives it (bytes) or as text. */
export const ReportContent = z.object({
  Content: z.union([
    z.instanceof(Uint8Array).transform((bytes) => new TextDecoder().decode(bytes)),
    z.string(),
  ]),
  /** The last part of the answer: without it the report may have been cut short. */
  GeneratedTime: When,
})
