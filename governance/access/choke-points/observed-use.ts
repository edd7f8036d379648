// Whether anybody was seen taking a step: yes, not within the time looked back, or not known and why.
import { groupBy } from '@/core/group-by'
import type { Fact, Instant } from '@/core/fact'
import type { Exercised } from '@/core/observation'
import { db } from '@/prisma/client'
import type { HeldStep } from '../held-steps'
import type { Removal } from './removables'

/** Something that was seen, with whose it is: readers who may not see that one are not told. */
export type Seen = { of: string; at: Instant; what: string }
export type StepUse = {
  /** unknown: what was seen leaves open whether it came this way. */
  answer: 'would-break' | 'no-use-seen' | 'unknown'
  words: string
  seen: Seen[]
  /** What runs as the one that takes the step. */
  workloads: string[]
}
type Identity = {
  id: string
  name: string
  aliases: string[]
  lastUsedAt: Fact<Instant>
}
type GrantUse = { identityId: string; entitlement: string; via: string; exercised: Fact<Exercised> | null }
type UsageRow = { identityId: string; usedAt: Date; what: string }
export type Uses = {
  identities: ReadonlyMap<string, Identity>
  usage: ReadonlyMap<string, UsageRow[]>
  workloads: ReadonlyMap<string, string[]>
  grants: ReadonlyMap<string, GrantUse[]>
  since: Date
}

const USES_MAX = 50_000
const SEEN_MAX = 5
const PER_IDENTITY = 50
/** How often, behind what was done. */
const TIMES = / \(\d+ times\)$/

/** All that is held of the use of both ends of the steps. */
export async function usesOf(steps: readonly HeldStep[], since: Date): Promise<Uses> {
  const ids = [...new Set(steps.flatMap(({ fromId, toId }) => (toId === null ? [fromId] : [fromId, toId])))]
  const [identities, usage, workloads, grants] = await Promise.all([
    db.$queryRaw<Identity[]>`
      SELECT id, name, aliases, doc -> 'lastUsedAt' AS "lastUsedAt" FROM identity WHERE id = ANY(${ids}::uuid[])`,
    db.$queryRaw<UsageRow[]>`
      SELECT u.identity_id AS "identityId", u.used_at AS "usedAt", u.what FROM unnest(${ids}::uuid[]) AS i(id), LATERAL (
        SELECT * FROM usage WHERE identity_id = i.id AND retired_at IS NULL AND used_at >= ${since}
          AND what !~ '^(denied|failed)' ORDER BY used_at DESC, id LIMIT ${PER_IDENTITY}) u
      ORDER BY u.used_at DESC, u.id LIMIT ${USES_MAX}`,
    db.$queryRaw<{ identityId: string; name: string }[]>`
      SELECT i.id AS "identityId", w.name FROM identity i JOIN workload w ON w.scope_id = i.scope_id
        AND (w.uses @> ARRAY[i.native_id] OR w.uses && i.aliases)
      WHERE i.id = ANY(${ids}::uuid[]) AND w.retired_at IS NULL ORDER BY w.name LIMIT ${USES_MAX}`,
    db.$queryRaw<GrantUse[]>`
      SELECT identity_id AS "identityId", doc ->> 'entitlement' AS entitlement, via || coalesce(' ' || (doc ->> 'viaName'), '') AS via,
        doc -> 'exercised' AS exercised
      FROM "grant" WHERE identity_id = ANY(${ids}::uuid[]) AND retired_at IS NULL AND effect = 'allow'
      ORDER BY identity_id, native_id LIMIT ${USES_MAX}`,
  ])
  return {
    identities: new Map(identities.map((one) => [one.id, one])),
    usage: groupBy(usage, ({ identityId }) => identityId),
    workloads: new Map(
      [...groupBy(workloads, ({ identityId }) => identityId)].map(([id, rows]) => [
        id,
        [...new Set(rows.map(({ name }) => name))],
      ]),
    ),
    grants: groupBy(grants, ({ identityId }) => identityId),
    since,
  }
}

/** What taking it away would break: the most that is known of any step that rests on it. */
export function useOf(removal: Removal, steps: readonly HeldStep[], uses: Uses): StepUse {
  const all = steps.map((step) => useOfStep(removal, step, uses))
  const worst = (['would-break', 'unknown', 'no-use-seen'] as const)
    .map((answer) => all.find((one) => one.answer === answer))
    .find((one) => one !== undefined)
  const [first] = steps
  const held = first && removal.grant ? useOfGrant(removal.grant, first.fromId, uses) : undefined
  const base = worst ?? { answer: 'unknown', words: 'Use is not known.', seen: [], workloads: [] }
  return held && base.answer !== 'would-break' ? { ...base, ...held } : base
}

/** A source may tell what of a grant was used, in a window; and who holds nothing else uses it whenever it does anything. */
function useOfGrant(
  { entitlement, via }: NonNullable<Removal['grant']>,
  identityId: string,
  uses: Uses,
): Pick<StepUse, 'answer' | 'words'> | undefined {
  const held = uses.grants.get(identityId) ?? []
  const told = held.find((one) => one.entitlement === entitlement && one.via === via)?.exercised
  if (told?.state === 'known') {
    const { from, to, actions, unseen, total } = told.value
    const window = `from ${from.slice(0, 10)} to ${to.slice(0, 10)}`
    if (actions.length)
      return {
        answer: 'would-break',
        words: `Of this grant ${actions.slice(0, 3).join(', ')} was seen in use ${window}.`,
      }
    // A source that names what it looked for and does not count what there is keeps silent of the rest.
    return unseen && total === undefined
      ? {
          answer: 'unknown',
          words: `Nothing of this grant was seen in use ${window}, and of a part of it nothing is told.`,
        }
      : { answer: 'no-use-seen', words: `Nothing of this grant was seen in use ${window}.` }
  }
  const [latest] = seenOf(uses.identities.get(identityId), uses)
  if (held.length !== 1 || !latest) return undefined
  return {
    answer: 'would-break',
    words: `It holds nothing else, and was last seen on ${latest.at.slice(0, 10)}.`,
  }
}

/**
 * A step is taken by somebody who acts, to act as another: where either was not used at all, nobody took it. Where both were
 * used it need not have been this way: only what names both of them tells. That a log has no line proves nothing: a log is
 * never whole. A grant gives more than the step, so that only its holder tells; a trust may let in others as well.
 */
function useOfStep({ kind }: Removal, step: HeldStep, uses: Uses): StepUse {
  const { identities, usage, workloads, since } = uses
  const [from, to] = [identities.get(step.fromId), identities.get(step.toId ?? '')]
  const seen = [...seenOf(from, uses), ...seenOf(to, uses)].sort((a, b) => (a.at < b.at ? 1 : -1))
  const told = { seen: seen.slice(0, SEEN_MAX), workloads: workloads.get(step.fromId) ?? [] }
  if (step.origin === 'runs-as')
    return { ...told, answer: 'would-break', words: 'It runs as this now, and would stop.' }
  const through = from && to ? throughOf(from, to, usage) : undefined
  if (through)
    return {
      ...told,
      seen: [through, ...told.seen.filter((one) => one.what !== through.what)].slice(0, SEEN_MAX),
      answer: 'would-break',
      words: `It was seen being used, last on ${through.at.slice(0, 10)}.`,
    }
  if (step.certainty === 'observed')
    return { ...told, answer: 'would-break', words: 'It was seen being used: the record does not say when.' }
  for (const end of kind === 'grant' ? [from] : kind === 'trust' ? [to] : [from, to]) {
    const idle = end && idleOf(end, since, usage.get(end.id) ?? [])
    if (idle !== undefined) return { ...told, answer: 'no-use-seen', words: idle }
  }
  return { ...told, answer: 'unknown', words: openWords(from, to, told) }
}

/** Words of whoever was seen doing something recently, by the identity's own record and by logs. */
function seenOf(one: Identity | undefined, { usage, since }: Uses): Seen[] {
  if (!one) return []
  const last = one.lastUsedAt
  const own =
    last.state === 'known' && Date.parse(last.value) >= since.getTime()
      ? [{ of: one.id, at: last.value, what: 'was last used' }]
      : []
  return [
    ...own,
    ...(usage.get(one.id) ?? []).map(({ usedAt, what }) => ({
      of: one.id,
      at: usedAt.toISOString(),
      what,
    })),
  ]
}

/** A line of a log that names both: one acted as the other, or was handed a token for it. */
function throughOf(from: Identity, to: Identity, usage: Uses['usage']): Seen | undefined {
  const names = (one: Identity) => [one.name, ...one.aliases]
  const about = (of: Identity, other: Identity): Seen | undefined => {
    const row = (usage.get(of.id) ?? []).find(({ what }) =>
      names(other).some(
        (name) =>
          what.replace(TIMES, '') === `acted as ${name}` ||
          what.startsWith(`${name} acted as it`) ||
          what.startsWith(`${name} was issued a token for it`),
      ),
    )
    return row && { of: of.id, at: row.usedAt.toISOString(), what: row.what }
  }
  return about(from, to) ?? about(to, from)
}

/** Why nobody can have used it since, in words; undefined where that is not known. */
function idleOf(
  { name, lastUsedAt: last }: Identity,
  since: Date,
  usage: readonly UsageRow[],
): string | undefined {
  if (usage.length) return undefined
  if (last.state === 'absent') return `No use of ${name} was ever seen${last.note ? `: ${last.note}` : ''}.`
  if (last.state === 'unknown' || Date.parse(last.value) >= since.getTime()) return undefined
  return `${name} was last used on ${last.value.slice(0, 10)}, before the time looked back to.`
}

function openWords(
  from: Identity | undefined,
  to: Identity | undefined,
  { seen, workloads }: Pick<StepUse, 'seen' | 'workloads'>,
): string {
  const [latest] = seen
  if (latest || workloads.length)
    return `What takes this step is in use, and whether by this way is not told${latest ? ` (last seen ${latest.at.slice(0, 10)})` : ''}.`
  const silent = [from, to].flatMap((one) =>
    one?.lastUsedAt.state === 'unknown'
      ? [
          `${one.lastUsedAt.source} does not tell of ${one.name}${one.lastUsedAt.detail ? ` (${one.lastUsedAt.detail})` : ''}`,
        ]
      : [],
  )
  return silent.length ? `${silent.join('; ')}.` : 'No source tells of it.'
}
