// The strongest answer among the requests that whoever asks can choose between.
import { choicesOf, type Choice, type Request } from './chosen'
import type { Condition } from './conditions'
import { stronger, type Decision } from './decide'

const TAGS = 'Whether it may bring tags, which takes a permission of its own, is not certain'

/**
 * One request has one value for each key, so a choice that suits one statement has to suit all of them.
 * @param decide the answer with these values given
 * @param mayTag whether a request with these values may bring its tags
 */
export function bestOf(
  conditions: readonly Condition[],
  request: Request,
  decide: (given: Choice['given']) => Decision,
  mayTag: (given: Choice['given']) => boolean,
): Decision {
  const { all, whole } = choicesOf(conditions, request)
  let best: Decision | undefined
  for (const choice of all) {
    const decision = decide(choice.given)
    if (decision.value === 'no') best ??= decision
    else {
      const open = [...choice.open, ...(choice.tags && !mayTag(choice.given) ? [TAGS] : [])]
      const found = open.length ? { ...decision, takes: [...decision.takes, ...open] } : decision
      if (found.value === 'yes' && !found.takes.length) return found
      best = best ? better(best, found) : found
    }
  }
  // What was not tried could be more than what was: nothing chosen is judged for all values at once.
  if (!best || (!whole && best.value === 'no')) return decide({})
  return best
}

/** A yes that rests on something that was not seen is one less than a plain one. */
const better = (a: Decision, b: Decision): Decision =>
  a.value === b.value && b.takes.length < a.takes.length ? b : stronger(a, b)
