// `score`: how many of the identities are in order, as a range with what explains it.
import { getScore, type ScoreView } from '@/governance/score/get-score'
import {
  lostWords,
  PRIVILEGE_WORDS,
  rangeWords,
  scoreRemarks,
  weightWords,
} from '@/governance/score/score-words'
import { ScoreFilter } from '@/governance/score/score-filter'
import { parseFilter } from '@/inventory/queries/parse-filter'
import { atAsked, withAsOf } from '../as-of'
import { cliCommand, type At } from '../command'
import { printable } from '../table'

const HEAD = ['PRIVILEGE', 'WEIGHS', 'IDENTITIES', 'CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'IN ORDER', 'LOST']
const cells = ({ privilege, weight, identities, bySeverity, lost }: ScoreView['parts'][number]): string[] => [
  PRIVILEGE_WORDS[privilege],
  weightWords(weight),
  String(identities),
  String(bySeverity.critical),
  String(bySeverity.high),
  String(bySeverity.medium),
  String(bySeverity.low),
  String(bySeverity.info + bySeverity.none),
  lostWords(lost),
]

async function changes({ out }: At, { changes }: ScoreView): Promise<void> {
  for (const { days, before, causes } of changes) {
    if (!before) continue
    await out.line(`${days} days ago: ${rangeWords(before)}`)
    for (const { text } of causes) await out.line(printable(`  ${text}`))
  }
}

async function print(at: At): Promise<void> {
  const { actor, out, options } = at
  const given = Object.keys(ScoreFilter.shape).flatMap((name) => {
    const value = options[name]
    return typeof value === 'string' ? [[name, value]] : []
  })
  const filter = parseFilter(ScoreFilter, new URLSearchParams(given))
  const view = await getScore(actor, filter)
  if (out.json) return out.answer('score/1', view)
  await out.line(view.score ? `Score: ${rangeWords(view.score)} of 100` : 'No score')
  for (const remark of scoreRemarks(view)) await out.line(remark)
  await out.table(HEAD, view.parts.map(cells))
  if (view.raises.length) await out.line('What would raise it most:')
  for (const { title, points, identities, ruleId } of view.raises)
    await out.line(printable(`  +${points} ${title} (${ruleId}, ${identities} identities)`))
  await changes(at, view)
  await out.restsOn(view.completeness)
}

export const score = cliCommand(
  'score',
  'say how many of the identities are in order, weighing the powerful ones more',
  (at) => atAsked(at.options, () => print(at)),
  (command) =>
    withAsOf(
      command
        .option('--scope <ids>', 'of these scopes only')
        .option('--source <id>', 'of what this source reads only'),
    ),
)
