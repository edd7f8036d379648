// What an empty list means: none, where every look that could have found some was once whole; else that it is not known.
import type { Kind } from '@/core/observation'
import type { LookView } from '@/inventory/queries/types'
import { kindWords, whyWords } from './words'

/** Whether every stream that can tell of this kind was once seen whole. */
export function wasSeenWhole(looks: readonly LookView[], kind: Kind): boolean {
  const speaking = looks.filter((look) => look.kind === kind)
  return speaking.length > 0 && speaking.every((look) => look.completeAt !== undefined)
}

/** The words for an empty list of this kind: `none` only where absence is evidence. */
export function noneOf(looks: readonly LookView[], kind: Kind, none: string): string {
  if (wasSeenWhole(looks, kind)) return none
  const unseen = looks.find((look) => look.kind === kind && !look.completeAt)
  if (!unseen) return `Not known: no source was asked for ${kindWords(kind)}.`
  const why = unseen.why ? whyWords(unseen.why) : 'the look was cut short'
  return `Not known: ${kindWords(kind)} were never seen in full (${unseen.permission ?? unseen.stream}: ${why}).`
}
