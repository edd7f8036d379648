// `access choke-points`: the least to take away so that nobody comes to a target any more.
import {
  chokePoints,
  type ChokePoint,
  type ChokePointsAnswer,
} from '@/governance/access/choke-points/choke-points'
import { ChokePointsQuestion } from '@/governance/access/choke-points/input'
import { parseInput } from '@/governance/command'
import { cliCommand } from '../command'
import type { Output } from '../output'
import { printable } from '../table'
import { minute } from '../words'
import { nameOf, printAnswered, stepLines } from './access-words'

const ANSWERS = {
  'would-break': 'Would break',
  'no-use-seen': 'No use seen',
  unknown: 'Use is not known',
} as const
const SHOWN = 5

async function printPoint(
  out: Output,
  at: number,
  { remove, kind, steps, count, use, confirmed }: ChokePoint,
) {
  const [first] = steps
  const alone = first ? `${nameOf(first.from)} → ${nameOf(first.to)}` : 'a step'
  await out.line(printable(`${at}. ${remove ? `${kind}: ${remove}` : alone}`))
  for (const step of steps.slice(0, SHOWN)) for (const line of stepLines(step, '   ')) await out.line(line)
  if (count > SHOWN) await out.line(`   and ${count - SHOWN} more steps`)
  const { workloads, seen } = use
  await out.line(printable(`   ${ANSWERS[use.answer]}: ${use.words}`))
  if (workloads.length) await out.line(printable(`     runs as it: ${workloads.slice(0, SHOWN).join(', ')}`))
  for (const one of seen.slice(0, SHOWN))
    await out.line(printable(`     seen ${minute(one.at)}: ${one.what}`))
  if (confirmed.answer !== 'not-tried') await out.line(printable(`   ${confirmed.words}`))
}

async function print(out: Output, answer: ChokePointsAnswer): Promise<void> {
  const { ways, points, after } = answer
  const many = `${ways.more ? 'more than ' : ''}${ways.count} ${ways.count === 1 ? 'way' : 'ways'}`
  await out.line(
    printable(
      `From ${answer.from} to ${answer.to}: ${many} of at most ${answer.hops} steps, from ${ways.sources} starts.`,
    ),
  )
  if (answer.cut === 'impossible') await out.line('Nothing that could be taken away cuts all of them.')
  if (answer.cut === 'found') await out.line(`Cut by taking away ${points.length}:`)
  for (const [at, point] of points.entries()) await printPoint(out, at + 1, point)
  const left = answer.cut === 'found' ? 'Tried out without these' : 'As it is'
  await out.line(
    printable(
      `${left}: ${after.more ? 'at least ' : ''}${after.sources} of the starts come there in at most ${after.hops} steps.`,
    ),
  )
  for (const node of after.first.slice(0, SHOWN)) await out.line(printable(`   ${nameOf(node)}`))
  await printAnswered(out, answer)
}

export const chokePointsCommand = cliCommand(
  'choke-points',
  'the least to take away so that nobody comes to a target any more',
  async ({ actor, out, options }) => {
    const { from, to, hops, days, certain } = options
    const asked = parseInput(ChokePointsQuestion, {
      from,
      to,
      hops,
      days,
      certain: certain === true ? 'true' : undefined,
    })
    const answer = await chokePoints(actor, asked)
    if (out.json) return out.answer('access-choke-points/1', answer)
    await print(out, answer)
  },
  (command) =>
    command
      .option('--from <from>', 'as for paths; left out: every identity that a machine uses or may use')
      .requiredOption('--to <to>', 'an identity, or administrator:<scope>')
      .option('--hops <n>', 'how long a way may be')
      .option('--days <n>', 'how many days back something counts as used')
      .option('--certain', 'leave out steps that depend on something'),
)
