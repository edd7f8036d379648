// Allow-list of what the commands print: the JSON of the messages of spire-api-sdk (proto/spire/api/types), with names as in
// the proto files and 64-bit numbers as text. Keys and certificates are never read.
import { z } from 'zod'

/** Seconds or counts. Older servers leave out what they do not know. */
const Count = z
  .union([z.number().int().nonnegative(), z.string().regex(/^\d{1,15}$/, { error: 'is no number' })])
  .transform(Number)
const DOMAIN = /^[a-z0-9._-]{1,255}$/
const Domain = z.string().regex(DOMAIN, { error: 'is no name of a trust domain' })

/** https://github.com/spiffe/spiffe/blob/main/standards/SPIFFE-ID.md: the domain has small letters, a path begins with a slash. */
export const SpiffeId = z.object({
  trust_domain: Domain,
  path: z
    .string()
    .max(1700)
    .regex(/^(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._-]+)*$/, { error: 'is no path of a SPIFFE ID' }),
})
export type SpiffeId = z.infer<typeof SpiffeId>

const Selector = z.object({ type: z.string().min(1), value: z.string() })
export type Selector = z.infer<typeof Selector>

export const Entry = z.object({
  id: z.string().min(1).max(500),
  spiffe_id: SpiffeId,
  parent_id: SpiffeId,
  selectors: z.array(Selector).min(1),
  // What gives rights has to be said: an answer without it was cut short.
  admin: z.boolean(),
  downstream: z.boolean(),
  federates_with: z.array(Domain),
  x509_svid_ttl: Count.default(0),
  jwt_svid_ttl: Count.default(0),
  expires_at: Count.default(0),
  created_at: Count.default(0),
  dns_names: z.array(z.string()).default([]),
  hint: z.string().default(''),
  store_svid: z.boolean().default(false),
})
export type Entry = z.infer<typeof Entry>

export const Agent = z.object({
  id: SpiffeId,
  attestation_type: z.string().min(1),
  selectors: z.array(Selector),
  banned: z.boolean(),
  x509svid_expires_at: Count.default(0),
})
export type Agent = z.infer<typeof Agent>

export const Federated = z.object({ trust_domain: Domain })
export type Federated = z.infer<typeof Federated>

const Next = z.string().default('')
export const EntryPage = z.object({ entries: z.array(Entry), next_page_token: Next })
export const AgentPage = z.object({ agents: z.array(Agent), next_page_token: Next })
export const BundlePage = z.object({ bundles: z.array(Federated), next_page_token: Next })
export const FederationPage = z.object({
  federation_relationships: z.array(Federated),
  next_page_token: Next,
})
export const Counted = z.object({ count: Count })
export const Discovery = z.object({ issuer: z.url({ protocol: /^https$/ }) })
