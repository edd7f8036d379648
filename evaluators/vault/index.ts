// The evaluator of Vault and OpenBao policies.
import type { Evaluator } from '@/core/evaluator'
import { administrator } from './administrator'

export const vault: Evaluator = { language: 'vault', administrator }
