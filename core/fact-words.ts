// What each fact of a subject is called in a sentence: whoever reads that a rule cannot tell is told what is not known.
import type { AnyFactName } from './subject'

const WORDS: Readonly<Record<AnyFactName, string>> = {
  createdAt: 'when it was made',
  enabled: 'whether it is enabled',
  lastUsedAt: 'when it was last used',
  maxSessionSeconds: 'its longest session',
  owner: 'who answers for it',
  ownerStanding: 'whether its owner is still there',
  privilege: 'what it may do',
  trustWeaknesses: 'what is wrong with who can become it',
  deletedPrincipals: 'whether those it trusts are still there',
  issuers: 'whose word its trust takes',
  actsBy: 'by what something acts as it',
  grants: 'what it holds',
  exercise: 'which of its rights are used',
  consumers: 'what runs as it',
  consumersGoneAt: 'when the last of what ran as it was gone',
  plainSecrets: 'whether secrets stand in plain where something runs as it',
  vendor: 'whether it belongs to somebody outside',
  supplier: 'which supplier it belongs to',
  environment: 'its environment',
  reaches: 'in which environments it holds rights',
  endsAt: 'which end was declared for it',
  succeededAt: 'whether it took the place of another',
  people: 'which people can become it',
  signIns: 'by what people sign in as it',
  isDefault: 'whether it is given to whatever names none',
  identityEnabled: 'whether its identity is enabled',
  rotatedAt: 'when its value last changed',
  expiresAt: 'when it expires',
  lifetimeSeconds: 'how long a value of it lives',
  siblings: 'which others there are beside it',
  supersededBy: 'what took the place of its sort',
  alternative: 'what could do without it',
  lastReadAt: 'when it was last read',
  rotates: 'whether it rotates by itself',
  copiedEverySeconds: 'how often it is copied',
  keptIn: 'where it is kept',
  copies: 'where it is copied to',
  sourceRotatedAt: 'when the value it is a copy of last changed',
  gaps: 'what is not seen in it',
  seenWholeAt: 'when it was last seen whole',
}

/** @example `when it was last used and its longest session` */
export function factNames(facts: readonly AnyFactName[]): string {
  const words = facts.map((fact) => WORDS[fact])
  const last = words.pop() ?? 'something'
  return words.length ? `${words.join(', ')} and ${last}` : last
}
