// What can be taken away so that a step is gone: a grant that its reasons name, the trust that it rests on, or the step alone.
import { groupBy } from '@/core/group-by'
import { db } from '@/prisma/client'
import type { HeldStep } from '../held-steps'

export type Removal = {
  key: string
  side: 'from' | 'to'
  /** Not taken away by taking away rights: something has to stop, or the source itself makes it so. */
  firm: boolean
  /** grant, trust, link (one names the other), membership, workload, or step: what it rests on is not told. */
  kind: 'grant' | 'trust' | 'link' | 'membership' | 'workload' | 'step'
  /** What to take away; empty where only the step itself is known. */
  words: string
  /** Of a grant: the document and how it is held, as the realm has it. */
  grant?: { entitlement: string; via: string }
}
export type GrantRow = {
  id: string
  identityId: string
  entitlement: string
  name: string
  via: string
  viaName: string | null
}
type Resting = {
  stepId: string
  kind: string
  rowId: string
  principal: string | null
}

/** What each of the steps rests on, as far as that is told. */
export async function removalsOf(steps: readonly HeldStep[]): Promise<(stepId: string) => Removal> {
  const [grants, resting] = await Promise.all([
    grantsHeld(steps.filter(({ origin }) => origin === 'platform').map(({ fromId }) => fromId)),
    restingOn(steps.filter(({ origin }) => origin === 'join').map(({ id }) => id)),
  ])
  const found = new Map(
    steps.map((step) => [
      step.id,
      removalOf(step, grants.get(step.fromId) ?? [], resting.get(step.id) ?? []),
    ]),
  )
  return (id) => found.get(id) ?? alone(id)
}

const alone = (id: string): Removal => ({
  key: `step ${id}`,
  side: 'from',
  firm: false,
  kind: 'step',
  words: '',
})

function removalOf(step: HeldStep, grants: readonly GrantRow[], resting: readonly Resting[]): Removal {
  const own = alone(step.id)
  if (step.origin === 'runs-as')
    return { ...own, firm: true, kind: 'workload', words: 'What runs has to stop, or to run as another.' }
  if (step.origin === 'join') return joinRemoval(own, resting)
  const [grant, ...more] = namedIn(step.because, grants)
  if (!grant || more.length) return own
  return {
    key: `grant ${grant.id}`,
    side: 'from',
    firm: false,
    kind: 'grant',
    words: `${grant.name} (${viaOf(grant)})`,
    grant: { entitlement: grant.entitlement, via: viaOf(grant) },
  }
}

export const viaOf = ({ via, viaName }: Pick<GrantRow, 'via' | 'viaName'>): string =>
  viaName === null ? via : `${via} ${viaName}`

/** Where several trusts let the same in, all of them would have to go: then no one of them is told as the removal. */
function joinRemoval(own: Removal, resting: readonly Resting[]): Removal {
  const trusts = resting.filter(({ kind }) => kind === 'trust')
  const [first, ...more] = resting
  if (!first) return own
  if (!trusts.length) {
    const isMember = first.kind === 'identity' && resting.every(({ kind }) => kind === 'identity')
    const made = 'The source itself makes it so: no grant and no trust stands behind it.'
    return isMember
      ? { ...own, firm: true, kind: 'membership', words: made }
      : { ...own, kind: 'link', words: 'The name by which the one names the other.' }
  }
  if (more.length || trusts.length > 1)
    return {
      ...own,
      kind: 'trust',
      words: `${resting.length} statements of trust that let it in, all of them.`,
    }
  return {
    key: `trust ${first.rowId}`,
    side: 'to',
    firm: false,
    kind: 'trust',
    words: `The trust in ${first.principal ?? 'it'}.`,
  }
}

/** Grants whose document and binding the reasons name. A name that stands within a longer one that is named is not meant. */
export function namedIn(because: readonly string[], grants: readonly GrantRow[]): GrantRow[] {
  const text = because.join('\n')
  const named = grants.filter(
    ({ name, viaName }) => names(text, name) && (viaName === null || names(text, viaName)),
  )
  return named.filter(
    (one) => !named.some((other) => other.name.length > one.name.length && other.name.includes(one.name)),
  )
}

const WORD = /[\w-]/
/** Whether the text holds the name, and not as a part of a longer word. */
function names(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const [before, after] = [text[at - 1] ?? ' ', text[at + name.length] ?? ' ']
    if (!WORD.test(before) && !WORD.test(after)) return true
  }
  return false
}

/** Grants of one principal that are looked at. */
const GRANTS_MAX = 100_000
async function grantsHeld(identityIds: readonly string[]): Promise<Map<string, GrantRow[]>> {
  if (!identityIds.length) return new Map()
  const rows = await db.$queryRaw<GrantRow[]>`
    SELECT id, identity_id AS "identityId", doc ->> 'entitlement' AS entitlement, doc ->> 'entitlementName' AS name, via,
      doc ->> 'viaName' AS "viaName"
    FROM "grant" WHERE identity_id = ANY(${[...new Set(identityIds)]}::uuid[]) AND retired_at IS NULL AND effect = 'allow'
    ORDER BY identity_id, native_id LIMIT ${GRANTS_MAX}`
  return groupBy(rows, ({ identityId }) => identityId)
}

/** The rows whose links say that the one becomes the other. */
async function restingOn(stepIds: readonly string[]): Promise<Map<string, Resting[]>> {
  if (!stepIds.length) return new Map()
  const rows = await db.$queryRaw<Resting[]>`
    WITH s AS (SELECT id, scope_id, from_id, to_id, by FROM access_step WHERE id = ANY(${[...stepIds]}::uuid[])), found AS (
      SELECT s.id, e.from_kind, e.from_row_id FROM s JOIN edge e ON e.from_scope_id = s.scope_id AND e.relation = s.by
        AND (e.from_identity_id = s.to_id OR e.from_row_id = s.to_id) AND coalesce(e.to_identity_id, e.to_row_id) = s.from_id
      WHERE e.means = 'becomes-this' AND e.state = 'matched' AND NOT e.broad
      UNION
      SELECT s.id, e.from_kind, e.from_row_id FROM s JOIN edge e ON e.from_scope_id = s.scope_id AND e.relation = s.by
        AND (e.from_identity_id = s.from_id OR e.from_row_id = s.from_id) AND coalesce(e.to_identity_id, e.to_row_id) = s.to_id
      WHERE e.means = 'this-becomes' AND e.state = 'matched' AND NOT e.broad
    ) SELECT f.id AS "stepId", f.from_kind AS kind, f.from_row_id AS "rowId", t.principal
      FROM found f LEFT JOIN trust t ON t.id = f.from_row_id AND f.from_kind = 'trust' ORDER BY 1, 2, 3`
  return groupBy(rows, ({ stepId }) => stepId)
}
