// One channel: how it does, a test of it, its settings, and turning it off or removing it.
import type { Metadata } from 'next'
import { may } from '@/core/permissions'
import {
  channelFields,
  channelKindViews,
  channelView,
  type ChannelDetail,
} from '@/governance/channels/list-channels'
import { ActionForm } from '@/app/_form/action-form'
import { TextField } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import type { IdProps } from '@/app/_session/route-props'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { Notice } from '@/app/_ui/notice'
import { Page } from '@/app/_ui/page'
import { Section } from '@/app/_ui/section'
import { remove, save, test, turn } from '../../actions'
import { ChannelFields } from '../../channel-fields'
import { ChannelWord } from '../../state'

export const metadata: Metadata = { title: 'Channel' }

function Standing({ channel }: { channel: ChannelDetail }) {
  const { lastSuccessAt, lastFailureAt, lastFailure, notBefore, waiting } = channel
  return (
    <dl className="grid max-w-[90ch] grid-cols-[10rem_1fr] gap-x-4 gap-y-2 max-sm:grid-cols-1">
      <dt className="text-muted">Last accepted</dt>
      <dd>{lastSuccessAt ? <Moment at={lastSuccessAt} full /> : 'Nothing yet'}</dd>
      <dt className="text-muted">Last failure</dt>
      <dd className="[overflow-wrap:anywhere]">
        {lastFailureAt ? (
          <>
            <Moment at={lastFailureAt} full />: {lastFailure}
          </>
        ) : (
          'None'
        )}
      </dd>
      {notBefore && (
        <>
          <dt className="text-muted">Asked to wait until</dt>
          <dd>
            <Moment at={notBefore} full />
          </dd>
        </>
      )}
      <dt className="text-muted">Waiting</dt>
      <dd>
        <Link href="/settings/notifications/outbox?state=waiting" className="link">
          {waiting.toLocaleString('en')}
        </Link>
      </dd>
    </dl>
  )
}

function Test({ channel, forPeople }: { channel: ChannelDetail; forPeople: boolean }) {
  return (
    <Section id="test" title="Test" lead="Sends one message now, as the channel is saved.">
      <ActionForm action={test} label="Test the channel" className="flex max-w-104 flex-col gap-3">
        <input type="hidden" name="channelId" value={channel.id} />
        {forPeople && (
          <TextField
            name="to"
            label="To"
            type="email"
            placeholder="Your own address"
            autoComplete="off"
            maxLength={254}
          />
        )}
        <div>
          <Submit look="plain" busy="Sending…">
            Send a test
          </Submit>
        </div>
      </ActionForm>
    </Section>
  )
}

function Ending({ channel }: { channel: ChannelDetail }) {
  return (
    <Section id="end" title={channel.enabled ? 'Turn off or remove' : 'Turn on or remove'}>
      <div className="flex flex-col gap-4">
        <ActionForm action={turn} label="Turn the channel on or off">
          <input type="hidden" name="channelId" value={channel.id} />
          <input type="hidden" name="on" value={String(!channel.enabled)} />
          <Submit look="plain">{channel.enabled ? 'Turn off' : 'Turn on'}</Submit>
        </ActionForm>
        <ActionForm action={remove} label="Remove the channel" className="flex max-w-104 flex-col gap-3">
          <input type="hidden" name="channelId" value={channel.id} />
          <TextField
            name="typed"
            label={`Type ${channel.name} to remove it`}
            required
            autoComplete="off"
            spellCheck={false}
            hint="Its settings go, and what waits for it alone is withdrawn. This cannot be undone."
          />
          <div>
            <Submit look="danger">Remove</Submit>
          </div>
        </ActionForm>
      </div>
    </Section>
  )
}

export default async function ChannelPage({ params }: IdProps) {
  const actor = await requireActor('notice:read')
  const { id } = await params
  const channel = await orNotFound(channelView(actor, id))
  const forPeople = channelKindViews().some((kind) => kind.id === channel.kind && kind.reachesPeople)
  return (
    <Page
      title={channel.name}
      crumbs={[{ title: 'Notifications', href: '/settings/notifications' }]}
      aside={<ChannelWord channel={channel} />}
      lead={channel.person ? `${channel.kindTitle}, ${channel.person.name}’s own` : channel.kindTitle}
      narrow
    >
      <Standing channel={channel} />
      {may(actor, 'setting:manage') && (
        <>
          <Test channel={channel} forPeople={forPeople} />
          <Section id="settings" title="Settings">
            {channel.settingsProblem && (
              <div className="mb-3">
                <Notice tone="danger" title="The settings cannot be read.">
                  {channel.settingsProblem}
                </Notice>
              </div>
            )}
            <ActionForm
              action={save}
              label="Settings of this channel"
              className="flex max-w-120 flex-col gap-4"
            >
              <input type="hidden" name="channelId" value={channel.id} />
              <ChannelFields
                name={channel.name}
                fields={channelFields(channel.kind)}
                held={channel.settings}
                takes={forPeople || channel.person ? undefined : channel.takes}
              />
              <div>
                <Submit busy="Saving…">Save settings</Submit>
              </div>
            </ActionForm>
          </Section>
          <Ending channel={channel} />
        </>
      )}
    </Page>
  )
}
