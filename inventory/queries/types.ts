// What the reads answer, in JSON-safe shapes: the contract between the queries and pages, API, CSV and command line.
import type { Instant, Why } from '@/core/fact'
import type { CredentialForm, Exercised, Facet, Kind, PlainSecrets } from '@/core/observation'
import type { CallCount } from '@/core/session'
import type { ImportReport } from '@/core/connector'
import type { Completeness, FindingRow, IdentityRow, Page, Stale } from '@/core/list'
import type { Evidence, Severity } from '@/core/rule'
import type { Owner, Privilege } from '@/core/subject'
import type { Gap } from '@/core/upstream'
import type { ChangesSince } from './changes-since'
import type { HomeNews } from './home-news'
import type { IdentityConnections } from './identity-connections'
import type { RunState, RunSummary } from './run-view'

/** A list that shows at most so many: `more` says that there are others. */
export type Bounded<T> = { rows: T[]; more: boolean }
/** A count up to a bound: `more` says that the bound was reached. */
export type BoundedCount = { count: number; more: boolean }
/**
 * What a list rests on: `scopes` were looked at; `missing` is cut at a bound, `missingTotal` is how many there are, and
 * `beyond` how many of these are what a live source never tells or is not asked by its settings: nothing to mend.
 */
export type FullCompleteness = Completeness & { scopes: number; missingTotal: number; beyond: number }
export type FullPage<T> = Page<T> & { completeness: FullCompleteness }

type Answered = {
  source: string
  at: Instant
  unconfirmed?: { why: Why; since: Instant }
  /** Set where it was confirmed longer ago than twice the interval at which its scope is meant to be read. */
  stale?: { since: Instant }
}
/** A fact as a person reads it: the time is filled in from the look that last confirmed its row. */
export type FactView<T = unknown> =
  | ({ state: 'known'; value: T } & Answered)
  | ({ state: 'absent'; note?: string } & Answered)
  | { state: 'unknown'; why: Why; source: string; detail?: string }

export type ScopeView = {
  id: string
  nativeId: string
  name: string
  type: string
  connectorId: string
  sample: boolean
}

/** How one kind of one stream of one scope was last looked at. */
export type LookView = {
  scope: { id: string; name: string; sample: boolean }
  stream: string
  kind: string
  state: 'complete' | 'partial'
  at: Instant
  /** The newest complete look, which may be an older one. */
  completeAt?: Instant
  why?: Why
  permission?: string
  detail?: string
  gaps: Gap[]
  /** Types of identities that its rows are, or belong to; unset: any. */
  about?: string[]
}

export type CredentialView = {
  id: string
  nativeId: string
  type: string
  form: CredentialForm
  name: string
  facts: {
    createdAt: FactView<Instant>
    rotatedAt: FactView<Instant>
    expiresAt: FactView<Instant>
    lastUsedAt: FactView<Instant>
    lastUsedWhere: FactView<string>
    enabled: FactView<boolean>
    /** How long each value lives, where values follow one another. */
    lifetimeSeconds?: FactView<number>
    /** How long it can be made to live at most. */
    maxTtlSeconds?: FactView<number>
    /** How many were counted of those it stands for. */
    count?: FactView<number>
  }
  /** When its value was made: rotated, else created, where that is known. */
  valueMadeAt?: Instant
  firstSeenAt: Instant
  retiredAt?: Instant
}
export type GrantView = {
  id: string
  entitlement: {
    id: string
    nativeId: string
    name: string
    managedBy?: 'customer' | 'provider'
    documentKnown: boolean
  }
  effect: 'allow' | 'limit'
  via: 'attached' | 'inline' | 'group'
  viaName?: string
  /** Which of its actions were seen in use, and in which window, where the source tells. */
  exercised?: FactView<Exercised>
  at: Instant
}
export type TrustView = {
  id: string
  principalType: 'anyone' | 'account' | 'identity' | 'service' | 'federated' | 'unresolvable'
  principal: string
  /** The identity of the inventory that the principal names, where it is one the reader may see. */
  principalIdentity?: { id: string; name: string }
  effect: 'allow' | 'deny'
  actions: string[]
  /** The conditions of the statement, as the source has them. */
  conditions?: Record<string, unknown>
  at: Instant
}
export type OwnerHintView = {
  id: string
  names: 'person' | 'team' | 'unclear'
  value: string
  via: string
  at: Instant
}
export type WorkloadView = {
  id: string
  nativeId: string
  type: string
  name: string
  createdAt: FactView<Instant>
  namespace?: string
  replicas?: FactView<number>
  images?: FactView<string[]>
  nodes?: FactView<string[]>
  plainSecrets?: FactView<PlainSecrets>
  at: Instant
}
export type UsageView = { id: string; usedAt: Instant; what: string; credential?: string; at: Instant }
export type IssuerView = {
  id: string
  nativeId: string
  type: string
  name: string
  audiences: FactView<string[]>
  expiresAt: FactView<Instant>
  defaultTtlSeconds?: FactView<number>
  maxTtlSeconds?: FactView<number>
  at: Instant
}

export type IdentityDetail = {
  identity: IdentityRow
  aliases: string[]
  /** The visible rule that decided the class. */
  classReason: string
  consoleUrl?: string
  facts: {
    createdAt: FactView<Instant>
    enabled: FactView<boolean>
    lastUsedAt: FactView<Instant>
    description: FactView<string>
    maxSessionSeconds: FactView<number>
    tags: FactView<Record<string, string>>
    automountsToken?: FactView<boolean>
    vendor?: FactView<string>
    facets?: FactView<Facet[]>
    owner: FactView<Owner>
    privilege: FactView<Privilege>
  }
  /** When the rules last asked about it; unset when they never did. */
  evaluatedAt?: Instant
  /** When a look last confirmed that it exists. */
  confirmedAt: Instant
  /** Current ones first, then retired ones. */
  credentials: Bounded<CredentialView>
  grants: Bounded<GrantView>
  trust: Bounded<TrustView>
  ownerHints: Bounded<OwnerHintView>
  /** Workloads that run as it. */
  usedBy: Bounded<WorkloadView>
  usage: Bounded<UsageView>
  /** Issuers that its trust names. */
  issuers: Bounded<IssuerView>
  /** Who can become it, what it can become and what it rests on, across all sources. */
  connections: IdentityConnections
  /** Open first, then resolved. */
  findings: Bounded<FindingRow>
  /** How completely its scope was looked at, by stream and kind. */
  looks: LookView[]
  timeline: Timeline
  completeness: FullCompleteness
}

export type FieldChange = { field: string; from: string; to: string }
export type TimelineEvent = {
  at: Instant
  what: 'created' | 'first-seen' | 'changed' | 'retired' | 'restored' | 'finding-opened' | 'finding-resolved'
  kind: Kind | 'finding' | 'privilege' | 'owner'
  /** The row it is about: the identity itself, a credential, a grant, a finding… */
  id: string
  name: string
  /** What changed, old to new, for `changed` and `restored`. */
  changes: FieldChange[]
  runId?: string
  /** For findings: which rule, what it said, how bad. */
  ruleId?: string
  message?: string
  severity?: Severity
}
/**
 * Newest first. `keptFrom` is set where the identity is older than what is kept: since then its changes are all there, and
 * of earlier ones only what later versions still say. The one part of an answer about the past that the age of history
 * shortens.
 */
export type Timeline = { events: TimelineEvent[]; more: boolean; keptFrom?: Instant }

export type FacetValue = { value: string; title?: string; count: number }
export type IdentityFacets = {
  /** Set where more match than are counted one by one: every count is then a lower bound. */
  atLeast?: true
  type: Bounded<FacetValue>
  class: Bounded<FacetValue>
  privilege: Bounded<FacetValue>
  /** Owners' names, most identities first; `none` and `unknown` are reserved words. */
  owner: Bounded<FacetValue>
  /** `value` is the scope's id, `title` its name. */
  scope: Bounded<FacetValue>
}

export type FindingDetail = {
  finding: FindingRow
  /** Hash of the rule and its parameters when it was judged. */
  revision: string
  resolvedWhy?: string
  /** With which settings the rule was asked, where they were kept. */
  settings?: { params: unknown; severity?: string; policyVersion: number }
  evidence: Evidence[]
  identity?: IdentityRow
  looks: LookView[]
  completeness: FullCompleteness
}
export type FindingGroup = {
  ruleId: string
  fail: number
  unknown: number
  /** Worst severity of its failing findings, else of its unknown ones. */
  worst: Severity
  newestAt: Instant
  /** How many of its open findings rest on looks that are out of date; how many are excepted, and still counted. */
  stale: number
  excepted: number
}
export type FindingGroups = { groups: FindingGroup[]; completeness: FullCompleteness }

/** The word for where a source stands: what it is doing first, then what is wrong, then how complete it is. */
export type SourceState = 'running' | 'paused' | 'never-run' | 'failed' | 'stale' | 'partial' | 'complete'
export type { RunState, RunSummary } from './run-view'
export type SourceScope = ScopeView & {
  listedAt: Instant
  /** A complete list of scopes no longer names it. */
  goneAt?: Instant
  state: 'complete' | 'partial' | 'none'
  /** The oldest of the newest complete looks at it. */
  asOf?: Instant
  /** Set where that is longer ago than twice the interval at which it is meant to be read. */
  overdue?: Stale
  identities: number
}
export type SourceRow = {
  id: string
  name: string
  connectorId: string
  mode: 'live' | 'import' | 'sample'
  state: SourceState
  paused: boolean
  intervalMinutes: number
  createdAt: Instant
  createdBy: string
  scopes: Bounded<SourceScope>
  scopeCount: number
  lastRun?: RunSummary
  /** The oldest of the newest complete looks over its scopes; unset while any look was never complete. */
  completeAt?: Instant
  /** Set where a scope it reads is out of date: the one that has been so for longest. */
  overdue?: Stale
  /** Streams and kinds whose newest look was refused or cut short. */
  partialLooks: number
  /** When the next sync is due; unset for imports, samples and paused connections. */
  nextDueAt?: Instant
  /** A previewed import that waits for a yes or no. */
  awaitingRunId?: string
  /** The run that keeps up with the source between two syncs. */
  following?: RunSummary
  /** The run that waits to look again at what was throttled. */
  goesOn?: RunSummary
}
export type SourceList = { rows: SourceRow[]; completeness: FullCompleteness }
export type SourceDetail = {
  source: SourceRow
  looks: Bounded<LookView>
  /** Calls by permission of the last run that ended and did not only look again at what was throttled. */
  calls: CallCount[]
  callsOfRunId?: string
  runs: Bounded<RunSummary>
  completeness: FullCompleteness
}
export type KindChanges = {
  created: number
  updated: number
  retired: number
  restored: number
  unchanged: number
}
export type RunCoverageView = {
  scope: { id: string; name: string }
  stream: string
  kind: string
  state: 'complete' | 'partial'
  why?: Why
  permission?: string
  detail?: string
  count: number
  gaps: Gap[]
}
export type RunDetail = {
  run: RunSummary
  connection: { id: string; name: string; connectorId: string; mode: 'live' | 'import' | 'sample' }
  changes: Partial<Record<Kind, KindChanges>>
  cancelRequestedAt?: Instant
  /** How completely the list of scopes itself was seen. */
  scopesCoverage?: {
    state: 'complete' | 'partial'
    why?: Why
    permission?: string
    detail?: string
    gaps: Gap[]
  }
  calls: CallCount[]
  report?: ImportReport
  coverage: Bounded<RunCoverageView>
}
/** Small enough to poll. */
export type RunProgress = {
  id: string
  connectionId: string
  state: RunState
  /** Whether it has come to an end: nothing more will change. */
  ended: boolean
  phase: string
  observations: number
  /** Runs that were queued before it and have not started. */
  queuedAhead: number
  startedAt?: Instant
  endedAt?: Instant
  cancelRequested: boolean
  error?: string
}

/** Each up to a bound. What the first look at a scope brought does not count as new. */
export type WeekCounts = {
  since: Instant
  newIdentities: BoundedCount
  retiredIdentities: BoundedCount
  changedIdentities: BoundedCount
  newCredentials: BoundedCount
}

export type HomeSummary = {
  /** Whether anything was ever connected or imported, the sample included. */
  empty: boolean
  /** Whether what follows counts the sample organisation, because there is nothing else. */
  sample: boolean
  identities: { total: number; byClass: Record<'machine' | 'human' | 'provider' | 'unclear', number> }
  /** Of identities that are neither people nor the provider's own. `unknown`: cannot tell, something was not looked at. */
  ownerless: { count: number; unknown: number }
  administrators: { count: number; conditional: number; unknown: number }
  /** Open findings. `bySeverity` counts the failing ones. */
  findings: { failing: number; unknown: number; bySeverity: Record<Severity, number> }
  /** Scopes that hold something and that no rule was asked about yet: nothing above says anything about them. */
  unjudged: { scopes: number; of: number }
  /** Enabled credentials that do not renew themselves and whose value is older than so many days; unknown: cannot tell. */
  longLived: { count: number; unknown: number; days: number }
  sources: {
    total: number
    /** Of those: how many were looked at in the last 7 days, wholly or in part. */
    lookedAt: number
    attention: { id: string; name: string; state: SourceState }[]
    attentionTotal: number
  }
  /** In the last 7 days. */
  week: WeekCounts & HomeNews & { changes: ChangesSince }
  /** Neither latent, nor put off, nor under an exception. */
  worst: FindingRow[]
  completeness: FullCompleteness
}

export type { RuleTally } from './rule-tally'
