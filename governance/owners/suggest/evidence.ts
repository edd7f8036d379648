// What speaks for somebody as an owner, and how much each sort of it counts: one small table. Pure.
import { SHARED_MAILBOX } from '@/core/owner-words'

/** From the strongest on. `because` is the beginning of a sentence that the hint's own words end. */
export const EVIDENCE = {
  named: { confidence: 'strong', title: 'Named as owner by the source' },
  contact: { confidence: 'fair', title: 'Named as a contact by the source' },
  mailbox: { confidence: 'fair', title: 'A mailbox that the source names as owner' },
  around: { confidence: 'fair', title: 'Named as owner of the place it is in' },
  code: { confidence: 'fair', title: 'Owns the code that acts as it' },
  mentioned: { confidence: 'fair', title: 'Stands in a note or a notice of the source' },
  created: { confidence: 'fair', title: 'Created it' },
  together: { confidence: 'fair', title: 'Answers for what it works as one with' },
  beside: { confidence: 'weak', title: 'Answers for what runs beside it' },
  application: { confidence: 'weak', title: 'Has the name of the application it belongs to' },
} as const satisfies Record<string, { confidence: Confidence; title: string }>
export type EvidenceKind = keyof typeof EVIDENCE

export const CONFIDENCES = ['strong', 'fair', 'weak'] as const
export type Confidence = (typeof CONFIDENCES)[number]

/** Words of what a source says of a hint, from the most telling on: the first that fits decides. */
const BY_WORDS: readonly [RegExp, EvidenceKind][] = [
  [/\b(who made it|made by|creat(ed|or))\b/i, 'created'],
  [/^(notes?|service management reference|told when)\b/i, 'mentioned'],
  [/(part-of|argocd\S*\/instance|release-name|toolkit\.fluxcd\.io\/name)\b/i, 'application'],
  [
    /\bof (the )?(namespace|project|folder|resource group|subscription|organi[sz]ation|account|cluster)\b/i,
    'around',
  ],
  [/owner/i, 'named'],
  [/\b\S*(contacts?|contact[-_.]?e?mail|e?mail|maintainers?)( |$)/i, 'contact'],
]

/** @param via the tag, label or field that says so, as its connector calls it */
export function kindOfHint(via: string, value: string): EvidenceKind {
  const [, kind = 'named'] = BY_WORDS.find(([words]) => words.test(via)) ?? []
  return kind === 'named' && SHARED_MAILBOX.test(value) ? 'mailbox' : kind
}
