// Adding a channel: choose what kind, enter its settings, then test it.
import type { Metadata } from 'next'
import { channelFields, channelKindViews } from '@/governance/channels/list-channels'
import { ActionForm } from '@/app/_form/action-form'
import { Submit } from '@/app/_form/submit'
import { flatParams } from '@/app/_list/query'
import { requireActor } from '@/app/_session/actor'
import type { SearchProps } from '@/app/_session/route-props'
import { Link } from '@/app/_ui/link'
import { Page } from '@/app/_ui/page'
import { Panel } from '@/app/_ui/section'
import { add } from '../actions'
import { ChannelFields } from '../channel-fields'

export const metadata: Metadata = { title: 'Add a channel' }
const CRUMBS = [{ title: 'Notifications', href: '/settings/notifications' }]

function Choice() {
  return (
    <Page title="Add a channel" crumbs={CRUMBS} lead="By which way are notices to go out?">
      <ul className="grid gap-3 sm:grid-cols-2">
        {channelKindViews().map(({ id, title, summary }) => (
          <li key={id}>
            <Panel className="relative flex h-full flex-col gap-1 p-4 hover:bg-hover">
              <h2 className="text-section">
                <Link
                  href={`/settings/notifications/new?kind=${id}`}
                  data-row-link
                  prefetch={false}
                  className="after:absolute after:inset-0"
                >
                  {title}
                </Link>
              </h2>
              <p className="text-muted">{summary}</p>
            </Panel>
          </li>
        ))}
      </ul>
    </Page>
  )
}

export default async function NewChannelPage({ searchParams }: SearchProps) {
  await requireActor('setting:manage')
  const { kind } = flatParams(await searchParams)
  const chosen = channelKindViews().find(({ id }) => id === kind)
  if (!chosen) return <Choice />
  return (
    <Page
      title={`Add a channel: ${chosen.title}`}
      crumbs={[...CRUMBS, { title: 'Add a channel', href: '/settings/notifications/new' }]}
      lead={chosen.summary}
      narrow
    >
      <ActionForm action={add} label="Add a channel" className="flex max-w-120 flex-col gap-4">
        <input type="hidden" name="kind" value={chosen.id} />
        <ChannelFields
          name={chosen.title}
          fields={channelFields(chosen.id)}
          takes={chosen.reachesPeople ? undefined : []}
          canBePersonal={chosen.canBePersonal}
        />
        <div>
          <Submit busy="Saving…">Save</Submit>
        </div>
      </ActionForm>
    </Page>
  )
}
