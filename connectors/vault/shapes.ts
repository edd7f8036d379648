// Allow-list of what is read from answers. A field that is not named here is never looked at, logged or kept.
import { z } from 'zod'
import { withoutSecret } from '@/core/secret-like'
import { answerOf, Free, Id, listOf, MaybeWhen, Metadata, Seconds, Texts } from './values'

const MountConfig = z.object({ default_lease_ttl: Seconds, max_lease_ttl: Seconds }).nullish()
export const Mounts = answerOf(
  z.record(
    z.string().min(1),
    z.object({
      type: Id,
      accessor: Id,
      config: MountConfig,
      options: z.object({ version: z.string().nullish() }).nullish(),
    }),
  ),
)

/** What all login roles say about the tokens they give. Servers before 1.2 have other names for it. */
const tokenFields = {
  token_ttl: Seconds,
  token_max_ttl: Seconds,
  token_explicit_max_ttl: Seconds,
  token_period: Seconds,
  token_num_uses: Seconds,
  token_type: z.string().nullish(),
  token_no_default_policy: z.boolean().nullish(),
  token_bound_cidrs: Texts,
  token_policies: Texts,
  policies: Texts,
}
const roleOf = <T extends z.ZodRawShape>(fields: T) => answerOf(z.object({ ...tokenFields, ...fields }))
export type TokenFields = z.output<z.ZodObject<typeof tokenFields>>

export const AppRole = roleOf({
  bind_secret_id: z.boolean(),
  secret_id_ttl: Seconds,
  secret_id_num_uses: Seconds,
  secret_id_bound_cidrs: Texts,
})
export type AppRole = z.output<typeof AppRole>
export const KubernetesRole = roleOf({
  bound_service_account_names: z.array(Id).nullable(),
  bound_service_account_namespaces: z.array(Id).nullable(),
  bound_service_account_namespace_selector: Free.nullish(),
  audience: Free.nullish(),
  alias_name_source: z.string().nullish(),
})
export type KubernetesRole = z.output<typeof KubernetesRole>
export const KubernetesConfig = answerOf(z.object({ kubernetes_host: z.string() }))
export type KubernetesConfig = z.output<typeof KubernetesConfig>

/** A claim is bound to one value or to several. */
const Claim = z
  .union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number(), z.boolean()]))])
  .transform((value) =>
    (Array.isArray(value) ? value : [value]).map((one) => withoutSecret(String(one))).sort(),
  )
export const JwtRole = roleOf({
  role_type: z.string().nullish(),
  bound_audiences: Texts,
  bound_subject: Free.nullish(),
  bound_claims: z.record(z.string().min(1), Claim).nullish(),
  bound_claims_type: z.string().nullish(),
  user_claim: z.string().nullish(),
})
export type JwtRole = z.output<typeof JwtRole>
export const JwtConfig = answerOf(
  z.object({
    bound_issuer: z.string().nullish(),
    oidc_discovery_url: z.string().nullish(),
    jwks_url: z.string().nullish(),
  }),
)
export type JwtConfig = z.output<typeof JwtConfig>

export const CertRole = roleOf({
  allowed_common_names: Texts,
  allowed_names: Texts,
  allowed_dns_sans: Texts,
  allowed_email_sans: Texts,
  allowed_uri_sans: Texts,
  allowed_organizational_units: Texts,
  required_extensions: Texts,
})
export type CertRole = z.output<typeof CertRole>
export const UserpassUser = roleOf({})
export type UserpassUser = z.output<typeof UserpassUser>
export const AwsAuthRole = roleOf({
  auth_type: z.string().nullish(),
  bound_iam_principal_arn: Texts,
  bound_iam_role_arn: Texts,
  bound_iam_instance_profile_arn: Texts,
  bound_account_id: Texts,
  bound_ec2_instance_id: Texts,
  bound_region: Texts,
  bound_vpc_id: Texts,
  inferred_entity_type: z.string().nullish(),
  resolve_aws_unique_ids: z.boolean().nullish(),
})
export type AwsAuthRole = z.output<typeof AwsAuthRole>
export const AzureAuthRole = roleOf({
  bound_service_principal_ids: Texts,
  bound_group_ids: Texts,
  bound_subscription_ids: Texts,
  bound_resource_groups: Texts,
  bound_locations: Texts,
  bound_scale_sets: Texts,
})
export type AzureAuthRole = z.output<typeof AzureAuthRole>
export const GcpAuthRole = roleOf({
  type: z.string().nullish(),
  bound_service_accounts: Texts,
  bound_projects: Texts,
  bound_zones: Texts,
  bound_regions: Texts,
})
export type GcpAuthRole = z.output<typeof GcpAuthRole>
export const TokenRole = answerOf(
  z.object({
    allowed_policies: Texts,
    allowed_policies_glob: Texts,
    disallowed_policies: Texts,
    orphan: z.boolean(),
    renewable: z.boolean().nullish(),
    token_type: z.string().nullish(),
    explicit_max_ttl: Seconds,
    token_explicit_max_ttl: Seconds,
    period: Seconds,
    token_period: Seconds,
    token_no_default_policy: z.boolean().nullish(),
  }),
)
export type TokenRole = z.output<typeof TokenRole>

export const SecretId = answerOf(
  z.object({
    secret_id_accessor: Id,
    creation_time: MaybeWhen,
    expiration_time: MaybeWhen,
    last_updated_time: MaybeWhen,
    secret_id_num_uses: Seconds,
    metadata: Metadata,
  }),
)
export type SecretId = z.output<typeof SecretId>

const Alias = z.object({
  id: Id,
  name: z.string().min(1),
  mount_accessor: Id,
  mount_path: z.string().nullish(),
  mount_type: z.string().nullish(),
})
/** The list of entities tells what each is called and how it signs in. */
export const EntityKeys = answerOf(
  z.object({
    keys: z.array(Id),
    key_info: z
      .record(z.string(), z.object({ name: Id.nullish(), aliases: listOf(Alias) }))
      .nullish()
      .transform((all) => all ?? {}),
  }),
)
export const Entity = answerOf(
  z.object({
    id: Id,
    name: Id,
    disabled: z.boolean().nullish(),
    creation_time: MaybeWhen,
    metadata: Metadata,
    policies: Texts,
    group_ids: listOf(Id),
    aliases: z
      .array(Alias.extend({ creation_time: MaybeWhen, metadata: Metadata }))
      .nullable()
      .transform((all) => all ?? []),
  }),
)
export type Alias = z.output<typeof Alias>
export type Entity = z.output<typeof Entity>
export const Group = answerOf(
  z.object({ id: Id, name: Id, policies: z.array(z.string()).nullable(), type: z.string() }),
)
export type Group = z.output<typeof Group>

export const Policy = answerOf(z.object({ name: z.string(), policy: z.string() }))
