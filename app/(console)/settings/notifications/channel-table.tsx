// The channels, and how each does.
import type { ChannelView } from '@/governance/channels/list-channels'
import { kindTitle } from '@/governance/notices/templates/kinds'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { ChannelWord, isFailing } from './state'

const whatOf = ({ mail, takes, enabled, person }: ChannelView): string => {
  if (person) return `What ${person.name} is asked, with the link that opens it`
  if (takes.length) return takes.map(kindTitle).join(', ')
  if (mail) return 'Mail to people'
  return enabled ? 'Spare: mail goes by another one' : 'Mail to people, when it is on'
}

const COLUMNS: Column<ChannelView>[] = [
  {
    key: 'name',
    title: 'Name',
    cell: (channel) => (
      <>
        <Link
          href={`/settings/notifications/channels/${channel.id}`}
          data-row-link
          prefetch={false}
          className="row-link"
        >
          {channel.name}
        </Link>
        <span className="block text-caption text-muted">{channel.kindTitle}</span>
      </>
    ),
  },
  {
    key: 'state',
    title: 'State',
    cell: (channel) => (
      <>
        <ChannelWord channel={channel} />
        {isFailing(channel) && (
          <span className="block max-w-80 text-caption text-muted">{channel.lastFailure}</span>
        )}
      </>
    ),
  },
  { key: 'what', title: 'What goes there', cell: whatOf },
  {
    key: 'waiting',
    title: 'Waiting',
    numeric: true,
    cell: (channel) => channel.waiting.toLocaleString('en'),
  },
  {
    key: 'accepted',
    title: 'Last accepted',
    cell: ({ lastSuccessAt }) =>
      lastSuccessAt ? <Moment at={lastSuccessAt} /> : <span className="text-muted">Never</span>,
  },
]

export function ChannelTable({ channels }: { channels: ChannelView[] }) {
  return <DataTable caption="Channels" columns={COLUMNS} rows={channels} rowKey={({ id }) => id} />
}
