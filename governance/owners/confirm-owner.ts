// Confirms who was suggested to answer for identities: of each the surest person and team, or one that is named.
import { z } from 'zod'
import { RollcallError, type Issue } from '@/core/errors'
import { isScoped, type Actor } from '@/core/permissions'
import type { Tx } from '@/prisma/client'
import { command } from '../command'
import { chooseIdentities, type Chosen } from './chosen-identities'
import { Seen } from './parts'
import { EVIDENCE } from './suggest/evidence'
import { suggestionsFor } from './suggest/suggestions-for'
import { keyOf, type Suggestion } from './suggest/weigh'
import { notePerson, noteTeam, personOf, type Resolved, type Who } from './who'
import { writeAct, type Change } from './write-act'

const ROWS_MAX = 1000
export const ConfirmInput = z.strictObject({
  rows: z
    .array(
      z.strictObject({
        identity: z.guid('is not the id of an identity'),
        /** Keys of what was suggested; left out, whatever is surest. */
        keys: z.array(z.string().max(600)).min(1).max(2).optional(),
        /** What a name of unclear kind is. */
        as: z.enum(['person', 'team']).optional(),
      }),
    )
    .min(1, 'Choose at least one')
    .max(ROWS_MAX),
  seen: Seen,
})
type Row = z.infer<typeof ConfirmInput>['rows'][number]

/** What is confirmed of one, or why nothing is. */
type Picked = { picked: Suggestion[] } | { why: string }

function pickedOf(
  { keys, as }: Row,
  { name, personId, teamId }: Chosen,
  suggested: readonly Suggestion[],
): Picked {
  if (!keys) {
    if (personId ?? teamId) return { why: `Somebody has confirmed who answers for ${name} already.` }
    const best = suggested.filter(({ isBest }) => isBest)
    if (best.length) return { picked: best }
    return {
      why: suggested.length
        ? `What is known of ${name} does not agree, or is not enough. Choose.`
        : `Nothing speaks for anybody as the owner of ${name}.`,
    }
  }
  const picked = keys.map((key) => suggested.find((one) => one.key === key))
  const found = picked.filter((one) => one !== undefined)
  if (found.length < picked.length) return { why: `This is no longer suggested for ${name}. Look again.` }
  const unclear = found.some(({ role }) => role === 'unclear' && !as)
  if (unclear) return { why: `Say whether ${found[0]?.name ?? 'it'} is a person or a team.` }
  const left = found.find(({ standing }) => standing === 'left')
  return left ? { why: `${left.name} has left, as the directory says.` } : { picked: found }
}

const roleOf = ({ role }: Suggestion, as: Row['as']) => (role === 'unclear' ? (as ?? 'team') : role)

/** Somebody who sees only what they own speaks for themselves and their teams. */
async function ownKeys(tx: Tx, actor: Actor): Promise<Set<string> | undefined> {
  if (!isScoped(actor)) return undefined
  const me = await personOf(tx, actor)
  const teams = me ? await tx.team.findMany({ where: { members: { some: { personId: me.id } } } }) : []
  const words = [actor.email, actor.name].filter((one) => one !== undefined)
  return new Set([
    ...(me
      ? [keyOf({ role: 'person', name: me.name, whoId: me.id })]
      : words.map((name) => keyOf({ role: 'person', name }))),
    ...teams.map(({ id, name }) => keyOf({ role: 'team', name, whoId: id })),
  ])
}

const evidenceWords = ({ evidence }: Suggestion): string => {
  const [first] = evidence
  return first ? `${EVIDENCE[first.kind].title}: ${first.words} (${first.source})` : 'suggested'
}

/** The same people and teams are noted once, however many rows name them. */
function noting(tx: Tx, now: Date) {
  const noted = new Map<string, Promise<Who>>()
  return (role: 'person' | 'team', { key, name, whoId }: Suggestion): Promise<Who> => {
    const held =
      noted.get(`${role} ${key}`) ??
      (whoId !== undefined
        ? Promise.resolve({ id: whoId, name })
        : role === 'person'
          ? notePerson(tx, name, now)
          : noteTeam(tx, name, now))
    noted.set(`${role} ${key}`, held)
    return held
  }
}

async function changeOf(
  picked: readonly Suggestion[],
  as: Row['as'],
  note: ReturnType<typeof noting>,
): Promise<Change> {
  const set: Resolved = {}
  for (const one of picked) set[roleOf(one, as)] = await note(roleOf(one, as), one)
  return { set, evidence: picked.map(evidenceWords).join('; ') }
}

/** @throws RollcallError with one issue for each row that cannot be: nothing is changed then */
export const confirmOwner = command({
  name: 'owner.confirm',
  permission: 'owner:answer',
  input: ConfirmInput,
  timeoutMs: 60_000,
  async run({ actor, input: { rows, seen }, tx, now }) {
    const ids = rows.map(({ identity }) => identity)
    const acting = await chooseIdentities(tx, { actor, now, seen }, { identities: ids })
    const [suggested, own] = await Promise.all([suggestionsFor([...new Set(ids)]), ownKeys(tx, actor)])
    const byId = new Map(acting.rows.map((row) => [row.id, row]))
    const note = noting(tx, now)
    const changes = new Map<string, Change>()
    const issues: Issue[] = []
    for (const [index, row] of rows.entries()) {
      const held = byId.get(row.identity)
      const found = held && pickedOf(row, held, suggested.get(row.identity) ?? [])
      if (!found) continue
      const others = 'picked' in found && own && found.picked.some(({ key }) => !own.has(key))
      const why =
        'why' in found
          ? found.why
          : others
            ? 'You can confirm yourself and your teams, and nobody else.'
            : undefined
      if (why !== undefined) issues.push({ path: `rows.${index}`, message: why })
      else if ('picked' in found) changes.set(row.identity, await changeOf(found.picked, row.as, note))
    }
    if (issues.length)
      throw new RollcallError(
        'conflict',
        rows.length === 1
          ? (issues[0]?.message ?? '')
          : `Nothing was confirmed: ${issues.length} of ${rows.length} cannot be.`,
        issues,
      )
    const { actId, changed } = await writeAct(tx, acting, { actor, now, kind: 'confirm' }, ({ id }) =>
      changes.get(id),
    )
    return { actId, changed, for: acting.for?.name ?? null }
  },
  activity: (_, { actId, changed, for: place }) => ({
    object: `ownership:${actId}`,
    detail: { changed, ...(place !== null && { for: place }) },
  }),
})
