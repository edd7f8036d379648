// Every evaluator, by the language of the documents it reads.
import type { Evaluator } from '@/core/evaluator'
import { awsIam } from './aws-iam'
import { vault } from './vault'

const EVALUATORS: readonly Evaluator[] = [awsIam, vault]

/** The evaluator of a language, or undefined where nobody can judge its documents. */
export const evaluatorOf = (language: string): Evaluator | undefined =>
  EVALUATORS.find((evaluator) => evaluator.language === language)
