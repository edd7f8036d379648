// A card: all that a reviewer is told about one identity, as of one instant. Pure.
import type { Card, Compared, Section, Signal } from '@/core/campaign'
import type { Instant } from '@/core/fact'
import { SEVERITIES } from '@/core/rule'
import { absenceOf, looksAbout, type LookRow } from '@/governance/evaluation/absence'
import type { Gap } from '@/core/upstream'
import {
  changedSection,
  couldSection,
  doesSection,
  factWords,
  keepingSection,
  removingSection,
  usedSection,
  whyWords,
  type Absences,
} from './card-sections'
import type { CardFacts } from './card-facts'
import { differences, type Before } from './carry'
import { cutText } from './cut-text'
import { tierOf, type Risk } from './risk-tiers'
import { samenessOf, usePattern } from './sameness'

export type CardLook = LookRow & { gaps: Gap[] }
export type Around = {
  instant: Instant
  /** The looks at its scope at that instant. */
  looks: readonly CardLook[]
  /** The last decision of a person about it, in an earlier campaign. */
  before: Before | undefined
  /** Whether an earlier campaign ended without one. */
  leftOpen: boolean
  /** Whether the owner it names is somebody of the directory, and is still there. */
  standing: Risk['owner']
}

const UNSEEN_MAX = 20
const DAY_MS = 86_400_000

function unseenOf(looks: readonly CardLook[], facts: CardFacts): string[] {
  const partial = looks
    .filter(({ state }) => state !== 'complete')
    .map(
      ({ kind, why, permission }) =>
        `${kind}: ${[why ?? 'not collected', permission].filter(Boolean).join(', ')}`,
    )
  const gaps = looks
    .filter(({ state }) => state === 'complete')
    .flatMap(({ stream, gaps: of }) =>
      of.map(({ why, permission }) => `part of ${stream}: ${why}, ${permission}`),
    )
  const own = [
    ...(looks.length ? [] : ['its scope: nothing of it was looked at so far']),
    ...(facts.steps ? [] : ['who can come to act as it: not analysed as of then']),
    ...(facts.grants.unread ? [`what ${facts.grants.unread} of its grants give`] : []),
  ]
  const all = [...new Set([...own, ...partial, ...gaps])].sort()
  return all.length > UNSEEN_MAX ? [...all.slice(0, UNSEEN_MAX), `and ${all.length - UNSEEN_MAX} more`] : all
}

const signalsOf = ({ findings }: CardFacts): Signal[] =>
  findings.named.map(({ id, rule, severity, verdict, message }) => ({
    rule,
    severity: SEVERITIES[severity] ?? 'info',
    verdict,
    message,
    findingId: id,
  }))

function unusedDays({ lastUsed }: CardFacts, instant: Instant): Risk['unusedDays'] {
  if (!lastUsed || lastUsed.state === 'unknown') return 'unknown'
  if (lastUsed.state === 'absent') return 'never'
  return Math.max(0, Math.floor((Date.parse(instant) - Date.parse(lastUsed.value)) / DAY_MS))
}

function trustRisk({ trust }: CardFacts, none: Absences): Risk['trust'] {
  if (trust.types.includes('anyone')) return 'anyone'
  if (trust.types.some((type) => type === 'federated' || type === 'unresolvable')) return 'outside'
  // Who else is let in was not seen: those who were may be the harmless ones.
  if (none.trust.state === 'unknown') return 'unknown'
  return trust.count ? 'inside' : 'none'
}

const comparedOf = (facts: CardFacts, signals: readonly Signal[]): Compared => ({
  owner: factWords(facts.owner, ({ name }) => cutText(name)),
  privilege: factWords(facts.privilege, (value) => value.class),
  enabled: factWords(facts.enabled, (on) => (on ? 'on' : 'off')),
  grants: facts.grants.digest,
  trust: facts.trust.digest,
  consumers: facts.consumers.digest,
  signals: [...new Set(signals.filter(({ verdict }) => verdict === 'fail').map(({ rule }) => rule))].sort(),
})

/** Of what was not seen whole, nobody knows whether it is the same as at another one. */
function sameness(facts: CardFacts, none: Absences, use: string): Card['sameness'] {
  const { type, grants, trust, consumers } = facts
  const open = ({ state, ...rest }: Absences['grants']) => state === 'unknown' || 'unconfirmed' in rest
  const unseen = [
    ...(open(none.grants) || grants.unread ? ['grants'] : []),
    ...(open(none.trust) ? ['trust'] : []),
    ...(open(none.consumers) ? ['consumers'] : []),
  ]
  const bare = ({ count, digest }: { count: number; digest: string }) => ({ count, digest })
  return samenessOf({
    type,
    grants: bare(grants),
    trust: bare(trust),
    consumers: bare(consumers),
    unseen,
    use,
  })
}

const ownerWords = ({ owner }: CardFacts): Card['owner'] => ({
  state: owner?.state ?? 'unknown',
  words:
    owner?.state === 'known'
      ? cutText(`${owner.value.name} (${owner.value.how})`)
      : owner?.state === 'unknown'
        ? whyWords(owner)
        : owner
          ? 'nobody is named'
          : 'the rules have not been asked about it yet',
})

/** What can be told without knowing how risky it is. */
type Sections = Record<'does' | 'used' | 'could' | 'changed' | 'removing', Section>

export function cardOf(facts: CardFacts, { instant, looks: all, before, leftOpen, standing }: Around): Card {
  const looks = looksAbout(all, facts.type)
  const none: Absences = {
    consumers: absenceOf(looks, 'workload'),
    grants: absenceOf(looks, 'grant'),
    trust: absenceOf(looks, 'trust'),
  }
  const signals = signalsOf(facts)
  const compared = comparedOf(facts, signals)
  const differs = before ? differences(before.compared, compared) : []
  const unused = unusedDays(facts, instant)
  const risk = tierOf({
    privilege:
      facts.privilege?.state === 'known'
        ? facts.privilege.value.class
        : facts.privilege?.state === 'absent'
          ? 'none'
          : 'unknown',
    trust: trustRisk(facts, none),
    owner: standing,
    unusedDays: unused,
    signals,
    before: before ? (differs.length ? 'changed' : 'same') : 'never',
    leftOpen,
  })
  const sections: Sections = {
    does: doesSection(facts, none),
    used: usedSection(facts),
    could: couldSection(facts),
    changed: changedSection(facts, before, differs),
    removing: removingSection(facts, none),
  }
  return {
    form: 1,
    instant,
    identity: {
      id: facts.id,
      nativeId: cutText(facts.nativeId, 600),
      name: cutText(facts.name, 600),
      type: facts.type,
      class: facts.class,
      scope: {
        id: facts.scopeId,
        nativeId: cutText(facts.scopeNativeId, 600),
        name: cutText(facts.scopeName),
      },
      firstSeenAt: facts.firstSeenAt.toISOString(),
    },
    owner: ownerWords(facts),
    ...sections,
    keeping: keepingSection(facts, none, risk.tier === 'high'),
    signals,
    moreSignals: facts.findings.count - signals.length,
    unseen: unseenOf(looks, facts),
    risk,
    sameness: sameness(facts, none, usePattern(unused)),
    compared,
    // What only limits is not offered to be taken away: without it there would be more.
    grants: facts.grants.named.flatMap(({ id, name, limits }) => (limits ? [] : [{ id, name }])),
  }
}
