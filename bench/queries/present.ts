// How long answers about the present take.
import type { Step } from '../contract'
import { askAll } from './ask-all'
import { credentialQuestions } from './credentials'
import { facetQuestions, filterQuestions, identityQuestion, pageQuestions, searchQuestions } from './lists'
import { sampleOf } from './sample'

export const present: Step = async (task) => {
  const sample = await sampleOf(task.seed)
  const questions = [
    ...pageQuestions(sample),
    ...filterQuestions(sample),
    ...searchQuestions(sample),
    ...facetQuestions(sample),
    identityQuestion(sample),
    ...credentialQuestions(sample),
  ]
  return askAll(questions, task)
}
