// The columns of people and of teams as a file.
import type { Column } from '@/inventory/queries/columns'
import type { PersonView } from './list-people'
import type { TeamView } from './list-teams'

type Always = { always?: true }
const column =
  <T>() =>
  (key: string, title: string, csv: (row: T) => string, more: Always = {}): Column<T> => ({
    key,
    title,
    csv,
    ...more,
  })
const person = column<PersonView>()
const team = column<TeamView>()

export const personColumns: readonly Column<PersonView>[] = [
  person('id', 'Id', (r) => r.id, { always: true }),
  person('name', 'Name', (r) => r.name, { always: true }),
  person('email', 'E-mail', (r) => r.email ?? ''),
  person('standing', 'Standing', (r) => r.standing),
  person('leftAt', 'Left', (r) => r.leftAt ?? ''),
  person('manager', 'Manager', (r) => r.manager?.name ?? ''),
  person('teams', 'Teams', (r) => r.teams.join('; ')),
  person('sources', 'Known from', (r) => r.sources.map(({ source }) => source).join(' ')),
  person('identities', 'Identities', (r) => String(r.identities)),
]

export const teamColumns: readonly Column<TeamView>[] = [
  team('id', 'Id', (r) => r.id, { always: true }),
  team('name', 'Name', (r) => r.name, { always: true }),
  team('source', 'Known from', (r) => r.source),
  team('lead', 'Lead', (r) => r.lead?.name ?? ''),
  team('members', 'Members', (r) => String(r.members)),
  team('here', 'Members who are there', (r) => String(r.here)),
  team('identities', 'Identities', (r) => String(r.identities)),
]
