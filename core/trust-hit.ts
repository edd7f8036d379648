// What a rule about one topic of trust says: the worst weakness of that topic, and how many more there are.
import type { Depends, Hit } from './rule'
import type { TrustWeakness } from './subject'
import type { TrustTopic } from './trust-topics'

/**
 * Messages it uses: `weak` with `because` and `id`, `several` also with `others`.
 * @param weaknesses the worst first; null for none
 */
export function worstOf(
  weaknesses: readonly TrustWeakness[] | null,
  topic: TrustTopic,
): Hit | Depends | null {
  const about = (weaknesses ?? []).filter((one) => one.topic === topic)
  const certain = about.filter(({ answer }) => answer === 'yes')
  const [worst] = certain
  if (!worst) {
    const [open] = about
    return open ? { depends: open.because[0] ?? open.id } : null
  }
  const others = certain.length - 1
  return {
    message: others ? 'several' : 'weak',
    data: { because: worst.because[0] ?? 'Its trust is wider than one caller.', id: worst.id, others },
    severity: worst.severity,
  }
}
