// How long the same answers take about earlier moments.
import { askMoment } from '@/inventory/moment/ask-moment'
import { atMoment } from '@/inventory/moment/at-moment'
import { momentsOf, type Step } from '../contract'
import { askAll } from './ask-all'
import { facetQuestions, filterQuestions, identityQuestion, pageQuestions, searchQuestions } from './lists'
import type { Question } from './measure'
import { oneOf } from './random'
import { sampleOf } from './sample'

/** At one of the moments, as a request does it: what was asked for is made absolute first. */
const asOf = (moments: readonly string[], { ask, group, name, show, ...question }: Question): Question => ({
  ...question,
  group: 'As of an earlier instant',
  name: `${group}: ${name.charAt(0).toLowerCase()}${name.slice(1)}`,
  ask: async (random) => atMoment(await askMoment({ asOf: oneOf(random, moments) }), () => ask(random)),
  ...(show !== undefined && { show: `${show}, as of an earlier instant` }),
})

const FILTERS = ['Filter: type', 'Filter: class and privilege', 'Filter: owner', 'Filter: failing a rule']

export const past: Step = async (task) => {
  const sample = await sampleOf(task.seed)
  const moments = momentsOf(task.facts)
  const [first, middle] = pageQuestions(sample)
  const questions = [
    ...[first, middle].flatMap((question) => question ?? []),
    ...filterQuestions(sample).filter(({ name }) => FILTERS.includes(name)),
    ...searchQuestions(sample).map(({ show: _, ...question }) => question),
    ...facetQuestions(sample).slice(0, 2),
    identityQuestion(sample),
  ]
  return askAll(
    questions.map((question) => asOf(moments, question)),
    task,
  )
}
