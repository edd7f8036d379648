// What a score is made of: how many of each privilege, how bad off, and what that costs.
import { SEVERITIES } from '@/core/rule'
import { lostWords, PRIVILEGE_WORDS, weightWords } from '@/governance/score/score-words'
import type { PrivilegePart } from '@/governance/score/score-parts'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Link } from '@/app/_ui/link'

const TITLES = { critical: 'Critical', high: 'High', medium: 'Medium', low: 'Low', info: 'Info' }
const number = (n: number) =>
  n ? n.toLocaleString('en') : <span className="text-muted">{n.toLocaleString('en')}</span>

const COLUMNS: Column<PrivilegePart>[] = [
  {
    key: 'privilege',
    title: 'Privilege',
    cell: ({ privilege }) => (
      <Link
        href={`/identities?class=machine,unclear&privilege=${privilege}`}
        prefetch={false}
        data-row-link
        className="row-link"
      >
        {PRIVILEGE_WORDS[privilege]}
      </Link>
    ),
  },
  { key: 'weight', title: 'Weighs', numeric: true, cell: ({ weight }) => weightWords(weight) },
  { key: 'identities', title: 'Identities', numeric: true, cell: ({ identities }) => number(identities) },
  ...SEVERITIES.map((severity): Column<PrivilegePart> => ({
    key: severity,
    title: TITLES[severity],
    numeric: true,
    cell: ({ bySeverity }) => number(bySeverity[severity]),
  })),
  {
    key: 'none',
    title: 'Nothing fails',
    numeric: true,
    cell: ({ bySeverity }) => number(bySeverity.none),
  },
  { key: 'unjudged', title: 'Not judged', numeric: true, cell: ({ unjudged }) => number(unjudged) },
  {
    key: 'lost',
    title: 'Points lost',
    numeric: true,
    cell: ({ lost }) => lostWords(lost),
  },
]

export function PartsTable({ parts }: { parts: readonly PrivilegePart[] }) {
  return (
    <DataTable
      caption="What the score is made of"
      columns={COLUMNS}
      rows={parts}
      rowKey={({ privilege }) => privilege}
    />
  )
}
