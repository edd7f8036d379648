// Identities with their owner hints, as a listing of accounts would tell of them.
import { absent, known, unknown, type Fact } from '@/core/fact'
import type { Observation, Of } from '@/core/observation'
import { instantBefore } from './calendar'
import { choiceOf } from './choice'
import { below, hashOfText, mix, share } from './hash'
import { aliasOf, environmentOf, nameOf, teamOn, type Member } from './member'
import type { Organisation } from './organisation'
import type { Sort } from './sorts'
import { FIRST_NAMES, LAST_NAMES } from './words'
import { lastUseOf, NOT_RECORDED } from './use'

const Salt = {
  owner: 0x21,
  person: 0x22,
  time: 0x23,
  enabled: 0x24,
  text: 0x25,
  session: 0x26,
  unclear: 0x27,
}

/** Who says whose it is: a team only, a person only, both, or nobody. */
const HINTS = ['team', 'person', 'both', 'none'] as const
const hintsOf = choiceOf([45, 15, 10, 30])
const PEOPLE_A_TEAM = 8
const DISABLED_SHARE = 0.05
const DESCRIBED_SHARE = 0.4
const UNCLEAR_SHARE = 0.04
const SESSION_SECONDS = [3600, 3600, 3600, 7200, 14_400, 43_200]

const SOURCE = 'estate:ListIdentities'

/** Facts that many rows share are made once. */
type Said = {
  on: Fact<boolean>
  off: Fact<boolean>
  noText: Fact<string>
  noTags: Fact<never>
  sessions: Fact<number>[]
}
const said = new Map<Sort, Said>()
function saidOf(sort: Sort): Said {
  const held = said.get(sort)
  if (held) return held
  const made: Said = {
    on: known(true, SOURCE),
    off: known(false, SOURCE),
    noText: absent(SOURCE),
    noTags: absent(SOURCE, 'what the provider makes has no tags'),
    sessions: sort.sessions
      ? SESSION_SECONDS.map((seconds) => known(seconds, SOURCE))
      : [absent(SOURCE, 'nothing becomes it, so there are no sessions')],
  }
  said.set(sort, made)
  return made
}

const NO_TEXT_OFFERED = unknown('not-offered', SOURCE, 'clusters keep no description')
const UNCLEAR = {
  class: 'unclear',
  classReason: 'People and workloads both seem to use it.',
} as const

/** Adds an identity and what hints at its owner. */
export function addIdentity(
  rows: Observation[],
  member: Member,
  at: { organisation: Organisation; day: number },
) {
  const { key, sort } = member
  const team = sort.owned ? teamOn(member, at.organisation, at.day) : ''
  const hints = sort.owned ? HINTS[hintsOf(mix(key, Salt.owner))]! : 'none'
  const person = hints === 'person' || hints === 'both' ? personOf(member, team) : undefined
  const hintedTeam = hints === 'team' || hints === 'both' ? team : undefined
  rows.push(identityOf(member, at.day, { team: hintedTeam, person }))
  if (hintedTeam !== undefined) rows.push(hint(member, 'team', hintedTeam))
  if (person !== undefined) rows.push(hint(member, 'owner', person))
}

type Owners = { team: string | undefined; person: string | undefined }

function identityOf(member: Member, day: number, owners: Owners): Of<'identity'> {
  const { key, sort, place, bornOn } = member
  const facts = saidOf(sort)
  const name = nameOf(member)
  const isUnclear = sort.class !== 'provider' && share(mix(key, Salt.unclear)) < UNCLEAR_SHARE
  const { class: its, classReason } = isUnclear ? UNCLEAR : sort
  const identity: Of<'identity'> = {
    kind: 'identity',
    nativeId: member.id,
    aliases: [aliasOf(member, name)],
    type: sort.type,
    name,
    class: its,
    classReason,
    createdAt: known(instantBefore(bornOn, mix(key, Salt.time)), SOURCE),
    enabled: share(mix(key, Salt.enabled)) < DISABLED_SHARE ? facts.off : facts.on,
    lastUsedAt: sort.tellsUse ? lastUseOf(member, key, bornOn, day) : NOT_RECORDED,
    description: place.kind === 'cluster' ? NO_TEXT_OFFERED : descriptionOf(key, name, facts),
    maxSessionSeconds: facts.sessions[below(mix(key, Salt.session), facts.sessions.length)]!,
    tags: sort.owned ? tagsOf(member, owners) : facts.noTags,
  }
  if (!sort.credentials.forms.length) identity.neverHasCredentials = true
  if (place.kind === 'account')
    identity.consoleUrl = `https://console.estate.example/${place.nativeId}/${sort.path}/${name}`
  return identity
}

const descriptionOf = (key: number, name: string, facts: Said): Fact<string> =>
  share(mix(key, Salt.text)) < DESCRIBED_SHARE
    ? known(`Used by ${name} to reach what it depends on`, SOURCE)
    : facts.noText

function tagsOf(member: Member, { team, person }: Owners): Fact<Record<string, string>> {
  const tags: Record<string, string> = { environment: environmentOf(member) }
  if (team !== undefined) tags.team = team
  if (person !== undefined) tags.owner = person
  return known(tags, SOURCE)
}

/** One of the few people of the team. */
function personOf({ key }: Member, team: string): string {
  const hash = mix(hashOfText(team), below(mix(key, Salt.person), PEOPLE_A_TEAM))
  return `${FIRST_NAMES[below(hash, FIRST_NAMES.length)]!}.${LAST_NAMES[(hash >>> 9) % LAST_NAMES.length]!}@estate.example`
}

const hint = (member: Member, tag: 'team' | 'owner', value: string): Of<'owner-hint'> => ({
  kind: 'owner-hint',
  nativeId: `${member.id}/tag/${tag}`,
  identity: member.id,
  names: tag === 'team' ? 'team' : 'person',
  value,
  via: `tag ${tag}`,
})
