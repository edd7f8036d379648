// Finds what time alone may have changed, and has its scopes asked.
import { evaluateDue as ask } from '@/governance/evaluation/evaluate-due'

export async function evaluateDue(now = new Date()): Promise<void> {
  await ask(now)
}
