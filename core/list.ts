// One filter schema a list: it feeds the page, its chips, the API, the CSV, the command line and (later) saved views.
import { z } from 'zod'
import { PRIVILEGE_CLASSES, type SubjectKind } from './subject'
import type { Instant, Why } from './fact'
import { CREDENTIAL_FORMS, type CredentialForm } from './observation'
import { SEVERITIES, TOPICS, type Topic } from './rule'

/** Rows of one page of a list. */
export const PAGE_SIZES = [25, 50, 100] as const
const PageSize = z.coerce
  .number()
  .pipe(z.union(PAGE_SIZES.map((n) => z.literal(n))))
  .default(50)

/**
 * A comma list of allowed words. Unset means the list's default; the word `any` means explicitly everything.
 * @example `class=machine,unclear`
 */
export const oneOf = <const T extends readonly [string, ...string[]]>(words: T) =>
  z
    .string()
    .transform((s) => s.split(',').filter(Boolean))
    .pipe(z.array(z.enum([...words, 'any'])).min(1))
    .optional()
const words = z
  .string()
  .max(2000)
  .transform((s) =>
    s
      .split(',')
      .map((w) => w.trim())
      .filter(Boolean),
  )
  .pipe(z.array(z.string().max(300)).max(50))
  .optional()
const search = z.string().trim().max(300).optional()
/** Opaque place in a list, as a page of it returns it. */
const cursor = z.string().max(4000).optional()

export const IDENTITY_SORTS = [
  'name',
  '-name',
  'lastUsed',
  '-lastUsed',
  'created',
  '-created',
  'worst',
  'oldestCredential',
] as const
/** A search of fewer letters than this finds what names begin with, of more what they hold: an index knows either. */
export const HELD_MIN = 3

export const IdentityFilter = z.object({
  /** Part of a name, its beginning where only one or two letters are given; or a whole native id or alias. */
  q: search,
  type: words,
  class: oneOf(['machine', 'human', 'provider', 'unclear']),
  /** `none` is a known absence, `unknown` is not known. Another word is part of an owner's name. */
  owner: search,
  privilege: oneOf([...PRIVILEGE_CLASSES, 'unknown']),
  /** Last used more than so many days ago, or `never`, or `unknown`. */
  unused: z.enum(['30', '90', '180', '365', 'never', 'unknown']).optional(),
  /** Identities with an open failing finding of this rule. */
  rule: words,
  scope: words,
  state: oneOf(['active', 'retired']),
  sort: z.enum(IDENTITY_SORTS).default('name'),
  size: PageSize,
  after: cursor,
})
export type IdentityFilter = z.infer<typeof IdentityFilter>

/** How far somebody is with a finding: nobody has looked, somebody has, somebody works on it. */
export const TRIAGE_STATUSES = ['new', 'seen', 'working'] as const
export type TriageStatus = (typeof TRIAGE_STATUSES)[number]
const yesOrNo = oneOf(['yes', 'no'])

export const FINDING_SORTS = ['severity', '-opened', 'opened', 'subject'] as const
export const FindingFilter = z.object({
  q: search,
  rule: words,
  severity: oneOf(SEVERITIES),
  verdict: oneOf(['fail', 'unknown']),
  state: oneOf(['open', 'resolved']),
  scope: words,
  topic: oneOf(Object.keys(TOPICS) as [Topic, ...Topic[]]),
  /** Whether it does no harm as things are. */
  latent: yesOrNo,
  /** Whether an exception counts for it. */
  excepted: yesOrNo,
  /** Put off: until a day, or until it is as bad as it was not. */
  snoozed: yesOrNo,
  status: oneOf(TRIAGE_STATUSES),
  /** Ids or addresses of members; `none` is nobody, `me` whoever asks. */
  assignee: words,
  sort: z.enum(FINDING_SORTS).default('severity'),
  size: PageSize,
  after: cursor,
})
export type FindingFilter = z.infer<typeof FindingFilter>

export const CREDENTIAL_SORTS = ['age', '-age', 'expires', '-expires', 'name', '-name'] as const
/** Credentials, and secrets that are kept somewhere: what one of the two does not have, the other does not match. */
export const CredentialFilter = z.object({
  /** Part of a name, its beginning where only one or two letters are given; or a whole native id. */
  q: search,
  kind: oneOf(['credential', 'secret']),
  /** How a credential proves itself; stored secrets do not say. */
  form: oneOf(CREDENTIAL_FORMS),
  type: words,
  scope: words,
  /** The value was made more than so many days ago, or when is not known. */
  age: z.enum(['90', '180', '365', 'unknown']).optional(),
  /** Ended already, or ends within so many days, or never, or when is not known. */
  expiry: z.enum(['expired', '7', '30', '90', 'never', 'unknown']).optional(),
  /** Last used, or read, more than so many days ago, or `never`, or `unknown`. */
  unused: z.enum(['30', '90', '180', '365', 'never', 'unknown']).optional(),
  state: oneOf(['active', 'gone']),
  /** `age` is the oldest value first. */
  sort: z.enum(CREDENTIAL_SORTS).default('age'),
  size: PageSize,
  after: cursor,
})
export type CredentialFilter = z.infer<typeof CredentialFilter>

/** What a list rests on: said on every page, export and API answer. */
export type Completeness = {
  /** complete: every look was; partial: some were refused or cut short; none: nothing was looked at. */
  state: 'complete' | 'partial' | 'none'
  /** The oldest of the newest complete looks it rests on. */
  asOf?: Instant
  /** Scopes whose newest complete look is older than twice their interval. */
  stale: { scope: string; asOf?: Instant }[]
  missing: { scope: string; kind: string; why: Why; permission: string; detail: string; since?: Instant }[]
}
export type Page<T> = {
  rows: T[]
  /** Rows that match, up to a bound; `more` says the bound was reached. */
  total: number
  totalIsMore: boolean
  /** Place of the next page, when there is one. */
  next?: string
  completeness: Completeness
}

export type IdentityRow = {
  id: string
  nativeId: string
  alias?: string
  name: string
  type: string
  class: string
  scope: { id: string; nativeId: string; name: string; connectorId: string; sample: boolean }
  owner: { state: 'known' | 'absent' | 'unknown'; name?: string }
  privilege: string
  lastUsed: { state: 'known' | 'absent' | 'unknown'; at?: Instant }
  createdAt?: Instant
  credentials: number
  /** `unknown`: a place that may hold more was never seen whole, so the count is a lower bound. */
  credentialsState: 'known' | 'unknown'
  oldestCredentialAt?: Instant
  /** Whether the rules have been asked about it: without, no finding means nothing. */
  judged: boolean
  failing: number
  unknowns: number
  /** Worst severity of its open failing findings. */
  worst?: (typeof SEVERITIES)[number]
  firstSeenAt: Instant
  retiredAt?: Instant
}
/** A fact in a list: what is known, that there is none, or that nobody knows. */
type Told<T> = { state: 'known' | 'absent' | 'unknown' } & T
type ToldAt = Told<{ at?: Instant }>
export type CredentialRow = {
  id: string
  kind: 'credential' | 'secret'
  nativeId: string
  name: string
  type: string
  /** Of a credential. */
  form?: CredentialForm
  scope: IdentityRow['scope']
  /** Of a credential: whose it is. Without an id where that identity has not been seen. */
  identity?: Told<{ id?: string; name?: string; nativeId?: string; retiredAt?: Instant }>
  /** When its value was made: rotated, else created. */
  value: ToldAt
  expires: ToldAt
  /** Of a stored secret: last read. */
  lastUsed: ToldAt
  /** Of a credential. */
  enabled?: Told<{ value?: boolean }>
  /** How many were counted, where it stands for many. */
  count?: number
  /** Of a stored secret: whether it renews itself. */
  rotates?: Told<{ value?: boolean }>
  /** Of a stored secret: how often it is copied again from where it is kept. Absent: once. */
  copiedEvery?: Told<{ seconds?: number }>
  firstSeenAt: Instant
  retiredAt?: Instant
}
/** What was seen is out of date: it may still hold, and nobody has looked. */
export type Stale = {
  /** When it became so: twice the expected interval after it was seen. */
  since: Instant
  /** The last complete look. */
  seenAt: Instant
}
export type FindingRow = {
  id: string
  ruleId: string
  verdict: 'fail' | 'unknown'
  severity: (typeof SEVERITIES)[number]
  message: string
  /** Why it does no harm as things are: it ranks lower. */
  latent?: string
  subject: { kind: SubjectKind; id: string; name: string }
  /** Unset where it is about something that belongs to no identity: a stored secret, a scope. */
  identityId?: string
  scope: { id: string; name: string; sample: boolean }
  state: 'open' | 'resolved'
  openedAt: Instant
  changedAt: Instant
  resolvedAt?: Instant
  /** Set on an open finding whose evidence rests on looks that are out of date. */
  stale?: Stale
  /** Set on an open finding for which an exception counts: it stays open, and somebody has approved that it does. */
  excepted?: FindingException
  /** Set on an open finding that was excepted not long ago and is not any more. */
  exceptionEnded?: { id: string; at: Instant }
  /** Who takes care of it. Not of an earlier moment. */
  triage?: FindingTriage
}
export type FindingException = {
  id: string
  reason: string
  /** Who asked for it, and who approved it. */
  by: string
  approvedBy: string
  since: Instant
  until: Instant
}
export type FindingTriage = {
  status: TriageStatus
  assignee?: { id: string; name: string }
  note?: string
  /** Set while it is put off. */
  snoozedUntil?: Instant
  /** The last act that changed it. */
  actId: string
}
