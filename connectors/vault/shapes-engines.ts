// Allow-list of what is read about secrets engines, stored secrets, tokens, leases and audit devices.
import { z } from 'zod'
import { withoutSecret } from '@/core/secret-like'
import { answerOf, MaybeWhen, Metadata, Seconds, Span, Texts } from './values'

export const DatabaseRole = answerOf(
  z.object({ db_name: z.string(), default_ttl: Seconds, max_ttl: Seconds }),
)
export const DatabaseStaticRole = answerOf(
  z.object({
    db_name: z.string(),
    username: z.string().min(1).transform(withoutSecret),
    last_vault_rotation: MaybeWhen,
    rotation_period: Seconds,
  }),
)
export type DatabaseStaticRole = z.output<typeof DatabaseStaticRole>

export const AwsRoot = answerOf(z.object({ access_key: z.string() }))
export const AwsEngineRole = answerOf(
  z.object({
    credential_type: z.string().nullish(),
    role_arns: Texts,
    default_sts_ttl: Seconds,
    max_sts_ttl: Seconds,
  }),
)
export type AwsEngineRole = z.output<typeof AwsEngineRole>
export const PkiRole = answerOf(z.object({ ttl: Span, max_ttl: Span }))
export const SshRole = answerOf(
  z.object({
    key_type: z.string(),
    ttl: Span,
    max_ttl: Span,
  }),
)
export const KubernetesEngineRole = answerOf(
  z.object({
    allowed_kubernetes_namespaces: Texts,
    allowed_kubernetes_namespace_selector: z
      .string()
      .nullish()
      .transform((text) => withoutSecret(text ?? '')),
    service_account_name: z.string().nullish(),
    token_default_ttl: Seconds,
    token_max_ttl: Seconds,
  }),
)
export type KubernetesEngineRole = z.output<typeof KubernetesEngineRole>

export const KvMetadata = answerOf(
  z.object({
    created_time: MaybeWhen,
    current_version: z.number(),
    delete_version_after: z.string().nullish(),
    custom_metadata: Metadata,
    versions: z.record(
      z.string(),
      z.object({ created_time: MaybeWhen, deletion_time: MaybeWhen, destroyed: z.boolean() }),
    ),
  }),
)
export type KvMetadata = z.output<typeof KvMetadata>

export const Token = answerOf(
  z.object({
    accessor: z.string().min(1),
    display_name: z.string().transform(withoutSecret),
    entity_id: z.string().nullish(),
    issue_time: MaybeWhen,
    expire_time: MaybeWhen,
    explicit_max_ttl: Seconds,
    period: Seconds,
    num_uses: Seconds,
    orphan: z.boolean().nullish(),
    path: z.string(),
    role: z.string().nullish(),
    type: z.string().nullish(),
    policies: z.array(z.string()).nullable(),
    meta: Metadata,
  }),
)
export type Token = z.output<typeof Token>
export const Lease = answerOf(
  z.object({
    id: z.string().min(1),
    issue_time: MaybeWhen,
    expire_time: MaybeWhen,
    renewable: z.boolean().nullish(),
  }),
)
export type Lease = z.output<typeof Lease>

const Devices = z.record(z.string().min(1), z.object({ type: z.string() }))
/** An imported log answers the question after audit devices itself, with what it tells. */
export const LogEntry = z.object({
  id: z.string().min(1),
  identity: z.string().min(1),
  at: z.iso.datetime(),
  what: z.string().min(1),
})
const Log = z.object({ entries: z.array(LogEntry), next: z.number().nullable() })
export const AuditAnswer = answerOf(z.union([Log, Devices]))
export type LogEntry = z.output<typeof LogEntry>
export type AuditAnswer = z.output<typeof AuditAnswer>
