// Shapes of answers about credentials and stored secrets, checked against the types the queries answer with.
import { z } from 'zod'
import { Instant } from '@/core/fact'
import type { CredentialRow } from '@/core/list'
import { CredentialForm } from '@/core/observation'
import type { CredentialConnections } from '@/inventory/queries/credential-connections'
import {
  bounded,
  Completeness,
  Connection,
  Fact,
  Finding,
  Id,
  Identity,
  Look,
  of,
  Part,
  State,
  Timeline,
} from './schemas'

const At = z.object({ state: State, at: Instant.optional() })
const Flag = z.object({ state: State, value: z.boolean().optional() })

export const Credential = of<CredentialRow>()(
  z.object({
    id: Id,
    kind: z.enum(['credential', 'secret']),
    nativeId: z.string(),
    name: z.string(),
    type: z.string(),
    form: CredentialForm.optional(),
    scope: Identity.shape.scope,
    identity: z
      .object({
        state: State,
        id: Id.optional(),
        name: z.string().optional(),
        nativeId: z.string().optional(),
        retiredAt: Instant.optional(),
      })
      .optional()
      .meta({
        description: 'Whose a credential is. Without an id where that identity has not been seen.',
      }),
    value: At.meta({
      description:
        'When its value was made: rotated, else created. Unknown where it is not known whether it was rotated.',
    }),
    expires: At,
    lastUsed: At.meta({ description: 'Of a stored secret: when it was last read.' }),
    enabled: Flag.optional(),
    count: z.int().optional().meta({ description: 'How many were counted, where it stands for many.' }),
    rotates: Flag.optional(),
    copiedEvery: z.object({ state: State, seconds: z.int().optional() }).optional(),
    firstSeenAt: Instant,
    retiredAt: Instant.optional(),
  }),
)

const Connections = of<CredentialConnections>()(
  z.object({ names: bounded(Connection), namedBy: bounded(Connection), reachedBy: bounded(Connection) }),
).meta({
  description:
    'What it names, what names it, and who holds permissions that speak of it. Each is matched, dangling or unknown.',
})

export const CredentialDetail = z.object({
  credential: Credential,
  facts: z.record(z.string(), Fact),
  identity: Identity.optional(),
  confirmedAt: Instant,
  owner: Identity.shape.owner.meta({
    description: 'Of a credential: who answers for its identity. Of a stored secret: whom hints name.',
  }),
  ownerHints: bounded(Part),
  connections: Connections,
  findings: bounded(Finding),
  looks: z.array(Look),
  timeline: Timeline,
  completeness: Completeness,
})
