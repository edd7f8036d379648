// The words of campaigns: what can be decided, how risky an item is, and what a card says. Shared by queries, pages and API.
import type { Instant } from './fact'
import type { Severity } from './rule'

export const CAMPAIGN_STATES = ['draft', 'preparing', 'ready', 'running', 'closed', 'sealed'] as const
export type CampaignState = (typeof CAMPAIGN_STATES)[number]

/** In the database a tier is its place here. */
export const TIERS = ['high', 'medium', 'low'] as const
export type Tier = (typeof TIERS)[number]

export const ITEM_STATES = [
  'undecided',
  'unclear',
  'decided',
  'signed',
  'carried',
  'excepted',
  'moved',
] as const
export type ItemState = (typeof ITEM_STATES)[number]

export const CAMPAIGN_KINDS = ['campaign', 'event'] as const
export type CampaignKind = (typeof CAMPAIGN_KINDS)[number]

/** What has happened to an identity that it is asked about by itself, in the order in which cards are opened. */
export const CAUSES = {
  'owner-left': 'Its owner has left',
  'still-there': 'It was to be removed and is still there',
  'gained-power': 'It has become administrator, or can come to be',
  'external-trust': 'Somebody from outside can become it now',
  'credential-past-policy': 'A credential of it is older than the policy allows',
  dormant: 'Nobody uses it any more',
} as const
export type Cause = keyof typeof CAUSES
export const CAUSE_NAMES = Object.keys(CAUSES) as [Cause, ...Cause[]]
/** One that there was once keeps its name. */
export const causeTitle = (cause: string): string =>
  Object.hasOwn(CAUSES, cause) ? CAUSES[cause as Cause] : cause

/** What a reviewer can say. `not-mine` hands the item on, `cannot-tell` leaves it open and says what is lacking. */
export const CHOICES = ['keep', 'reduce', 'remove', 'not-mine', 'cannot-tell'] as const
export type Choice = (typeof CHOICES)[number]
/** Those that decide something about the identity. */
export const VERDICTS = ['keep', 'reduce', 'remove'] as const

/** Structured reasons; words of one's own stand beside them. */
export const REASONS = {
  'still-needed': 'Still does its work',
  seasonal: 'Needed again at a known time',
  emergency: 'Kept for emergencies',
  'being-replaced': 'Is being replaced; kept until then',
  accepted: 'The signal is known and accepted',
  'not-needed': 'Nothing needs it any more',
  'never-used': 'It was never used',
  'too-much': 'It may do more than it needs',
  'owner-gone': 'Nobody answers for it any more',
  replaced: 'Something else does its work',
  'not-my-team': 'Another team answers for it',
  'not-known': 'I do not know it',
  other: 'Something else, in my own words',
} as const
export type ReasonCode = keyof typeof REASONS
export const REASON_CODES = Object.keys(REASONS) as [ReasonCode, ...ReasonCode[]]

/** What somebody would have to know to decide. */
export const LACKING = ['purpose', 'consumer', 'reach'] as const
export type Lacking = (typeof LACKING)[number]

/** Most days for which something risky can be kept without another look. */
export const KEEP_DAYS_MAX = 180
/** Identities that one request may keep at once. */
export const BULK_KEEP_MAX = 20
/** Items of one reviewer beyond which they are named, with a proposal to split. */
export const LOAD_MAX = 40
/** How often an item may be handed on before it goes back to the manager of the campaign. */
export const HOPS_MAX = 2

/** A section of a card: told in lines, or unknown with why. Never empty. */
export type Section =
  { state: 'known'; lines: string[]; at?: Instant } | { state: 'unknown'; why: string; lines?: string[] }

export type Signal = {
  rule: string
  severity: Severity
  verdict: 'fail' | 'unknown'
  message: string
  findingId: string
}
/** What of a card is compared with the next one: digests, so that a change is told and not what it was. */
export type Compared = {
  owner: string
  privilege: string
  enabled: string
  grants: string
  trust: string
  consumers: string
  signals: string[]
}
export type RiskReason = { id: string; tier: Tier; words: string }

/** What identities have in common that are decided about as one; null where it was not seen whether they are the same. */
export type Sameness = {
  key: string
  type: string
  /** How many grants, trust statements and consumers each has, and the digest of which. */
  grants: { count: number; digest: string }
  trust: { count: number; digest: string }
  consumers: { count: number; digest: string }
  use: string
}

export type Card = {
  /** Of the form of cards. */
  form: 1
  /** Everything on it is as of this instant. */
  instant: Instant
  identity: {
    id: string
    nativeId: string
    name: string
    type: string
    class: string
    scope: { id: string; nativeId: string; name: string }
    firstSeenAt: Instant
  }
  owner: { state: 'known' | 'absent' | 'unknown'; words: string }
  /** Purpose, used when and by what, what it could do, what changed since the last decision, and what follows from either. */
  does: Section
  used: Section
  could: Section
  changed: Section
  keeping: Section
  removing: Section
  signals: Signal[]
  /** How many more signals there are. */
  moreSignals: number
  /** What was not seen when this was made, in words. Empty: all of it was. */
  unseen: string[]
  risk: { tier: Tier; reasons: RiskReason[]; administrator: boolean }
  sameness: { state: 'known'; value: Sameness } | { state: 'unknown'; why: string }
  compared: Compared
  /** Grants that a decision to reduce can name. */
  grants: { id: string; name: string }[]
}
