// Examples that every rule about one topic of trust has to get right: the worst is told, the rest is counted, and what
// belongs to another topic is left to its rule.
import { absent, known } from '@/core/fact'
import { SEVERITIES, type Severity } from '@/core/rule'
import type { IdentitySubject, TrustWeakness } from '@/core/subject'
import type { TrustTopic } from '@/core/trust-topics'
import { identity } from './specimens'

/** A weakness of the topic as an evaluator tells it, and a topic whose weaknesses are another rule's. */
type Topical = { id: string; severity: TrustWeakness['severity']; because: string; elsewhere: TrustTopic }
type Told = { given: IdentitySubject; says: string }

export const trusting = (
  weaknesses: readonly TrustWeakness[],
  different: Partial<IdentitySubject> = {},
): IdentitySubject => identity({ trustWeaknesses: known([...weaknesses], 'trust.list'), ...different })

/** Whatever does no harm as things are ranks two steps lower. */
const lower = (severity: Severity): Severity => SEVERITIES[SEVERITIES.indexOf(severity) + 2] ?? 'info'

export function trustExamples(topic: TrustTopic, { id, severity, because, elsewhere }: Topical) {
  const one: TrustWeakness = { id, topic, severity, answer: 'yes', because: [because, 'and why'] }
  const open: TrustWeakness = { ...one, answer: 'depends' }
  const other: TrustWeakness = { ...one, id: 'X1', topic: elsewhere, severity: 'critical' }
  const says = `${because} (${id})`
  const fail: (Told & { severity: Severity; latent?: string })[] = [
    { given: trusting([one]), says, severity },
    { given: trusting([one], { class: 'unclear' }), says, severity },
    // A worse one of another topic neither hides it nor lends it its severity.
    { given: trusting([other, one]), says, severity },
    // One that may be is no further one that is.
    { given: trusting([open, one]), says, severity },
    {
      given: trusting([one, { ...one, id: 'X2', severity: 'low' }, other]),
      says: `${because} (${id}, and 1 more)`,
      severity,
    },
    {
      given: trusting([{ ...one, because: [] }]),
      says: `Its trust is wider than one caller. (${id})`,
      severity,
    },
    {
      given: trusting([one], { enabled: known(false, 'robots.list') }),
      says,
      severity: lower(severity),
      latent: 'It is disabled.',
    },
    {
      given: trusting([one], { actsBy: absent('trust.list') }),
      says,
      severity: lower(severity),
      latent: 'Nothing can act as it: it has no credential, no workload, and nobody is trusted to become it.',
    },
  ]
  const depends: Told[] = [
    { given: trusting([open]), says: because },
    { given: trusting([{ ...open, because: [] }]), says: id },
    { given: trusting([other, open]), says: because },
  ]
  return {
    now: '2026-09-30T00:00:00Z',
    pass: [identity(), trusting([]), trusting([other]), trusting([{ ...other, answer: 'depends' }])],
    fail,
    depends,
    notApplicable: [trusting([one], { class: 'human' }), trusting([one], { class: 'provider' })],
  }
}
