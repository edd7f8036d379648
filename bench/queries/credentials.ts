// The list of credentials and stored secrets as a person asks for it.
import { CREDENTIAL_SORTS, CredentialFilter } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { credentialsAndFacets } from '@/inventory/queries/credentials-and-facets'
import { encodeCursor } from '@/inventory/queries/cursor'
import { listCredentials } from '@/inventory/queries/list-credentials'
import type { Question } from './measure'
import { oneOf, type Random } from './random'
import { READER, type Sample } from './sample'

type Words = Record<string, string>
const filterOf = (words: Words) => CredentialFilter.parse(words)
const list = (words: Words, actor: Actor = READER) => listCredentials(actor, filterOf(words))
const group = 'Credentials'

const DAYS = 700
/** The page that begins after some value in the middle of the list. */
function placeIn(random: Random, { identities }: Sample): string {
  const made = Date.now() - Math.floor(random() * DAYS) * 86_400_000
  const { id } = oneOf(random, identities)
  return encodeCursor({ sort: 'age', part: 0, value: new Date(made).toISOString(), id })
}

/** Whoever answers for things, signed in as themselves. */
const owner = (name: string): Actor => ({ kind: 'user', id: 'bench', name, role: 'owner', email: name })

export const credentialQuestions = (sample: Sample): Question[] => {
  const { words, owners, scopes } = sample
  const ask = (name: string, given: () => Words, show?: string): Question => ({
    group,
    name,
    ask: () => list(given()),
    ...(show !== undefined && { show }),
  })
  return [
    {
      group,
      name: 'First page with what it can be narrowed to, each of the sorts',
      ask: (r) => credentialsAndFacets(READER, filterOf({ sort: oneOf(r, CREDENTIAL_SORTS) })),
      show: 'The first page of credentials',
    },
    { group, name: 'A page in the middle', ask: (r) => list({ after: placeIn(r, sample) }) },
    ask('Filter: value older than a year', () => ({ age: '365' })),
    ask('Filter: ends within 30 days, soonest first', () => ({ expiry: '30', sort: 'expires' })),
    ask('Filter: never ends and was never used', () => ({ expiry: 'never', unused: 'never' })),
    ask('Filter: stored secrets nobody knows the readers of', () => ({ kind: 'secret', unused: 'unknown' })),
    ask('Filter: passwords', () => ({ form: 'password' })),
    ask('Filter: gone', () => ({ state: 'gone' })),
    { group, name: 'Filter: one scope', ask: (r) => list({ scope: oneOf(r, scopes.others) }) },
    ask('Filter: the largest scope', () => ({ scope: scopes.largest })),
    { group, name: 'Search: a word some names hold', ask: (r) => list({ q: oneOf(r, words.middling) }) },
    {
      group,
      name: 'What one person owns',
      ask: (r) => list({}, owner(oneOf(r, owners))),
      show: 'Credentials of one owner',
    },
  ]
}
