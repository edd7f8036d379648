// What has happened and waits for a card: how much of which cause, what of it is excepted, and letting go of it with a reason.
import type { EventReviews } from '@/governance/campaigns/events/event-policy'
import { ActionForm } from '@/app/_form/action-form'
import { CheckField, TextArea } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { Section } from '@/app/_ui/section'
import { letGo } from './actions'

type Row = EventReviews['waiting'][number]
const COLUMNS: Column<Row>[] = [
  { key: 'cause', title: 'What has happened', cell: (row) => row.title },
  { key: 'count', title: 'Waiting', numeric: true, cell: (row) => row.count.toLocaleString('en') },
  {
    key: 'excepted',
    title: 'Of these excepted',
    numeric: true,
    cell: (row) =>
      row.excepted ? (
        <Link href="/exceptions?state=approved" className="link">
          {row.excepted.toLocaleString('en')}
        </Link>
      ) : (
        0
      ),
  },
  { key: 'since', title: 'The oldest', cell: (row) => <Moment at={row.since} /> },
]

function LetGo({ waiting }: { waiting: Row[] }) {
  return (
    <details className="mt-3 rounded-lg border border-hairline px-3 py-2">
      <summary className="cursor-pointer font-medium select-none">Let go of some</summary>
      <ActionForm
        action={letGo}
        label="Let go of what waits"
        resets
        className="mt-3 flex max-w-120 flex-col gap-3"
      >
        <p className="text-muted">
          No card is opened for what has happened so far. What happens later opens one.
        </p>
        {waiting.map(({ cause, title }) => (
          <CheckField key={cause} name={`cause.${cause}`} label={title} />
        ))}
        <TextArea name="reason" label="Why" required rows={2} maxLength={2000} />
        <div>
          <Submit look="plain" busy="Letting go…">
            Let go of these
          </Submit>
        </div>
      </ActionForm>
    </details>
  )
}

export function Waiting({ waiting, mayManage }: { waiting: Row[]; mayManage: boolean }) {
  return (
    <Section
      id="waiting"
      title="What waits for a card"
      lead="An approved exception keeps what it is about from being asked, as long as it counts; what it is about waits here."
    >
      {waiting.length > 0 ? (
        <DataTable
          caption="What waits for a card"
          columns={COLUMNS}
          rows={waiting}
          rowKey={(row) => row.cause}
        />
      ) : (
        <p className="text-muted">Nothing waits.</p>
      )}
      {waiting.length > 0 && mayManage && <LetGo waiting={waiting} />}
    </Section>
  )
}
