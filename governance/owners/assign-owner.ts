// Says who answers for identities, whoever that is: of one, of several, or of all that a filter matches.
import { z } from 'zod'
import { FilterTexts } from '../triage/chosen-findings'
import { command } from '../command'
import { chooseIdentities } from './chosen-identities'
import { PARTS, Parts, Picked, Seen } from './parts'
import { resolveParts } from './who'
import { writeAct } from './write-act'

export const AssignInput = z.strictObject({
  identities: Picked.optional(),
  filter: FilterTexts.optional(),
  set: Parts,
  seen: Seen,
})

/** @throws RollcallError with one issue for each row that cannot be: nothing is changed then */
export const assignOwner = command({
  name: 'owner.assign',
  permission: 'owner:assign',
  input: AssignInput,
  timeoutMs: 60_000,
  async run({ actor, input: { set, seen, ...meant }, tx, now }) {
    const acting = await chooseIdentities(tx, { actor, now, seen }, meant)
    const parts = await resolveParts(tx, actor, set)
    const { actId, changed } = await writeAct(tx, acting, { actor, now, kind: 'assign' }, () => ({
      set: parts,
    }))
    const what = PARTS.flatMap((part) =>
      parts[part] === undefined ? [] : [[part, parts[part]?.name ?? null]],
    )
    return {
      actId,
      changed,
      what: Object.fromEntries(what) as Record<string, string | null>,
      for: acting.for?.name ?? null,
    }
  },
  activity: (_, { actId, changed, what, for: place }) => ({
    object: `ownership:${actId}`,
    detail: { changed, ...what, ...(place !== null && { for: place }) },
  }),
})
