// Allow-list of objects of extensions: External Secrets, cert-manager and the SPIRE controller.
import { z } from 'zod'
import { Condition, Id, listOf, Metadata, Ref, Selector, When } from './shapes'

const Placed = Metadata.extend({ namespace: Id })
const Remote = z.object({ key: z.string().nullish() }).nullish()
export const ExternalSecret = z.object({
  metadata: Placed,
  spec: z.object({
    refreshInterval: z.string().nullish(),
    refreshPolicy: z.string().nullish(),
    secretStoreRef: z.object({ name: z.string().nullish(), kind: z.string().nullish() }).nullish(),
    target: z.object({ name: z.string().nullish() }).nullish(),
    data: listOf(z.object({ remoteRef: Remote })),
    dataFrom: listOf(z.object({ extract: Remote, find: z.object({ path: z.string().nullish() }).nullish() })),
  }),
  status: z.object({ refreshTime: When.nullish(), conditions: listOf(Condition) }).nullish(),
})
export type ExternalSecret = z.infer<typeof ExternalSecret>

const Signs = z.object({ serviceAccountRef: Ref }).nullish()
const Kept = z
  .object({
    accessKeyIDSecretRef: Ref,
    secretAccessKeySecretRef: Ref,
    secretRef: Ref,
    clientSecret: Ref,
    clientCertificate: Ref,
  })
  .partial()
  .nullish()
export const SecretStore = z.object({
  metadata: Metadata,
  spec: z.object({
    provider: z.object({
      vault: z
        .object({
          server: z.string(),
          path: z.string().nullish(),
          version: z.string().nullish(),
          namespace: z.string().nullish(),
          auth: z.object({ kubernetes: Signs, appRole: Kept, tokenSecretRef: Ref }).partial().nullish(),
        })
        .nullish(),
      aws: z
        .object({
          service: z.string(),
          region: z.string(),
          role: z.string().nullish(),
          auth: z.object({ jwt: Signs, secretRef: Kept }).partial().nullish(),
        })
        .nullish(),
      azurekv: z
        .object({
          vaultUrl: z.string(),
          tenantId: z.string().nullish(),
          serviceAccountRef: Ref.nullish(),
          authSecretRef: Kept,
        })
        .nullish(),
      gcpsm: z
        .object({
          projectID: z.string().nullish(),
          auth: z.object({ workloadIdentity: Signs, secretRef: Kept }).partial().nullish(),
        })
        .nullish(),
    }),
  }),
})
export type SecretStore = z.infer<typeof SecretStore>

export const Certificate = z.object({
  metadata: Placed,
  spec: z.object({
    secretName: Id,
    issuerRef: z.object({ name: Id, kind: z.string().nullish() }),
  }),
  status: z
    .object({
      notBefore: When.nullish(),
      notAfter: When.nullish(),
      revision: z.number().int().nullish(),
    })
    .nullish(),
})
export type Certificate = z.infer<typeof Certificate>

export const CertIssuer = z.object({
  metadata: Metadata,
  spec: z
    .object({
      vault: z
        .object({ auth: z.object({ kubernetes: Signs, tokenSecretRef: Ref }).partial().nullish() })
        .nullish(),
    })
    .nullish(),
})
export type CertIssuer = z.infer<typeof CertIssuer>

export const SpiffeId = z.object({
  metadata: Metadata,
  spec: z.object({
    spiffeIDTemplate: Id,
    podSelector: Selector.nullish(),
    namespaceSelector: Selector.nullish(),
    fallback: z.boolean().nullish(),
    admin: z.boolean().nullish(),
    downstream: z.boolean().nullish(),
    workloadSelectorTemplates: listOf(z.string()),
  }),
})
export type SpiffeId = z.infer<typeof SpiffeId>
