// One identity as the rows about it see it: who it is on a day. A pure function of the place, the slot and the day.
import { below, mix, share } from './hash'
import { hex4, hex8 } from './hex'
import { lifeOn, type Life } from './life'
import { ENVIRONMENTS, type Environment, type Organisation, type Place } from './organisation'
import { drawSort, type Sort } from './sorts'
import { PARTS, PRODUCTS } from './words'

/** An identity in its slot. The id is put together when first asked for: many a listing only counts. */
export class Member implements Life {
  readonly generation: number
  readonly bornOn: number
  private made: string | undefined

  constructor(
    readonly place: Place,
    readonly slot: number,
    /** The start of every hash about the slot, whoever lives in it. */
    readonly key: number,
    readonly sort: Sort,
    life: Life,
  ) {
    this.generation = life.generation
    this.bornOn = life.bornOn
  }

  /** Place, slot and generation make it unique for ever; the hash in front makes it look like one. */
  get id(): string {
    return (this.made ??=
      `${hex8(mix(this.key, Salt.id + this.generation * 16))}-${this.place.hex}-` +
      `${hex8(this.slot)}-${hex4(this.generation)}`)
  }
}

const Salt = { slot: 0x51, sort: 1, id: 2, environment: 5, team: 6, home: 7, teamChange: 8, part: 9 } as const

/** How many in an account or cluster of one environment belong to another after all. */
const OTHER_ENVIRONMENT_SHARE = 0.12
/** How many in a place belong to its own few teams. */
const HOME_TEAM_SHARE = 0.7
/** Days after which a member goes over to another team. */
const TEAM_DAYS = 2000

/** What every hash about a slot starts from. */
export const slotKey = (place: Place, slot: number): number => mix(place.key ^ Salt.slot, slot)

/** Who lives in a slot on a day, if anybody. */
export function memberAt(place: Place, slot: number, day: number): Member | undefined {
  const key = slotKey(place, slot)
  const life = lifeOn(place, key, slot, day)
  return life && new Member(place, slot, key, drawSort[place.kind](mix(key, Salt.sort)), life)
}

export function environmentOf({ key, place }: Member): Environment {
  const hash = mix(key, Salt.environment)
  return share(hash) < OTHER_ENVIRONMENT_SHARE
    ? ENVIRONMENTS[below(hash, ENVIRONMENTS.length)]!
    : place.environment
}

/** Whose it is on a day: mostly a team of its place, and now and then it goes over to another. */
export function teamOn({ key, place }: Member, organisation: Organisation, day: number): string {
  const turn = Math.floor((day + below(mix(key, Salt.teamChange), TEAM_DAYS)) / TEAM_DAYS)
  const hash = mix(mix(key, Salt.team), turn)
  const isHome = share(hash) < HOME_TEAM_SHARE
  const team = isHome
    ? place.homes[below(mix(hash, Salt.home), place.homes.length)]!
    : organisation.drawTeam(hash)
  return organisation.teams[team]!
}

/** The name belongs to the slot: who is made again there has it again. */
export function nameOf(member: Member): string {
  const hash = mix(member.key, Salt.part)
  const product = PRODUCTS[below(hash, PRODUCTS.length)]!
  const part = PARTS[(hash >>> 8) % PARTS.length]!
  return `${product}-${part}-${environmentOf(member)}-${slotText(member.slot)}`
}

/** The path people use for it: the same for all who ever have the name. */
export function aliasOf(member: Member, name = nameOf(member)): string {
  const { place, sort } = member
  return `estate:${place.kind}:${place.nativeId}:${sort.path}/${place.name}/${name}`
}

/** Four digits to the base of 36 up to 1.6 million, more from there. */
const PAIRS = Array.from({ length: 1296 }, (_, n) => n.toString(36).padStart(2, '0'))
function slotText(slot: number): string {
  const high = Math.floor(slot / 1296)
  return (high < 1296 ? PAIRS[high]! : high.toString(36)) + PAIRS[slot % 1296]!
}
