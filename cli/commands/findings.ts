// `findings`: the list, with the filters of the page.
import { FindingFilter, type FindingRow } from '@/core/list'
import { rulesOfTopics } from '@/governance/triage/rules-of-topics'
import { completenessOf } from '@/inventory/queries/completeness-of'
import { eachFinding } from '@/inventory/queries/each-finding'
import { listFindings } from '@/inventory/queries/list-findings'
import { scopeIds } from '@/inventory/queries/scope-ids'
import { atAsked, withAsOf } from '../as-of'
import { cliCommand } from '../command'
import { filterOf, withFilter } from '../filter-options'
import { printList } from '../print-list'
import { minute } from '../words'

const HEAD = ['SEVERITY', 'VERDICT', 'RULE', 'SUBJECT', 'MESSAGE', 'OPENED', 'SCOPE', 'ID']

const stateOf = (row: FindingRow): string => {
  if (row.state === 'resolved') return 'resolved'
  const put = row.excepted ? ', excepted' : row.triage?.snoozedUntil ? ', snoozed' : ''
  return `${row.verdict}${put}`
}

const cells = (row: FindingRow): string[] => [
  row.severity,
  stateOf(row),
  row.ruleId,
  row.subject.name,
  row.message,
  minute(row.openedAt),
  row.scope.sample ? `${row.scope.name} (sample)` : row.scope.name,
  row.id,
]

export const findings = cliCommand(
  'findings',
  'list findings',
  async ({ actor, out, options }) => {
    const { filter, limit } = filterOf(FindingFilter, options)
    const whole = rulesOfTopics({ ...filter, size: limit })
    await atAsked(options, () =>
      printList({
        out,
        name: 'findings',
        all: options.all === true,
        head: HEAD,
        cells,
        page: () => listFindings(actor, whole),
        each: () => eachFinding(actor, whole),
        completeness: async () => completenessOf(actor, { scopeIds: await scopeIds(filter.scope) }),
      }),
    )
  },
  (command) => withAsOf(withFilter(FindingFilter)(command)),
)
