// Says that somebody does not answer for identities, with a reason; it stands beside the owner until it is settled.
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import { command } from '../command'
import { chooseIdentities, type Chosen } from './chosen-identities'
import { Picked, Seen, Why } from './parts'
import { writeAct } from './write-act'

export const DisputeInput = z.strictObject({ identities: Picked, why: Why, seen: Seen })

function ensureAll(
  rows: readonly Chosen[],
  is: (row: Chosen) => boolean,
  words: (row: Chosen) => string,
): void {
  const issues = rows.flatMap((row, index) =>
    is(row) ? [] : [{ path: `identities.${index}`, message: words(row) }],
  )
  const [first] = issues
  if (!first) return
  throw new RollcallError(
    'conflict',
    rows.length === 1 ? first.message : `Nothing was changed: ${issues.length} of ${rows.length} cannot be.`,
    issues,
  )
}

export const disputeOwner = command({
  name: 'owner.dispute',
  permission: 'owner:answer',
  input: DisputeInput,
  timeoutMs: 30_000,
  async run({ actor, input: { identities, why, seen }, tx, now }) {
    const acting = await chooseIdentities(tx, { actor, now, seen }, { identities })
    ensureAll(
      acting.rows,
      ({ personId, teamId, ownerName }) => Boolean(personId ?? teamId ?? ownerName),
      ({ name }) => `Nobody answers for ${name}: there is nothing to dispute.`,
    )
    ensureAll(
      acting.rows,
      ({ isDisputed }) => !isDisputed,
      ({ name }) => `The owner of ${name} is disputed already.`,
    )
    const { actId, changed } = await writeAct(tx, acting, { actor, now, kind: 'dispute', why }, () => ({
      dispute: { why },
    }))
    return { actId, changed, for: acting.for?.name ?? null }
  },
  activity: ({ why }, { actId, changed, for: place }) => ({
    object: `ownership:${actId}`,
    detail: { changed, why, ...(place !== null && { for: place }) },
  }),
})

/** What was disputed holds after all. Naming somebody else settles it as well. */
export const settleDispute = command({
  name: 'owner.settle',
  permission: 'owner:assign',
  input: DisputeInput,
  timeoutMs: 30_000,
  async run({ actor, input: { identities, why, seen }, tx, now }) {
    const acting = await chooseIdentities(tx, { actor, now, seen }, { identities })
    ensureAll(
      acting.rows,
      ({ isDisputed }) => isDisputed,
      ({ name }) => `Nobody disputes the owner of ${name}.`,
    )
    return writeAct(tx, acting, { actor, now, kind: 'settle', why }, () => ({ dispute: null }))
  },
  activity: ({ why }, { actId, changed }) => ({ object: `ownership:${actId}`, detail: { changed, why } }),
})
