// Makes suggestions of what speaks for whom: how sure each is, and where what is known does not agree. Nothing is chosen by
// chance: of two that are equally sure neither is the best. Pure.
import type { Instant } from '@/core/fact'
import { groupBy } from '@/core/group-by'
import { CONFIDENCES, EVIDENCE, type Confidence, type EvidenceKind } from './evidence'

export type Role = 'person' | 'team' | 'unclear'
export type Evidence = {
  kind: EvidenceKind
  /** Where it stands: the tag, the field, or what else the same one answers for. */
  words: string
  source: string
  at: Instant
}
/** Somebody that something speaks for, as the directory knows them where it does. */
export type Named = {
  role: Role
  name: string
  /** Of the directory. */
  whoId?: string
  standing?: 'here' | 'left' | 'unknown'
  evidence: Evidence
}
export type Suggestion = Omit<Named, 'evidence'> & {
  /** By which it is confirmed: the same as long as the same one is meant. */
  key: string
  confidence: Confidence
  /** The strongest first. */
  evidence: Evidence[]
  /** Set where others are suggested for the same role that are as sure. */
  conflict?: string[]
  /** Whether it can be confirmed together with others: the surest of its role, of whom nobody says that they left. */
  isBest: boolean
}

export const keyOf = ({ role, name, whoId }: Pick<Named, 'role' | 'name' | 'whoId'>): string =>
  `${role}:${whoId ?? name.trim().toLowerCase()}`

const KINDS = Object.keys(EVIDENCE) as EvidenceKind[]
const rank = (confidence: Confidence) => CONFIDENCES.indexOf(confidence)
const byKind = (a: Evidence, b: Evidence) =>
  KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || (a.words < b.words ? -1 : 1)

/** The strongest that speaks for them; sorts that agree with each other make it one step surer. */
export function confidenceOf(evidence: readonly Pick<Evidence, 'kind'>[]): Confidence {
  const kinds = new Set(evidence.map(({ kind }) => kind))
  const best = Math.min(...[...kinds].map((kind) => rank(EVIDENCE[kind].confidence)))
  return CONFIDENCES[Math.max(0, kinds.size > 1 ? best - 1 : best)] ?? 'weak'
}

function distinct(evidence: readonly Evidence[]): Evidence[] {
  const byWords = new Map(evidence.map((one) => [`${one.kind} ${one.words}`, one]))
  return [...byWords.values()].sort(byKind)
}

/** The surest first; of equals by name. */
export function weigh(named: readonly Named[]): Suggestion[] {
  const all = [...groupBy(named, keyOf)].map(([key, same]) => {
    const { evidence: _, ...who } = same[0] as Named
    const evidence = distinct(same.map((one) => one.evidence))
    return { ...who, key, confidence: confidenceOf(evidence), evidence }
  })
  return all
    .map((one): Suggestion => {
      const rivals = all.filter((other) => other.key !== one.key && other.role === one.role)
      const conflict = rivals
        .filter(({ confidence }) => confidence === one.confidence)
        .map(({ name }) => name)
      const isSurest = rivals.every(({ confidence }) => rank(confidence) > rank(one.confidence))
      const isBest =
        isSurest && one.role !== 'unclear' && one.standing !== 'left' && one.confidence !== 'weak'
      return { ...one, ...(conflict.length && { conflict: conflict.sort() }), isBest }
    })
    .sort((a, b) => rank(a.confidence) - rank(b.confidence) || (a.key < b.key ? -1 : 1))
}
