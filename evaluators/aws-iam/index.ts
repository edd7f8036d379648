// The evaluator of AWS IAM permission documents.
import type { Evaluator } from '@/core/evaluator'
import { administrator } from './administrator'

export const awsIam: Evaluator = { language: 'aws-iam', administrator }
