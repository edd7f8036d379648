// What each federation pitfall is about: one rule speaks of each topic.

export const TRUST_TOPICS = [
  'anyone',
  'subject',
  'audience',
  'vendor',
  'service',
  'reusable-name',
  'placement',
  'nobody',
  'unbound',
  'lasting',
  'control',
] as const
export type TrustTopic = (typeof TRUST_TOPICS)[number]

/** F01 to F29 and the V-numbers of the table of the evaluators. */
const TOPIC_OF: Readonly<Record<string, TrustTopic>> = {
  F01: 'anyone',
  F02: 'anyone',
  F03: 'subject',
  F04: 'subject',
  F05: 'nobody',
  F06: 'subject',
  F07: 'subject',
  F08: 'audience',
  F09: 'subject',
  F10: 'reusable-name',
  F11: 'subject',
  F12: 'nobody',
  F13: 'subject',
  F14: 'vendor',
  F15: 'anyone',
  F16: 'service',
  F17: 'nobody',
  F18: 'subject',
  F19: 'subject',
  F20: 'anyone',
  F21: 'subject',
  F22: 'subject',
  F23: 'placement',
  F24: 'subject',
  F25: 'placement',
  F26: 'placement',
  F27: 'control',
  F28: 'subject',
  F29: 'subject',
  V12: 'unbound',
  V17: 'lasting',
  V18: 'reusable-name',
  V19: 'reusable-name',
  'F24-V14': 'audience',
}

/** Rows that say by their severity who is let in: strangers, or only more of those who are known. */
const BY_SEVERITY: Readonly<Record<string, (severity: string) => TrustTopic>> = {
  // An open pool is no harm by itself where the grants to it name who is meant.
  F20: (severity) => (severity === 'low' ? 'subject' : 'anyone'),
  'F24-V15': (severity) => (severity === 'critical' ? 'anyone' : 'subject'),
}

/** One that is in no table is about the subject: who is meant. */
export const trustTopicOf = (id: string, severity: string): TrustTopic =>
  BY_SEVERITY[id]?.(severity) ?? TOPIC_OF[id] ?? 'subject'
