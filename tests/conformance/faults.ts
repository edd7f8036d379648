// Breaks one call of a transport the way sources break: refused, slow, gone, or answering with something else.
import type { Why } from '@/core/fact'
import { UpstreamError, type Transport } from '@/core/upstream'
import { questionKey } from './replay'
import { isRecord, type Fault } from './world'

/** A value that must come out nowhere: the detail of a failure may name a place, never what stood there. */
export const CANARY = 'canary-value-that-must-not-travel'

/** How each fault has to be reported. */
export const REPORTED_AS: Record<Fault, Why> = {
  denied: 'denied',
  throttled: 'throttled',
  'timed-out': 'timed-out',
  unreachable: 'unreachable',
  malformed: 'malformed',
  truncated: 'malformed',
}

/** The transport with every attempt at one question failing in one way. */
export function faulty(transport: Transport, key: string, fault: Fault): Transport {
  return {
    async send(permission, params, signal) {
      if (questionKey({ permission, params }) !== key) return transport.send(permission, params, signal)
      if (fault === 'malformed') return { nonsense: CANARY }
      if (fault === 'truncated') return cutShort(await transport.send(permission, params, signal))
      throw new UpstreamError(fault, permission, 'broken on purpose')
    },
    explain: (error) => transport.explain(error),
  }
}

/**
 * An answer of which only the envelope arrived: its lists are missing, or its last field where it has no list.
 * Undefined where there is nothing to cut.
 */
export function cutShort(answer: unknown): unknown {
  if (!isRecord(answer)) return undefined
  const fields = Object.entries(answer)
  const envelope = fields.filter(([, value]) => !Array.isArray(value))
  return Object.fromEntries(envelope.length < fields.length ? envelope : fields.slice(0, -1))
}

/** Whether cutting this answer short leaves something that could be taken for a whole answer. */
export const canBeCut = (answer: unknown): boolean => isRecord(answer) && Object.keys(answer).length > 0
