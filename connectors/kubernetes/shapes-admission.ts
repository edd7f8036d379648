// Allow-list of what decides which objects a cluster lets in: never a certificate, nor a path or a query of an address.
import { z } from 'zod'
import { withoutSecretForm } from '@/core/secret-like'
import { Id, listOf, Metadata, Selector } from './shapes'

const Word = z.string().transform(withoutSecretForm)
const Words = listOf(Word)
const ResourceRule = z.object({
  apiGroups: Words,
  apiVersions: Words,
  operations: Words,
  resources: Words,
  resourceNames: Words,
  scope: Word.nullish(),
})
const Selected = {
  namespaceSelector: Selector.nullish(),
  objectSelector: Selector.nullish(),
  matchPolicy: Word.nullish(),
}
const Match = z.object({
  ...Selected,
  resourceRules: listOf(ResourceRule),
  excludeResourceRules: listOf(ResourceRule),
})
const MatchConditions = listOf(z.object({ name: Word.nullish(), expression: Word }))

export const AdmissionPolicy = z.object({
  metadata: Metadata,
  spec: z.object({
    failurePolicy: Word.nullish(),
    paramKind: z.object({ apiVersion: Word.nullish(), kind: Word.nullish() }).nullish(),
    matchConstraints: Match.nullish(),
    matchConditions: MatchConditions,
    validations: listOf(z.object({ expression: Word, reason: Word.nullish() })),
  }),
})
export type AdmissionPolicy = z.infer<typeof AdmissionPolicy>

export const AdmissionBinding = z.object({
  metadata: Metadata,
  spec: z.object({
    policyName: Word.nullish(),
    validationActions: Words,
    paramRef: z
      .object({
        name: Word.nullish(),
        namespace: Word.nullish(),
        selector: Selector.nullish(),
        parameterNotFoundAction: Word.nullish(),
      })
      .nullish(),
    matchResources: Match.nullish(),
  }),
})
export type AdmissionBinding = z.infer<typeof AdmissionBinding>

/** `https://user:key@hooks.example:8443/path?key=…` → `hooks.example:8443`, and that stays what it is. */
export const hostOf = (url: string): string =>
  url
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/[/?#][\s\S]*$/, '')
    .replace(/^[\s\S]*@/, '')
const Webhook = z.object({
  name: Id,
  clientConfig: z.object({
    service: z
      .object({ namespace: Word.nullish(), name: Word.nullish(), port: z.number().nullish() })
      .nullish(),
    url: z.string().transform(hostOf).nullish(),
  }),
  rules: listOf(ResourceRule),
  failurePolicy: Word.nullish(),
  ...Selected,
  matchConditions: MatchConditions,
  sideEffects: Word.nullish(),
  reinvocationPolicy: Word.nullish(),
  timeoutSeconds: z.number().nullish(),
})
export const Webhooks = z.object({ metadata: Metadata, webhooks: listOf(Webhook) })
export type Webhooks = z.infer<typeof Webhooks>
