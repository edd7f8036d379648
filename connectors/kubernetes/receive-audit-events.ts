// Audit events as the API server posts them (an EventList of audit.k8s.io/v1), as uses of identities. Of each event only what
// the allow-list names is looked at: bodies, headers and addresses never.
import { z } from 'zod'
import type { Connector, Received } from '@/core/connector'
import { RollcallError } from '@/core/errors'
import { AuditEvent, UseLedger, usageOf, usesOf } from './audit-events'
import { CLUSTER_TYPE } from './place'
import { Id } from './shapes'

const Sent = z.object({
  kind: z.literal('EventList'),
  apiVersion: z.literal('audit.k8s.io/v1'),
  items: z.array(AuditEvent.omit({ kind: true, apiVersion: true }).extend({ auditID: Id })),
})
const ONE_NAMESPACE =
  'Events are of a whole cluster, and this source reads single namespaces of it. Connect the cluster without a list of namespaces.'

/** Names the place; the value stays where it is. */
function notUnderstood(error: z.ZodError): RollcallError {
  const path = error.issues[0]?.path.map(String).join('.') ?? ''
  const message = 'is not as in an EventList of audit.k8s.io/v1'
  return new RollcallError('invalid', `${path || 'The body'} ${message}.`, [{ path, message }])
}

/** Requests are told once for each stage: the first of them that tells anything counts. */
export function receiveAuditEvents(
  body: unknown,
  { scope }: Parameters<NonNullable<Connector['receive']>>[1],
): Received {
  if (scope.type !== CLUSTER_TYPE) throw new RollcallError('invalid', ONE_NAMESPACE)
  const sent = Sent.safeParse(body)
  if (!sent.success) throw notUnderstood(sent.error)
  const { items } = sent.data
  const ledger = new UseLedger()
  const told = new Set<string>()
  let ignored = 0
  for (const event of items) {
    const uses = told.has(event.auditID) ? 'earlier stages' : usesOf(event)
    if (typeof uses === 'string') ignored++
    else {
      told.add(event.auditID)
      for (const use of uses) ledger.add(use)
    }
  }
  return { observations: ledger.all().map(usageOf), events: items.length, ignored: ignored + ledger.beyond }
}
