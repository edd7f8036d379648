// Steps and bounds as lines of text.
import type { StepView, NodeView } from '@/governance/access/questions/views'
import type { FullCompleteness } from '@/inventory/queries/types'
import type { Output } from '../output'
import { printable } from '../table'
import { minute } from '../words'

export const nameOf = (node: NodeView | StepView['to']): string => {
  if ('scope' in node)
    return node.kind === 'administrator'
      ? `everything in ${node.scope.name}`
      : `more rights in ${node.scope.name}`
  return node.end ? `${node.end.name} (${node.end.scope.name})` : 'something that you may not see'
}

export function stepLines(step: StepView, indent: string): string[] {
  const { certainty, title, by, because, missing } = step
  const sure = certainty === 'depends' ? ' (depends)' : certainty === 'observed' ? ' (seen)' : ''
  const pad = ' '.repeat(indent.length + 2)
  return [
    `${indent}${nameOf(step.from)} → ${nameOf(step.to)}: ${title ?? by}${title ? ` [${by}]` : ''}${sure}`,
    ...because.slice(0, 2).map((one) => `${pad}${one}`),
    ...missing.slice(0, 2).map((one) => `${pad}Not known: ${one}`),
  ].map(printable)
}

const BOUNDS = {
  nodes: 'There is more than is told: too many things were met.',
  hops: 'There may be more farther away: ask with more --hops.',
  starts: 'More is meant than was followed.',
} as const
type Answered = { completeness: FullCompleteness; analysedAt: string | null; more?: keyof typeof BOUNDS }

export async function printAnswered(
  out: Output,
  { completeness, analysedAt, more }: Answered,
): Promise<void> {
  if (more) await out.line(BOUNDS[more])
  await out.line(
    analysedAt
      ? `Judged from what was held at ${minute(analysedAt)} or later.`
      : 'Not every scope has been analysed yet.',
  )
  await out.restsOn(completeness)
}
