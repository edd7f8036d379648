// What is wrong with who can become an identity, as a fact: what the analysis says, and how far the looks behind it go.
import { absent, unknown, type Fact } from '@/core/fact'
import type { TrustWeakness } from '@/core/subject'
import { TRUST_TOPICS, trustTopicOf } from '@/core/trust-topics'
import { absenceOf, type LookRow } from './absence'
import type { VerdictRow } from './rows'

/** Of each topic of which nothing certain was seen, where not all was: what was not seen may be just that. */
const unseenOf = (seen: readonly TrustWeakness[], why: string): TrustWeakness[] =>
  TRUST_TOPICS.filter((topic) => !seen.some((one) => one.topic === topic)).map((topic) => ({
    id: 'unseen',
    topic,
    answer: 'depends',
    severity: 'low',
    because: [why],
  }))

/** Weaknesses that were seen are there whatever else was not; that there are none is known only where all trust was read. */
export function trustFact(verdict: VerdictRow | undefined, looks: readonly LookRow[]): Fact<TrustWeakness[]> {
  const none = absenceOf(looks, 'trust')
  if (!verdict) return unknown('not-collected', 'trust', 'who can become it is not judged yet')
  const source = `trust, read as ${verdict.platform}`
  const seen = verdict.pitfalls.map((one) => ({ ...one, topic: trustTopicOf(one.id, one.severity) }))
  if (none.state === 'unknown') {
    if (!seen.length) return none
    const why = `not all of its trust was read (${none.detail ?? none.source}).`
    return { state: 'known', source, value: [...seen, ...unseenOf(seen, why)] }
  }
  const confirmed = {
    ...(none.at && { at: none.at }),
    ...(none.unconfirmed && { unconfirmed: none.unconfirmed }),
  }
  if (seen.length) return { state: 'known', source, value: seen, ...confirmed }
  return { ...absent(source), ...confirmed }
}
