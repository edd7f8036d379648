// Hands identities over from the person or team that answers for them to somebody else.
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import { command, invalid } from '../command'
import { chooseIdentities, type Chosen } from './chosen-identities'
import { Picked, Seen, Why } from './parts'
import { personFor, teamFor } from './who'
import { writeAct } from './write-act'

export const TransferInput = z.strictObject({
  identities: Picked,
  /** The id or address of a person; with `toTeam`, of whom in it. */
  to: z.string().trim().min(1, 'Say who').max(300),
  /** The id or name of a team; left out, the team stays. */
  toTeam: z.string().trim().min(1).max(300).optional(),
  why: Why,
  seen: Seen,
})

function ensureOwned(rows: readonly Chosen[], to: string): void {
  const issues = rows.flatMap(({ personId, teamId, ownerName, name }, index) => {
    const path = `identities.${index}`
    if (personId === to) return [{ path, message: `${name} is theirs already.` }]
    return personId || teamId || ownerName
      ? []
      : [{ path, message: `Nobody answers for ${name}: there is nothing to hand over. Assign somebody.` }]
  })
  const [first] = issues
  if (!first) return
  const message =
    rows.length === 1 ? first.message : `Nothing was changed: ${issues.length} of ${rows.length} cannot be.`
  throw new RollcallError('conflict', message, issues)
}

export const transferOwner = command({
  name: 'owner.transfer',
  permission: 'owner:answer',
  input: TransferInput,
  timeoutMs: 30_000,
  async run({ actor, input: { identities, to, toTeam, why, seen }, tx, now }) {
    const acting = await chooseIdentities(tx, { actor, now, seen }, { identities })
    const person = await personFor(tx, actor, to, 'to')
    if (to === 'me') throw invalid([{ path: 'to', message: 'Say who else answers from now on.' }])
    ensureOwned(acting.rows, person.id)
    const team = toTeam === undefined ? undefined : await teamFor(tx, toTeam, 'toTeam')
    const { actId, changed } = await writeAct(tx, acting, { actor, now, kind: 'transfer', why }, () => ({
      set: { person, ...(team && { team }) },
    }))
    return { actId, changed, to: person.name, for: acting.for?.name ?? null }
  },
  activity: ({ why }, { actId, changed, to, for: place }) => ({
    object: `ownership:${actId}`,
    detail: { changed, to, why, ...(place !== null && { for: place }) },
  }),
})
