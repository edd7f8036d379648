// What an identity says of itself and where it is: facts of its own row and of its type.
import { absent, known, unknown, type Fact } from '@/core/fact'
import type { RawIdentity } from '../raw-facts'
import type { FactScope } from './fact-scope'
import type { FactRow } from './identity-rows'
import { defaultFact, partOf, wordsOf } from './words'

export type OwnFacts = Pick<
  RawIdentity,
  'maxSessionSeconds' | 'vendor' | 'tags' | 'calls' | 'places' | 'succeededAt' | 'isDefault'
>

/** A source that says nothing of vendors may still keep none but its own; what it says nothing about is not known. */
function vendorFact({ vendor, type }: FactRow, scope: FactScope): Fact<string> {
  if (vendor) return vendor
  return wordsOf(type)?.own
    ? absent('rules of the platform', `what is of this type belongs to ${scope.name}`)
    : unknown('not-offered', 'identity', 'the source does not say to whom it belongs')
}

const NEVER_SEEN = 'nobody of its name was seen before it'
/** Since the scope is watched: who bore the name before that is not known to anybody. */
function successionFact({ hasPredecessor, predecessorGoneAt }: FactRow): RawIdentity['succeededAt'] {
  if (!hasPredecessor) return absent('names of the scope', NEVER_SEEN)
  return predecessorGoneAt
    ? known(predecessorGoneAt.toISOString(), 'names of the scope')
    : absent('names of the scope', 'the one before it is back')
}

/** The scope, and the part of it where its name tells one. */
export const placesOf = (scope: { name: string }, part: readonly string[]): string[] => [scope.name, ...part]

export const ownFacts = (row: FactRow, scope: FactScope): OwnFacts => ({
  maxSessionSeconds: row.maxSessionSeconds,
  vendor: vendorFact(row, scope),
  tags: row.tags,
  calls: [...new Set([row.nativeId, row.name, ...row.aliases])],
  places: placesOf(scope, partOf(row.type, [row.name])),
  succeededAt: successionFact(row),
  isDefault: defaultFact(row.type, row.name),
})
