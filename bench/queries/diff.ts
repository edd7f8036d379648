// How long it takes to say what differs between two moments.
import { DIFF_KINDS, DiffFilter } from '@/core/diff'
import { listDiff } from '@/inventory/queries/list-diff'
import { momentsOf, type Step } from '../contract'
import { askAll } from './ask-all'
import type { Question } from './measure'
import { oneOf } from './random'
import { READER } from './sample'

export const diff: Step = async (task) => {
  const moments = momentsOf(task.facts)
  const [from, middle, to] = [moments.at(-3), moments.at(-2), moments.at(-1)]
  if (from === undefined || middle === undefined || to === undefined)
    throw new Error('three moments are needed')
  const page = (words: Record<string, string>) => listDiff(READER, DiffFilter.parse(words))
  const { next } = await page({ from, to })
  const { next: third = next } = next === undefined ? {} : await page({ from, to, after: next })
  const questions: Question[] = [
    { group: 'Differences', name: 'First page, nothing differs', ask: () => page({ from, to: middle }) },
    {
      group: 'Differences',
      name: `First page, one row of a hundred differs`,
      ask: () => page({ from: middle, to }),
    },
    { group: 'Differences', name: 'One kind', ask: (r) => page({ from, to, kind: oneOf(r, DIFF_KINDS) }) },
    {
      group: 'Differences',
      name: 'Only what came or went',
      ask: () => page({ from, to, what: 'added,gone' }),
    },
  ]
  if (third !== undefined)
    questions.push({
      group: 'Differences',
      name: 'The third page',
      ask: () => page({ from, to, after: third }),
    })
  return askAll(questions, task)
}
