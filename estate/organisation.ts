// The made-up organisation: its accounts and clusters with their sizes, and its teams. Held whole: it grows with the
// root of the number of identities only.
import { choiceOf, zipf, type Choice } from './choice'
import { below, mix, share } from './hash'
import { hex4 } from './hex'
import { sizesOf } from './sizes'
import { PRODUCTS, TEAM_WORDS } from './words'

export const ENVIRONMENTS = ['prod', 'stage', 'dev', 'sandbox'] as const
export type Environment = (typeof ENVIRONMENTS)[number]
const environmentOf = choiceOf([35, 20, 35, 10])

/** An account or a cluster: what is read as a whole. */
export type Place = {
  /** Its number in hexadecimal, for the ids of all that is in it. */
  hex: string
  /** The start of every hash about it. */
  key: number
  kind: 'account' | 'cluster'
  nativeId: string
  name: string
  /** Identities on day 0. */
  size: number
  environment: Environment
  /** The teams that most of it belongs to. */
  homes: readonly number[]
  /** Whether reading when something was last used is refused here. */
  refusesUse: boolean
}
export type Organisation = {
  identities: number
  teams: readonly string[]
  drawTeam: Choice
  /** By native id, so that large and small ones come in no order. */
  places: readonly Place[]
}

const CLUSTER_SHARE = 0.35
/** One place in so many refuses, in every estate that has more than four. */
const REFUSES_USE_EVERY = 20
const REFUSES_USE_FIRST = 3
const HOMES = 3
/** How steeply teams differ in what they own. */
const TEAM_EXPONENT = 0.9

const Salt = { kind: 1, id: 2, name: 3, environment: 4, home: 8 } as const

export function organisationOf({ identities, seed }: { identities: number; seed: number }): Organisation {
  // Both: estates of different sizes or seeds share no id, so that they can stand side by side.
  const root = mix(mix(seed, 0x5eed), identities)
  const teams = teamsOf(identities)
  const drawTeam = choiceOf(zipf(teams.length, TEAM_EXPONENT))
  const places = sizesOf(identities).map((size, index) => placeOf(mix(root, index), index, size, drawTeam))
  places.sort((a, b) => (a.nativeId < b.nativeId ? -1 : 1))
  return { identities, teams, drawTeam, places }
}

/** About one team for 800 identities, and never fewer than a dozen. */
function teamsOf(identities: number): string[] {
  const count = Math.min(PRODUCTS.length * TEAM_WORDS.length, Math.max(12, Math.round(identities / 800)))
  return Array.from({ length: count }, (_, n) => {
    const product = PRODUCTS[n % PRODUCTS.length]!
    const round = Math.floor(n / PRODUCTS.length)
    return round ? `${product}-${TEAM_WORDS[(round + n) % TEAM_WORDS.length]!}` : product
  })
}

function placeOf(key: number, index: number, size: number, drawTeam: Choice): Place {
  // The largest is an account: a cluster with a tenth of everything would be odd.
  const isCluster = index > 0 && share(mix(key, Salt.kind)) < CLUSTER_SHARE
  const environment = ENVIRONMENTS[environmentOf(mix(key, Salt.environment))]!
  const digits = String(below(mix(key, Salt.id), 100_000_000)).padStart(8, '0')
  const product = PRODUCTS[below(mix(key, Salt.name), PRODUCTS.length)]!
  const number = String(index).padStart(4, '0')
  return {
    hex: hex4(index),
    key,
    kind: isCluster ? 'cluster' : 'account',
    nativeId: isCluster ? `cl-${digits}-${number}` : digits + number,
    name: `${product}-${environment}-${isCluster ? 'c-' : ''}${number}`,
    size,
    environment,
    homes: Array.from({ length: HOMES }, (_, n) => drawTeam(mix(key, Salt.home + n))),
    refusesUse: index % REFUSES_USE_EVERY === REFUSES_USE_FIRST,
  }
}
