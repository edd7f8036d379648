// A new delivery: choose what kind of place, then say what is asked, when, and where it goes.
import type { Metadata } from 'next'
import { deliveryFields, placeViews } from '@/governance/packs/delivery/listing/list-deliveries'
import { ActionForm } from '@/app/_form/action-form'
import { Submit } from '@/app/_form/submit'
import { flatParams } from '@/app/_list/query'
import { requireActor } from '@/app/_session/actor'
import type { SearchProps } from '@/app/_session/route-props'
import { Link } from '@/app/_ui/link'
import { Page } from '@/app/_ui/page'
import { Panel } from '@/app/_ui/section'
import { add } from '../actions'
import { DeliveryFields } from '../delivery-fields'

export const metadata: Metadata = { title: 'New delivery' }
const NEW = '/evidence/deliveries/new'
const CRUMBS = [
  { title: 'Evidence', href: '/evidence' },
  { title: 'Deliveries', href: '/evidence/deliveries' },
]

function Choice() {
  return (
    <Page title="New delivery" crumbs={CRUMBS} lead="Where are its packs to be taken?">
      <ul className="grid gap-3 sm:grid-cols-2">
        {placeViews().map(({ id, title, summary }) => (
          <li key={id}>
            <Panel className="relative flex h-full flex-col gap-1 p-4 hover:bg-hover">
              <h2 className="text-section">
                <Link
                  href={`${NEW}?kind=${id}`}
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

export default async function NewDeliveryPage({ searchParams }: SearchProps) {
  const actor = await requireActor('evidence:manage')
  const { kind } = flatParams(await searchParams)
  const chosen = placeViews().find(({ id }) => id === kind)
  if (!chosen) return <Choice />
  return (
    <Page
      title={`New delivery: ${chosen.title.toLowerCase().replace('s3', 'S3')}`}
      crumbs={[...CRUMBS, { title: 'New delivery', href: NEW }]}
      lead={`${chosen.summary} It asks as you: it stands still when you have no account in use any more, or may not.`}
      narrow
    >
      <ActionForm action={add} label="New delivery" className="flex max-w-160 flex-col gap-4">
        <input type="hidden" name="kind" value={chosen.id} />
        <DeliveryFields fields={deliveryFields(chosen.id)} tell={actor.email ? [actor.email] : []} />
        <div>
          <Submit busy="Saving…">Set up</Submit>
        </div>
      </ActionForm>
    </Page>
  )
}
