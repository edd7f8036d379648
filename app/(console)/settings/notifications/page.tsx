// Notifications: when one wants to be told; and, for those who see to it, by which channels and what is usual here.
import type { Metadata } from 'next'
import { may, type Actor } from '@/core/permissions'
import { listChannels } from '@/governance/channels/list-channels'
import { noticeCounts } from '@/governance/notices/list-notices'
import { preferencesView } from '@/governance/notices/set-preferences'
import { requireActor } from '@/app/_session/actor'
import { ButtonLink } from '@/app/_ui/button'
import { Link } from '@/app/_ui/link'
import { Notice } from '@/app/_ui/notice'
import { Page } from '@/app/_ui/page'
import { Section } from '@/app/_ui/section'
import { savePreferences, saveUsual } from './actions'
import { PreferencesForm } from './preferences-form'
import { ChannelTable } from './channel-table'

export const metadata: Metadata = { title: 'Notifications' }
const PLACE = '/settings/notifications'

async function Channels({ actor }: { actor: Actor }) {
  const [channels, { waiting, dead }] = await Promise.all([listChannels(actor), noticeCounts(actor)])
  const mail = channels.some((channel) => channel.mail)
  return (
    <Section
      id="channels"
      title="Channels"
      lead="The ways by which notices go out. Secrets of a channel are kept encrypted and never shown."
      aside={
        <Link href={`${PLACE}/outbox`} className="link">
          Outbox: {waiting.toLocaleString('en')} waiting, {dead.toLocaleString('en')} given up
        </Link>
      }
    >
      {!mail && (
        <div className="mb-3">
          <Notice tone="warn" title="Nobody is told anything by mail.">
            There is no channel for mail, or it is off.
          </Notice>
        </div>
      )}
      {channels.length > 0 && <ChannelTable channels={channels} />}
      {may(actor, 'setting:manage') && (
        <div className="mt-3">
          <ButtonLink href={`${PLACE}/new`}>Add a channel</ButtonLink>
        </div>
      )}
    </Section>
  )
}

export default async function NotificationsPage() {
  const actor = await requireActor('notice:prefer')
  const { own, usual, isOwn } = await preferencesView(actor)
  return (
    <Page
      title="Notifications"
      crumbs={[{ title: 'Settings', href: '/settings/appearance' }]}
      lead="What concerns you comes by mail. What can wait is put into one mail a day, and nothing but what is urgent comes in quiet hours."
    >
      <Section
        id="own"
        title="When you are told"
        lead={isOwn ? undefined : 'You have not said, so what is usual here counts.'}
      >
        <PreferencesForm action={savePreferences} label="When you are told" held={own} />
      </Section>
      {may(actor, 'notice:read') && <Channels actor={actor} />}
      {may(actor, 'setting:manage') && (
        <Section
          id="usual"
          title="What is usual here"
          lead="For everybody who has not said when they want to be told. Channels tell instants in this time zone."
        >
          <PreferencesForm action={saveUsual} label="What is usual here" held={usual} />
        </Section>
      )}
    </Page>
  )
}
