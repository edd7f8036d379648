// Lists, filters, searches, facets and pages as a person asks for them: the present and the past are asked the same.
import { IDENTITY_SORTS, IdentityFilter } from '@/core/list'
import { encodeCursor } from '@/inventory/queries/cursor'
import { getIdentity } from '@/inventory/queries/get-identity'
import { identityFacets } from '@/inventory/queries/identity-facets'
import { listIdentities } from '@/inventory/queries/list-identities'
import type { Question } from './measure'
import { oneOf, type Random } from './random'
import { READER, type Sample } from './sample'

type Words = Record<string, string>
const filterOf = (words: Words) => IdentityFilter.parse(words)
const list = (words: Words) => listIdentities(READER, filterOf(words))
const facets = (words: Words) => identityFacets(READER, filterOf(words))

/** The page that begins after somebody in the middle of the list. */
function placeIn(random: Random, { identities }: Sample): string {
  const { id, name } = oneOf(random, identities)
  return encodeCursor({ sort: 'name', part: 0, value: name, id })
}

/** Lists, first pages and deep ones. */
export const pageQuestions = (sample: Sample): Question[] => [
  {
    group: 'List',
    name: 'First page, each of the sorts',
    ask: (r) => list({ sort: oneOf(r, IDENTITY_SORTS) }),
  },
  {
    group: 'List',
    name: 'A page in the middle',
    ask: (r) => list({ after: placeIn(r, sample) }),
    show: 'A page in the middle of the list',
  },
]

/** By what is chosen most. */
export const filterQuestions = (sample: Sample): Question[] => {
  const { types, owners, scopes } = sample
  const ask = (name: string, words: (random: Random) => Words): Question => ({
    group: 'List',
    name: `Filter: ${name}`,
    ask: (random) => list(words(random)),
  })
  return [
    ask('type', (r) => ({ type: oneOf(r, types) })),
    ask('type, worst first', (r) => ({ type: oneOf(r, types), sort: 'worst' })),
    ask('class and privilege', (r) => ({
      class: oneOf(r, ['machine', 'human', 'unclear', 'provider']),
      privilege: oneOf(r, ['none', 'conditional', 'administrator', 'unknown']),
    })),
    ask('owner', (r) => ({ owner: oneOf(r, owners) })),
    ask('nobody owns it, longest unused first', () => ({ owner: 'none', sort: 'lastUsed' })),
    ask('one scope', (r) => ({ scope: oneOf(r, scopes.others) })),
    ask('the largest scope, by creation', () => ({ scope: scopes.largest, sort: '-created' })),
    ask('unused', (r) => ({ unused: oneOf(r, ['90', '365', 'never', 'unknown']) })),
    ask('failing a rule', (r) => ({
      rule: oneOf(r, ['credential-long-lived', 'identity-ownerless']),
      sort: oneOf(r, ['name', 'worst']),
    })),
    ask('gone', () => ({ state: 'retired' })),
  ]
}

export const searchQuestions = ({ words, identities }: Sample): Question[] => [
  {
    group: 'Search',
    name: 'A whole name',
    ask: (r) => list({ q: oneOf(r, words.rare) }),
    show: 'Search for a whole name',
  },
  { group: 'Search', name: 'A native id', ask: (r) => list({ q: oneOf(r, identities).nativeId }) },
  { group: 'Search', name: 'A word some names hold', ask: (r) => list({ q: oneOf(r, words.middling) }) },
  { group: 'Search', name: 'A word many names hold', ask: (r) => list({ q: oneOf(r, words.common) }) },
]

export const facetQuestions = ({ types, scopes, words }: Sample): Question[] => [
  { group: 'Facets', name: 'Of everything', ask: () => facets({}) },
  {
    group: 'Facets',
    name: 'Of a type and a privilege',
    ask: (r) => facets({ type: oneOf(r, types), privilege: 'conditional' }),
  },
  { group: 'Facets', name: 'Of a scope', ask: (r) => facets({ scope: oneOf(r, scopes.others) }) },
  { group: 'Facets', name: 'Of a search', ask: (r) => facets({ q: oneOf(r, words.middling) }) },
  { group: 'Facets', name: 'Of a search many names fit', ask: (r) => facets({ q: oneOf(r, words.common) }) },
]

export const identityQuestion = ({ identities }: Sample): Question => ({
  group: 'Identity',
  name: 'The page of one identity',
  ask: (r) => getIdentity(READER, oneOf(r, identities).id),
})
