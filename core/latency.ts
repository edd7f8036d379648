// What cannot do harm as it is: disabled, expired, or nothing can act as it. Only what is known makes it so.
import { valueOf, type Fact, type Instant } from './fact'
import type { CredentialSubject, IdentitySubject, Subject } from './subject'

export type Latency = { why: string; facts: [name: string, fact: Fact<unknown>][] }

function ofIdentity({ enabled, actsBy }: IdentitySubject): Latency | undefined {
  if (valueOf(enabled) === false) return { why: 'It is disabled.', facts: [['enabled', enabled]] }
  if (actsBy.state === 'absent')
    return {
      why: 'Nothing can act as it: it has no credential, no workload, and nobody is trusted to become it.',
      facts: [['actsBy', actsBy]],
    }
  return undefined
}

function ofCredential(subject: CredentialSubject, now: Instant): Latency | undefined {
  const { enabled, expiresAt, identityEnabled } = subject
  if (valueOf(enabled) === false) return { why: 'It is disabled.', facts: [['enabled', enabled]] }
  const end = valueOf(expiresAt)
  if (end !== undefined && Date.parse(end) <= Date.parse(now))
    return { why: 'It has expired.', facts: [['expiresAt', expiresAt]] }
  if (valueOf(identityEnabled) === false)
    return { why: 'Its identity is disabled.', facts: [['identityEnabled', identityEnabled]] }
  return undefined
}

export function latencyOf(subject: Subject, now: Instant): Latency | undefined {
  if (subject.kind === 'identity') return ofIdentity(subject)
  return subject.kind === 'credential' ? ofCredential(subject, now) : undefined
}

/** When something that can do harm now stops to, by time alone. */
export function latentFrom(subject: Subject, now: Instant): Instant | undefined {
  const end = subject.kind === 'credential' ? valueOf(subject.expiresAt) : undefined
  return end !== undefined && Date.parse(end) > Date.parse(now) ? end : undefined
}
