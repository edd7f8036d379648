// One delivery: how it stands, what became of each period, a try, and its settings.
import type { Metadata } from 'next'
import { may } from '@/core/permissions'
import {
  deliveryDetail,
  deliveryFields,
  type DeliveryDetail,
} from '@/governance/packs/delivery/listing/list-deliveries'
import { deliveryStanding, isInTrouble } from '@/governance/packs/delivery/listing/standing'
import { ActionForm } from '@/app/_form/action-form'
import { TextField } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { requireActor } from '@/app/_session/actor'
import { orNotFound } from '@/app/_session/or-not-found'
import type { IdProps } from '@/app/_session/route-props'
import { Moment } from '@/app/_ui/moment'
import { Notice } from '@/app/_ui/notice'
import { Page } from '@/app/_ui/page'
import { Section } from '@/app/_ui/section'
import { remove, save, tryNow, turn } from '../actions'
import { DeliveryFields } from '../delivery-fields'
import { questionWords } from '../question'
import { DeliveryWord, EVERY_WORDS } from '../state'
import { History } from './history'

export const metadata: Metadata = { title: 'Delivery' }

function Facts({ delivery }: { delivery: DeliveryDetail }) {
  const { next, as, tell, question, every, waitHours, place } = delivery
  const facts = [
    ['What is asked', questionWords(question)],
    ['How often', `${EVERY_WORDS[every]}, ${waitHours} hours after its end (UTC)`],
    ['Where to', place ?? 'Its settings cannot be read'],
    ['Next due', next ? <Moment key="next" at={next.due} full /> : 'Not while it stands still'],
    ['Asks as', as.name],
    ['Told', tell.length ? tell.map(({ name, email }) => `${name} (${email})`).join(', ') : 'Nobody'],
  ] as const
  return (
    <dl className="grid max-w-[90ch] grid-cols-[10rem_1fr] gap-x-4 gap-y-2 max-sm:grid-cols-1">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted max-sm:mt-1">{name}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Try({ id }: { id: string }) {
  return (
    <Section
      id="try"
      title="Try now"
      lead="Writes something small there and reads it back, and takes up again what was given up or waits for its next attempt."
    >
      <ActionForm action={tryNow} label="Try now">
        <input type="hidden" name="id" value={id} />
        <Submit look="plain" busy="Trying…">
          Try now
        </Submit>
      </ActionForm>
    </Section>
  )
}

function Settings({ delivery }: { delivery: DeliveryDetail }) {
  return (
    <Section id="settings" title="Settings" lead="Whoever saves them is as whom it asks from then on.">
      {delivery.settingsProblem && (
        <div className="mb-3">
          <Notice tone="danger" title="The settings cannot be read.">
            {delivery.settingsProblem}
          </Notice>
        </div>
      )}
      <ActionForm action={save} label="Settings of this delivery" className="flex max-w-160 flex-col gap-4">
        <input type="hidden" name="id" value={delivery.id} />
        <DeliveryFields
          fields={deliveryFields(delivery.kind)}
          held={delivery}
          tell={delivery.tell.map(({ email }) => email)}
        />
        <div>
          <Submit busy="Saving…">Save settings</Submit>
        </div>
      </ActionForm>
    </Section>
  )
}

function Ending({ delivery: { id, title, paused } }: { delivery: DeliveryDetail }) {
  return (
    <Section id="end" title={paused ? 'Resume or remove' : 'Pause or remove'}>
      <div className="flex flex-col gap-4">
        <ActionForm action={turn} label="Pause or resume the delivery">
          <input type="hidden" name="id" value={id} />
          <input type="hidden" name="on" value={String(paused !== undefined)} />
          <Submit look="plain">{paused ? 'Resume' : 'Pause'}</Submit>
        </ActionForm>
        <ActionForm action={remove} label="Remove the delivery" className="flex max-w-104 flex-col gap-3">
          <input type="hidden" name="id" value={id} />
          <TextField
            name="typed"
            label={`Type ${title} to remove it`}
            required
            autoComplete="off"
            spellCheck={false}
            hint="Its settings and its history here go. What was delivered stays where it is, and the activity log tells of it."
          />
          <div>
            <Submit look="danger">Remove</Submit>
          </div>
        </ActionForm>
      </div>
    </Section>
  )
}

export default async function DeliveryPage({ params }: IdProps) {
  const actor = await requireActor('delivery:read')
  const { id } = await params
  const delivery = await orNotFound(deliveryDetail(actor, id))
  return (
    <Page
      title={delivery.title}
      crumbs={[
        { title: 'Evidence', href: '/evidence' },
        { title: 'Deliveries', href: '/evidence/deliveries' },
      ]}
      aside={<DeliveryWord delivery={delivery} />}
      lead={delivery.kindTitle}
    >
      {isInTrouble(delivery) && (
        <div className="mb-4">
          <Notice
            tone={delivery.paused ? 'warn' : 'danger'}
            title={delivery.paused ? 'It stands still' : 'It does not get there'}
          >
            {deliveryStanding(delivery)}
          </Notice>
        </div>
      )}
      <Facts delivery={delivery} />
      <History periods={delivery.periods} />
      {may(actor, 'evidence:manage') && (
        <>
          <Try id={delivery.id} />
          <Settings delivery={delivery} />
          <Ending delivery={delivery} />
        </>
      )}
    </Page>
  )
}
