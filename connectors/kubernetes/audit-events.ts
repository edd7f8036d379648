// What an audit log of the API server tells about identities: who used what, who was refused, whose tokens were issued, and
// who acted as whom. Lines are gathered into one use for each identity and thing it did, so that a log of any length fits.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Instant } from '@/core/fact'
import type { Of } from '@/core/observation'
import { userId } from './map-bindings'
import { subjectOf } from './map-joins'
import { Id, When } from './shapes'

const User = z.object({ username: z.string().nullish(), uid: z.string().nullish() })
type User = z.infer<typeof User>
/** Allow-list: bodies, headers and addresses are never looked at. */
export const AuditEvent = z.object({
  kind: z.literal('Event'),
  apiVersion: z.string().regex(/^audit\.k8s\.io\//),
  stage: z.string(),
  verb: Id,
  user: User,
  impersonatedUser: User.nullish(),
  objectRef: z
    .object({
      resource: z.string().nullish(),
      namespace: z.string().nullish(),
      name: z.string().nullish(),
      apiGroup: z.string().nullish(),
      subresource: z.string().nullish(),
    })
    .nullish(),
  responseStatus: z.object({ code: z.number().int().nullish() }).nullish(),
  requestReceivedTimestamp: When,
  stageTimestamp: When,
  annotations: z.record(z.string(), z.string()).nullish(),
})
/** Of a list the items do not say what they are. */
export type AuditEvent = Omit<z.infer<typeof AuditEvent>, 'kind' | 'apiVersion'>

const WHAT_BYTES_MAX = 900
/** Names in it were not checked: what cannot be stored is counted with what is not kept. */
const What = z
  .string()
  .min(1)
  .refine((text) => Buffer.byteLength(text) <= WHAT_BYTES_MAX && !text.includes('\0') && text.isWellFormed())
export const Use = z.object({ identity: Id, what: What, at: When, count: z.number() })
export type Use = z.infer<typeof Use>
export const Uses = z.object({ uses: z.array(Use) })
export const useId = ({ identity, what }: Pick<Use, 'identity' | 'what'>): string =>
  `use/${createHash('sha256').update(`${identity}\n${what}`).digest('hex').slice(0, 32)}`

/** Told again and again, it is the same use: only its newest time counts. */
export const usageOf = ({ identity, what, at }: Omit<Use, 'count'>): Of<'usage'> => ({
  kind: 'usage',
  nativeId: useId({ identity, what }),
  identity,
  at,
  what,
})

const ACCOUNT = 'system:serviceaccount:'
const NODE = 'system:node:'
/** The id of the inventory: service accounts by UID where the log has it, else by name; users by name. */
function identityOf({ username, uid }: User): string | undefined {
  if (!username || username === 'system:anonymous') return undefined
  if (username.startsWith(ACCOUNT)) return uid || username
  return username.startsWith(NODE) ? username : userId(username)
}

const DONE = 'ResponseComplete'
const STREAMING = 'ResponseStarted'
const TOKEN = { resource: 'serviceaccounts', subresource: 'token' }
const annotation = ({ annotations }: AuditEvent, key: string): string | undefined => annotations?.[key]

function thing({ objectRef, verb }: AuditEvent): string {
  if (!objectRef?.resource) return `${verb} a path of the API server`
  const { resource, subresource, apiGroup, namespace } = objectRef
  const name = `${resource}${subresource ? `/${subresource}` : ''}${apiGroup ? `.${apiGroup}` : ''}`
  return `${verb} ${name}${namespace ? ` in ${namespace}` : ''}`
}

export type Ignored = 'earlier stages' | 'nobody signed in' | 'refused for another reason'
type Done = Omit<Use, 'count'>

/** What one line tells, or why it tells nothing. */
export function usesOf(event: AuditEvent): Done[] | Ignored {
  if (event.stage !== DONE && event.stage !== STREAMING) return 'earlier stages'
  const identity = identityOf(event.user)
  if (identity === undefined) return 'nobody signed in'
  const code = event.responseStatus?.code ?? 0
  const forbidden = annotation(event, 'authorization.k8s.io/decision') === 'forbid' || code === 403
  if (!forbidden && (code === 401 || code === 429 || code >= 500)) return 'refused for another reason'
  const at = event.requestReceivedTimestamp
  const what = thing(event)
  if (forbidden) return [{ identity, what: `denied: ${what}`, at }]
  return [
    { identity, what, at },
    ...impersonation(event, identity, at),
    ...signIn(event, identity, at),
    ...issuance(event, at),
  ]
}

function impersonation(event: AuditEvent, identity: string, at: Instant): Done[] {
  const as = event.impersonatedUser
  const other = as ? identityOf(as) : undefined
  if (!as || other === undefined) return []
  return [
    { identity, what: `acted as ${as.username}`, at },
    { identity: other, what: `${event.user.username} acted as it`, at },
  ]
}

/** Signs of an old token: one kept in a Secret, or one used beyond the lifetime it was issued for. */
function signIn(event: AuditEvent, identity: string, at: Instant): Done[] {
  const manual = annotation(event, 'authentication.k8s.io/legacy-token-manual-secret')
  const auto = annotation(event, 'authentication.k8s.io/legacy-token-autogenerated-secret')
  const kept = manual ?? auto ?? (annotation(event, 'authentication.k8s.io/legacy-token') && 'of no name')
  const stale = annotation(event, 'authentication.k8s.io/stale-token') !== undefined
  return [
    ...(kept ? [{ identity, what: `signed in with the old token kept in Secret ${kept}`, at }] : []),
    ...(stale ? [{ identity, what: 'signed in with a token past its stated lifetime', at }] : []),
  ]
}

function issuance(event: AuditEvent, at: Instant): Done[] {
  const { resource, subresource, namespace, name } = event.objectRef ?? {}
  const isToken = event.verb === 'create' && resource === TOKEN.resource && subresource === TOKEN.subresource
  if (!isToken || !namespace || !name) return []
  return [
    { identity: subjectOf(namespace, name), what: `${event.user.username} was issued a token for it`, at },
  ]
}

/** So many different uses are kept; more of them are counted and said. */
export const USES_MAX = 200_000

/** The newest of each use, and how often. */
export class UseLedger {
  private readonly uses = new Map<string, Use>()
  beyond = 0

  add({ identity, what, at }: Done): void {
    const key = useId({ identity, what })
    const held = this.uses.get(key)
    if (held) {
      held.count++
      if (at > held.at) held.at = at
      return
    }
    const use = Use.safeParse({ identity, what, at, count: 1 })
    if (use.success && this.uses.size < USES_MAX) this.uses.set(key, use.data)
    else this.beyond++
  }
  all = (): Use[] => [...this.uses.values()]
}
