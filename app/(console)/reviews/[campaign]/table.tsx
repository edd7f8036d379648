// Items of one's queue, as a table: what is open, what was decided, what is looked at a second time.
import type { ItemRow } from '@/governance/campaigns/campaign-items'
import { typeTitle } from '@/app/_inventory/type-title'
import { DataTable, type Column } from '@/app/_list/data-table'
import { hrefWith } from '@/app/_list/query'
import { RiskWord } from '@/app/_reviews/risk-word'
import { choiceTitle, STATE_WORDS } from '@/app/_reviews/words'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { StateWord } from '@/app/_ui/state-word'
import { UndoForm } from '../undo-form'

type Of = { campaign: string; part: Record<string, string> }

const nameColumn = ({ campaign, part }: Of): Column<ItemRow> => ({
  key: 'name',
  title: 'Identity',
  cell: (row) => (
    <span className="block min-w-40 whitespace-normal">
      <Link
        href={hrefWith(`/reviews/${campaign}/${row.id}`, part, {})}
        data-row-link
        prefetch={false}
        className="row-link [overflow-wrap:anywhere]"
      >
        {row.name}
      </Link>
      <span className="block text-caption text-muted">
        {typeTitle(row.type)} in {row.scope.name}
      </span>
    </span>
  ),
})
const RISK: Column<ItemRow> = {
  key: 'risk',
  title: 'Risk',
  cell: (row) => <RiskWord tier={row.tier} />,
}
const BECAUSE: Column<ItemRow> = {
  key: 'because',
  title: 'Because',
  cell: (row) => (
    <span className="block min-w-48 text-muted">
      {row.reasons.slice(0, 3).join('; ') || 'nothing speaks against it'}
    </span>
  ),
}
const STATE: Column<ItemRow> = {
  key: 'state',
  title: 'State',
  cell: (row) => <StateWord tone={STATE_WORDS[row.state].tone}>{STATE_WORDS[row.state].title}</StateWord>,
}
const DECISION: Column<ItemRow> = {
  key: 'decision',
  title: 'Decision',
  cell: ({ decision }) =>
    decision && (
      <span className="block min-w-40">
        <span className="font-medium">{choiceTitle(decision.decision)}</span>
        {decision.keepUntil && ` until ${decision.keepUntil.slice(0, 10)}`}
        {decision.reason && <span className="block text-caption text-muted">{decision.reason}</span>}
      </span>
    ),
}
const AT: Column<ItemRow> = {
  key: 'at',
  title: 'Decided',
  cell: ({ decision }) => decision && <Moment at={decision.at} />,
}
const undoColumn = (campaign: string): Column<ItemRow> => ({
  key: 'undo',
  title: 'Undo',
  cell: (row) =>
    row.state === 'signed' ? (
      <span className="text-muted">Locked</span>
    ) : (
      <UndoForm campaign={campaign} item={row.id} version={row.version} name={row.name} />
    ),
})

type Props = Of & { rows: ItemRow[]; caption: string; decided?: boolean }

export function QueueTable({ rows, caption, decided = false, ...of }: Props) {
  const columns = decided
    ? [nameColumn(of), RISK, DECISION, STATE, AT, undoColumn(of.campaign)]
    : [nameColumn(of), RISK, BECAUSE, STATE]
  return <DataTable caption={caption} columns={columns} rows={rows} rowKey={(row) => row.id} />
}
