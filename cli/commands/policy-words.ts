// What a preview of a policy found, as rows of a table.
import type { Moved } from '@/governance/policy/compare-verdicts'
import { saidWords } from '@/governance/policy/preview-words'

export { declaredWords, failuresWords, lookedWords } from '@/governance/policy/preview-words'

export const MOVES_HEAD = ['RULE', 'NOW', 'THEN', 'HOW MANY', 'SUCH AS']
export const moveCells = ({ ruleId, from, to, count, some }: Moved): string[] => [
  ruleId,
  saidWords(from),
  saidWords(to),
  String(count),
  some
    .slice(0, 3)
    .map(({ name }) => name)
    .join(', '),
]
