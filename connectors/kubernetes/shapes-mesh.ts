// Allow-list of policies of Istio: who may call what, and how callers prove who they are. What a header or a filter has to
// hold is left out: some keep a key there.
import { z } from 'zod'
import { withoutSecret, withoutSecretForm } from '@/core/secret-like'
import { Id, listOf, Metadata, Selector } from './shapes'

const Placed = Metadata.extend({ namespace: Id })
const Word = z.string().transform(withoutSecretForm)
const Words = listOf(Word)
/** Paths and hosts are free text, and some paths are as good as a password. */
const FreeTexts = listOf(z.string().transform(withoutSecret))

const Source = z.object({
  principals: Words,
  notPrincipals: Words,
  serviceAccounts: Words,
  notServiceAccounts: Words,
  namespaces: Words,
  notNamespaces: Words,
  trustDomains: Words,
  notTrustDomains: Words,
  requestPrincipals: Words,
  notRequestPrincipals: Words,
  ipBlocks: Words,
  notIpBlocks: Words,
  remoteIpBlocks: Words,
  notRemoteIpBlocks: Words,
})
export type Source = z.infer<typeof Source>
const Operation = z.object({
  hosts: FreeTexts,
  notHosts: FreeTexts,
  ports: Words,
  notPorts: Words,
  methods: Words,
  notMethods: Words,
  paths: FreeTexts,
  notPaths: FreeTexts,
})
/** Attributes whose values are names and addresses. Of all others only the name is kept. */
const OPEN_ATTRIBUTE =
  /^(source\.(ip|namespace|principal|serviceAccount)|remote\.ip|destination\.(ip|port)|connection\.sni|request\.auth\.(principal|audiences|presenter|claims(\[[^\]]*\])+))$/
const Condition = z
  .object({ key: Word, values: FreeTexts, notValues: FreeTexts })
  .transform((one) => (OPEN_ATTRIBUTE.test(one.key) ? one : { key: one.key, values: [], notValues: [] }))
const Rule = z.object({
  from: listOf(z.object({ source: Source.nullish() })),
  to: listOf(z.object({ operation: Operation.nullish() })),
  when: listOf(Condition),
})
export type MeshRule = z.infer<typeof Rule>

const Target = z.object({ group: Word.nullish(), kind: Word, name: Word, namespace: Word.nullish() })
export const AuthorizationPolicy = z.object({
  metadata: Placed,
  spec: z
    .object({
      action: Word.nullish(),
      provider: z.object({ name: Word.nullish() }).nullish(),
      selector: Selector.nullish(),
      /** Before there were several. */
      targetRef: Target.nullish(),
      targetRefs: listOf(Target),
      rules: listOf(Rule),
    })
    .nullish(),
})
export type AuthorizationPolicy = z.infer<typeof AuthorizationPolicy>

const Mode = z.object({ mode: Word.nullish() })
const Ports = z
  .record(z.string(), Mode)
  .transform((all) => Object.fromEntries(Object.entries(all).filter(([port]) => /^\d{1,5}$/.test(port))))
export const PeerAuthentication = z.object({
  metadata: Placed,
  spec: z
    .object({
      selector: Selector.nullish(),
      mtls: Mode.nullish(),
      portLevelMtls: Ports.nullish(),
    })
    .nullish(),
})
export type PeerAuthentication = z.infer<typeof PeerAuthentication>
