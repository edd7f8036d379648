'use server'
// Decides about several items at once, or only says what that would do.
import { RollcallError } from '@/core/errors'
import { decide } from '@/governance/campaigns/decide'
import type { DecisionRow } from '@/governance/campaigns/decision-input'
import { NOT_FOR_OTHERS } from '@/governance/campaigns/refuse-rows'
import { foresee } from '@/governance/campaigns/reviewing/foresee'
import { invalid } from '@/governance/command'
import { attempt, textOf } from '@/app/_form/attempt'
import type { FormState } from '@/app/_form/form-state'
import { choiceIn } from '@/app/_reviews/read-row'
import { currentActor } from '@/app/_session/actor'
import type { Tried } from './outcome'

const many = (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'item' : 'items'}`

function rowsIn(form: FormData, decision: 'keep' | 'remove'): DecisionRow[] {
  const keepUntil = decision === 'keep' ? textOf(form, 'until') : ''
  const rest = { reasonCode: textOf(form, 'reason'), reason: textOf(form, 'words'), keepUntil }
  const said = Object.fromEntries(Object.entries(rest).filter(([, text]) => text))
  const ticked = form.getAll('item').filter((one): one is string => typeof one === 'string')
  if (!ticked.length) throw invalid([{ path: 'item', message: 'Tick which of them are meant.' }])
  return ticked.map((one) => {
    const [item = '', version] = one.split(' ')
    return { ...said, item, version: Number(version), decision } as DecisionRow
  })
}

const triedWords = ({ decision, rows }: Tried): string => {
  const refused = rows.filter((row) => row.refused !== undefined).length
  return refused
    ? `Nothing would be done: ${refused} of ${rows.length} would be refused. Untick these, or decide about them by themselves.`
    : `Nothing was done yet. ${many(rows.length)} would be ${decision === 'keep' ? 'kept' : 'removed by people, and never by Rollcall'}:`
}

export async function decideTogether(_before: FormState, form: FormData): Promise<FormState> {
  return attempt(form, async () => {
    const actor = await currentActor()
    const id = textOf(form, 'campaign')
    const decision = choiceIn(form, ['keep', 'remove'])
    const decisions = rowsIn(form, decision)
    const foreseen = await foresee(actor, { id, decisions })
    if (textOf(form, 'step') !== 'save') {
      const tried: Tried = { decision, rows: foreseen, saved: false }
      return { done: triedWords(tried), result: tried }
    }
    try {
      await decide(actor, { id, decisions })
    } catch (error) {
      if (!(error instanceof RollcallError)) throw error
      // Rows go by their names here; those that were only not done for the others are not told one by one.
      const names = new Map(foreseen.map(({ item, name }) => [item, name]))
      const issues = error.issues
        .filter(({ message }) => message !== NOT_FOR_OTHERS)
        .map(({ path, message }) => ({ path: names.get(path) ?? path, message }))
      throw new RollcallError(error.code, error.message, issues)
    }
    const tried: Tried = { decision, rows: [], saved: true }
    return {
      done: `Saved: ${many(decisions.length)} decided. It can be taken back until you sign off.`,
      result: tried,
    }
  })
}
