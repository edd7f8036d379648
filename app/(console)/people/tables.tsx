// People and teams of the directory: whether they are there, what says so, and how many identities they answer for.
import type { PersonView } from '@/governance/directory/list-people'
import type { TeamView } from '@/governance/directory/list-teams'
import { DataTable, type Column } from '@/app/_list/data-table'
import { hrefWith } from '@/app/_list/query'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { StateWord, type Tone } from '@/app/_ui/state-word'

export const STANDING_WORDS: Record<PersonView['standing'], { tone: Tone; title: string }> = {
  here: { tone: 'ok', title: 'Here' },
  left: { tone: 'danger', title: 'Left' },
  unknown: { tone: 'unknown', title: 'Not known' },
}

function Owned({ owner, count }: { owner: string; count: number }) {
  if (!count) return '0'
  return (
    <Link href={hrefWith('/identities', {}, { owner })} prefetch={false} className="link">
      {count.toLocaleString('en')}
    </Link>
  )
}

function Sources({ sources }: Pick<PersonView, 'sources'>) {
  if (!sources.length) return <span className="text-muted">No source: named by a source of identities</span>
  return (
    <ul className="text-caption">
      {sources.map(({ source, isActive, at }) => (
        <li key={source}>
          {source}: {isActive ? 'here' : 'left'} <Moment at={at} />
        </li>
      ))}
    </ul>
  )
}

const PEOPLE: Column<PersonView>[] = [
  {
    key: 'name',
    title: 'Person',
    cell: (row) => (
      <span className="block min-w-40 [overflow-wrap:anywhere] whitespace-normal">
        <span className="font-medium">{row.name}</span>
        {row.email && <span className="block text-caption text-muted">{row.email}</span>}
      </span>
    ),
  },
  {
    key: 'standing',
    title: 'Standing',
    cell: (row) => (
      <StateWord tone={STANDING_WORDS[row.standing].tone}>
        {STANDING_WORDS[row.standing].title} {row.leftAt && <Moment at={row.leftAt} />}
      </StateWord>
    ),
  },
  { key: 'sources', title: 'Known from', cell: (row) => <Sources sources={row.sources} /> },
  { key: 'teams', title: 'Teams', cell: (row) => row.teams.join(', ') || 'None' },
  { key: 'manager', title: 'Manager', cell: (row) => row.manager?.name ?? 'None told' },
  {
    key: 'identities',
    title: 'Answers for',
    numeric: true,
    cell: (row) => <Owned owner={row.email ?? row.name} count={row.identities} />,
  },
]

const TEAMS: Column<TeamView>[] = [
  { key: 'name', title: 'Team', cell: (row) => <span className="font-medium">{row.name}</span> },
  { key: 'source', title: 'Known from', cell: (row) => row.source },
  { key: 'lead', title: 'Lead', cell: (row) => row.lead?.name ?? 'None told' },
  {
    key: 'members',
    title: 'Members who are here',
    numeric: true,
    cell: (row) => `${row.here} of ${row.members}`,
  },
  {
    key: 'identities',
    title: 'Answers for',
    numeric: true,
    cell: (row) => <Owned owner={row.name} count={row.identities} />,
  },
]

export const PeopleTable = ({ rows }: { rows: PersonView[] }) => (
  <DataTable caption="People" columns={PEOPLE} rows={rows} rowKey={(row) => row.id} />
)
export const TeamTable = ({ rows }: { rows: TeamView[] }) => (
  <DataTable caption="Teams" columns={TEAMS} rows={rows} rowKey={(row) => row.id} />
)
