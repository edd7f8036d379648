// "What of its rights does it use?": granted, seen in use, and what is not known; and what would be enough.
import { RollcallError } from '@/core/errors'
import type { Instant } from '@/core/fact'
import type { Held, Principal } from '@/core/access'
import type { Exercised } from '@/core/observation'
import type { Actor } from '@/core/permissions'
import type { Given, Proposer, Right } from '@/evaluators/proposal'
import { proposerOf } from '@/evaluators/proposers'
import { completenessOf } from '@/inventory/queries/completeness-of'
import { resolveIdentity } from '@/inventory/queries/resolve-identity'
import type { FullCompleteness } from '@/inventory/queries/types'
import { mustRead } from '@/inventory/queries/visible'
import { db } from '@/prisma/client'
import { judgedRealm, type Judged } from '../realm-cache'
import { confirmed, type Confirmed } from './confirm'
import { evidenceOf, type Evidence, type GrantFact } from './evidence'
import type { UnusedQuestion } from './input'

export type GrantUse = {
  name: string
  via: string
  effect: string
  /** told: something tells of its use; otherwise nothing is said about any of its rights. */
  use: 'told' | 'unknown'
  /** The time that was looked at, or why nothing is known. */
  window?: { from: Instant; to: Instant }
  why?: string
  /** How many rights there are of each sort: `mayBe` where what was seen does not say exactly. */
  counts: { seen: number; mayBe: number; notSeen: number; unknown: number }
  seen: string[]
  mayBe: string[]
  notSeen: string[]
  /** How many it gives in all, where its source counts them otherwise than they are listed. */
  total?: number
}
export type UnusedAnswer = {
  identity: { id: string; name: string; scope: { id: string; name: string } }
  platform?: string
  grants: GrantUse[]
  /** What logs say that it did, newest first, and how much of it. */
  log: { lines: { what: string; at: Instant }[]; count: number; from: Instant | null; to: Instant | null }
  /** Where use is told on this platform, or what is missing for that. */
  evidence: string
  proposal?: Confirmed
  since: Instant
  completeness: FullCompleteness
  analysedAt: Instant | null
  more?: 'rights'
  at: Instant
}

const DAY_MS = 24 * 60 * 60_000
const LISTED = 200
const LINES = 100
const NO_PROPOSER = 'Nothing here reads the language of its rights: what it uses is not known.'
const LOG_WORDS = 'A log is never whole: what it does not tell may still have been done.'

export async function unused(actor: Actor, asked: UnusedQuestion): Promise<UnusedAnswer> {
  mustRead(actor, 'access:read')
  const id = await resolveIdentity(actor, asked.identity, asked.scope)
  const row = await db.identity.findUnique({ where: { id } })
  const scope = row && (await db.scope.findUnique({ where: { id: row.scopeId } }))
  if (!row || !scope) throw new RollcallError('not-found', `No identity is known as “${asked.identity}”.`)
  const since = new Date(Date.now() - asked.days * DAY_MS)
  const [judged, evidence, completeness, analysis] = await Promise.all([
    row.retiredAt ? undefined : judgedRealm(scope.id),
    evidenceOf(id, since),
    completenessOf(actor, { scopeIds: [scope.id], kinds: ['identity', 'grant', 'entitlement', 'usage'] }),
    db.accessAnalysis.findUnique({ where: { scopeId: scope.id } }),
  ])
  const proposer = judged?.platform && proposerOf(judged.platform.id)
  const principal = judged?.realm.principals.find((one) => one.id === row.nativeId)
  const given = judged && principal && givenOf(judged, principal, evidence)
  const grants = evidence.grants.map((grant) => useOfGrant(grant, { principal, given, proposer, evidence }))
  return {
    identity: { id, name: row.name, scope: { id: scope.id, name: scope.name } },
    ...(judged?.platform && { platform: judged.platform.id }),
    grants,
    log: logOf(evidence),
    evidence: proposer?.evidence ?? NO_PROPOSER,
    ...(asked.propose && { proposal: proposed(judged, given, proposer, evidence) }),
    since: since.toISOString(),
    completeness,
    analysedAt: analysis?.analysedAt.toISOString() ?? null,
    ...((evidence.more || grants.some(isCut)) && { more: 'rights' as const }),
    at: new Date().toISOString(),
  }
}

const isCut = ({ seen, mayBe, notSeen, counts }: GrantUse): boolean =>
  seen.length < counts.seen || mayBe.length < counts.mayBe || notSeen.length < counts.notSeen

function givenOf({ realm }: Judged, principal: Principal, { grants, lines }: Evidence): Given {
  return {
    realm,
    principal,
    uses: lines.map(({ what }) => what),
    exercised: grants.flatMap(({ entitlement, via, exercised }) =>
      exercised?.state === 'known' ? [toldOf(entitlement, via, exercised.value)] : [],
    ),
  }
}
const toldOf = (id: string, via: string, { actions, unseen }: Exercised): Given['exercised'][number] => ({
  id,
  via,
  actions,
  ...(unseen && { unseen }),
})

type Of = {
  principal: Principal | undefined
  given: Given | undefined
  proposer: Proposer | undefined
  evidence: Evidence
}
function useOfGrant(grant: GrantFact, { principal, given, proposer, evidence }: Of): GrantUse {
  const held = principal?.held.find(({ id, via }) => id === grant.entitlement && via === grant.via)
  const rights = held && given && proposer?.rights(held, given)
  const base = { name: grant.name, via: grant.via, effect: grant.effect }
  if (!rights) return { ...base, use: 'unknown', why: unreadWhy(held, proposer), ...sorted([], false) }
  if (!rights.told)
    return { ...base, use: 'unknown', why: silentWhy(grant, proposer), ...sorted(rights.rights, false) }
  const { exercised } = grant
  if (exercised?.state === 'known') {
    const { from, to, total } = exercised.value
    return {
      ...base,
      use: 'told',
      window: { from, to },
      ...(total !== undefined && { total }),
      ...sorted(rights.rights, true),
    }
  }
  const { from, to } = logOf(evidence)
  return {
    ...base,
    use: 'told',
    ...(from && to && { window: { from, to } }),
    why: LOG_WORDS,
    ...sorted(rights.rights, true),
  }
}

const unreadWhy = (held: Held | undefined, proposer: Proposer | undefined): string =>
  !proposer ? NO_PROPOSER : held ? 'What it gives could not be read.' : 'It is not among what is judged.'

function silentWhy({ exercised }: GrantFact, proposer: Proposer | undefined): string {
  const told =
    exercised?.state === 'unknown'
      ? `${exercised.source} does not tell (${exercised.detail ?? exercised.why}). `
      : ''
  return `${told}Nothing that is held tells of its use. ${proposer?.evidence ?? ''}`.trim()
}

/** What is not seen is called so only where something was looked at: otherwise it is not known. */
function sorted(
  rights: readonly Right[],
  told: boolean,
): Pick<GrantUse, 'counts' | 'seen' | 'mayBe' | 'notSeen'> {
  const of = (use: Right['use']) =>
    told ? rights.filter((one) => one.use === use).map(({ name }) => name) : []
  const [seen, mayBe, notSeen] = [of('seen'), of('may-be'), of('not-seen')]
  return {
    counts: {
      seen: seen.length,
      mayBe: mayBe.length,
      notSeen: notSeen.length,
      unknown: told ? 0 : rights.length,
    },
    seen: seen.slice(0, LISTED),
    mayBe: mayBe.slice(0, LISTED),
    notSeen: notSeen.slice(0, LISTED),
  }
}

function logOf({ lines }: Evidence): UnusedAnswer['log'] {
  const [newest] = lines
  return {
    lines: lines.slice(0, LINES).map(({ what, usedAt }) => ({ what, at: usedAt.toISOString() })),
    count: lines.length,
    from: lines.at(-1)?.usedAt.toISOString() ?? null,
    to: newest?.usedAt.toISOString() ?? null,
  }
}

function proposed(
  judged: Judged | undefined,
  given: Given | undefined,
  proposer: Proposer | undefined,
  evidence: Evidence,
): Confirmed {
  const not = (why: string): Confirmed => ({ made: false, why, files: [], notes: [], asked: 0 })
  if (!judged?.platform || !proposer) return not(NO_PROPOSER)
  if (!given) return not('It is not among what is judged: it is gone, or was not collected.')
  if (evidence.more)
    return not('There is more evidence than was read: a proposal could leave out what is used.')
  return confirmed(proposer.propose(given), judged.realm, given.principal.id, judged.platform)
}
