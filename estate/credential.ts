// Credentials: how many an identity holds, how they rotate, and when they were used. Old and new ones overlap.
import { absent, known, unknown, type Fact, type Instant } from '@/core/fact'
import type { Observation, Of } from '@/core/observation'
import { instantBefore } from './calendar'
import { choiceOf, type Choice } from './choice'
import { below, mix, share } from './hash'
import { hex4, hex8 } from './hex'
import type { Member } from './member'
import type { FormName, Sort } from './sorts'
import { isActive, lastUseOf, NOT_RECORDED } from './use'
import { REGIONS, SERVICES } from './words'

type Credential = Of<'credential'>
const Salt = {
  count: 0x31,
  slot: 0x32,
  form: 1,
  plan: 2,
  phase: 3,
  time: 4,
  id: 5,
  enabled: 6,
  end: 7,
  where: 8,
}

/** A credential that is there on a day. */
export type Held = {
  id: string
  key: number
  form: FormName
  madeOn: number
  /** When its value last changed, where that happens in place. */
  changedOn: number | undefined
  /** There is a newer one: it is only kept until everything has gone over. */
  isOld: boolean
}

const FORMS: Record<FormName, { form: Credential['form']; endsAfter: readonly number[]; tellsUse: boolean }> =
  {
    key: { form: 'static-key', endsAfter: [], tellsUse: true },
    'client-secret': { form: 'static-key', endsAfter: [180, 365, 365, 730], tellsUse: true },
    certificate: { form: 'certificate', endsAfter: [90, 365, 398, 730], tellsUse: false },
    federation: { form: 'federated', endsAfter: [], tellsUse: true },
    password: { form: 'password', endsAfter: [], tellsUse: true },
    'ssh-key': { form: 'ssh-key', endsAfter: [], tellsUse: false },
    token: { form: 'token', endsAfter: [0, 365], tellsUse: true },
  }
/** Days between rotations (0: never) and days for which the old one stays. Most never rotate. */
const PLANS = [
  { every: 0, overlap: 0 },
  { every: 365, overlap: 30 },
  { every: 90, overlap: 14 },
  { every: 30, overlap: 7 },
] as const
const planOf = choiceOf([69, 16, 9, 6])
/** Rotations before day 0 count too: numbers in ids stay positive. */
const VERSIONS_BEFORE = 1000
const DISABLED_SHARE = 0.06
const OLD_DISABLED_SHARE = 0.5
const ORPHAN_SHARE = 0.003

const LIST = 'estate:ListKeys'
const USE = 'estate:GetLastUse'
const FIXED = absent(LIST, 'its value never changes; its age counts from its creation')
const NOT_CHANGED = absent(LIST)
const ENDLESS = absent(LIST, 'it has no end date')
const ON = known(true, LIST)
const OFF = known(false, LIST)
const NOWHERE = absent(USE)
const ORPHAN = absent(LIST, 'its owner was not named')
const WHERE = SERVICES.flatMap((service) => REGIONS.map((region) => known(`${service} in ${region}`, USE)))
const WHERE_UNTOLD = unknown('not-offered', USE, 'the source does not record where it is used')

const draws = new Map<Sort, { count: Choice; form: Choice }>()
function drawsOf(sort: Sort) {
  const held = draws.get(sort)
  if (held) return held
  const { counts, forms } = sort.credentials
  const made = { count: choiceOf(counts), form: choiceOf(forms.map(([, weight]) => weight)) }
  draws.set(sort, made)
  return made
}

/** What an identity holds on a day, the first one first. */
export function heldBy(member: Member, day: number): Held[] {
  const { sort, key } = member
  if (!sort.credentials.forms.length) return []
  const draw = drawsOf(sort)
  const held: Held[] = []
  const count = draw.count(mix(key, Salt.count))
  for (let index = 0; index < count; index++) {
    // Who is made again under a name holds new credentials.
    const own = mix(mix(key, Salt.slot + index), member.generation)
    const [form] = sort.credentials.forms[draw.form(mix(own, Salt.form))]!
    addVersions(held, { member, index, key: own, form }, day)
  }
  return held
}

type Line = { member: Member; index: number; key: number; form: FormName }

function addVersions(held: Held[], line: Line, day: number): void {
  const { member, key, form } = line
  const { every, overlap } = form === 'federation' ? PLANS[0] : PLANS[planOf(mix(key, Salt.plan))]!
  const { bornOn } = member
  if (!every) return void held.push(versionOf(line, 0, bornOn))
  const phase = below(mix(key, Salt.phase), every)
  const version = Math.floor((day + phase) / every)
  const turnedOn = version * every - phase
  if (form === 'password') {
    const changedOn = turnedOn > bornOn ? turnedOn : undefined
    return void held.push({ ...versionOf(line, 0, bornOn), changedOn })
  }
  held.push(versionOf(line, version, Math.max(turnedOn, bornOn)))
  if (turnedOn > bornOn && day < turnedOn + overlap)
    held.push({ ...versionOf(line, version - 1, Math.max(turnedOn - every, bornOn)), isOld: true })
}

const versionOf = ({ member, index, key, form }: Line, version: number, madeOn: number): Held => {
  const own = mix(key, version)
  const line16 = hex4(member.generation * 16 + index)
  const id =
    hex8(mix(own, Salt.id)) + member.place.hex + hex8(member.slot) + line16 + hex4(version + VERSIONS_BEFORE)
  return { id, key: own, form, madeOn, changedOn: undefined, isOld: false }
}

/** Adds the credentials of an identity. */
export function addCredentials(rows: Observation[], member: Member, day: number): void {
  const owner = known(member.id, LIST)
  for (const held of heldBy(member, day)) rows.push(credentialOf(member, held, owner, day))
}

function credentialOf(member: Member, held: Held, owner: Fact<string>, day: number): Credential {
  const { key, madeOn, changedOn, form: name } = held
  const { form, tellsUse } = FORMS[name]
  const lastUsedAt = tellsUse ? useOf(member, held, day) : NOT_RECORDED
  const isOff = share(mix(key, Salt.enabled)) < (held.isOld ? OLD_DISABLED_SHARE : DISABLED_SHARE)
  const isOrphan = name === 'certificate' && share(mix(key, Salt.where)) < ORPHAN_SHARE
  return {
    kind: 'credential',
    nativeId: held.id,
    identity: isOrphan ? ORPHAN : owner,
    type: `estate.${name}`,
    form,
    name: name === 'key' ? held.id : `${name}-${hex8(key)}`,
    createdAt: known(instantBefore(madeOn, mix(key, Salt.time)), LIST),
    rotatedAt: rotationOf(name, changedOn, key),
    expiresAt: endOf(held),
    lastUsedAt,
    lastUsedWhere: whereOf(lastUsedAt, key),
    enabled: isOff ? OFF : ON,
  }
}

/** The newest credential of an active identity is used with it; every other has a habit of its own. */
const useOf = (member: Member, { key, isOld, madeOn }: Held, day: number): Fact<Instant> =>
  lastUseOf(member, !isOld && isActive(member.key) ? member.key : key, madeOn, day)

const rotationOf = (name: FormName, changedOn: number | undefined, key: number): Fact<Instant> => {
  if (name !== 'password') return FIXED
  return changedOn === undefined ? NOT_CHANGED : known(instantBefore(changedOn, mix(key, Salt.time)), LIST)
}

function endOf({ form, key, madeOn }: Held): Fact<Instant> {
  const { endsAfter } = FORMS[form]
  const hash = mix(key, Salt.end)
  const days = endsAfter.length ? endsAfter[below(hash, endsAfter.length)]! : 0
  return days ? known(instantBefore(madeOn + days, hash), LIST) : ENDLESS
}

function whereOf(used: Fact<Instant>, key: number): Fact<string> {
  if (used === NOT_RECORDED) return WHERE_UNTOLD
  if (used.state === 'known') return WHERE[below(mix(key, Salt.where), WHERE.length)]!
  return used.state === 'absent' ? NOWHERE : used
}
