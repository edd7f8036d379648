// The rows of a part of one's queue: in sets, by system or kind, or as one list.
import type { Actor } from '@/core/permissions'
import { handedOn } from '@/governance/campaigns/reviewing/handed-on'
import type { Counted } from '@/governance/campaigns/reviewing/tally'
import { typeTitle } from '@/app/_inventory/type-title'
import { hrefWith } from '@/app/_list/query'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Link } from '@/app/_ui/link'
import { Section } from '@/app/_ui/section'
import { Handed } from './handed'
import { readQueue, type Queue, type Shown } from './queue'
import type { QueueFilter, Show } from './show'
import { QueueTable } from './table'

const EMPTY: Record<Exclude<Show, 'handed'>, { title: string; text: string }> = {
  open: {
    title: 'Nothing is open here',
    text: 'Everything of this part is decided. What you decided can be changed until you sign it off.',
  },
  decided: {
    title: 'Nothing is decided yet',
    text: 'What you decide is kept here, and can be taken back until you sign it off.',
  },
  second: {
    title: 'No second look is asked of you',
    text: 'Of some items a second person says what they would decide, without being told what the first one said.',
  },
}

function Groups({
  id,
  queue,
  path,
  params,
}: {
  id: string
  queue: Queue
  path: string
  params: Record<string, string>
}) {
  const title = ({ group }: Shown) =>
    group ? (group.key === group.title ? typeTitle(group.title) : group.title) : ''
  return (
    <>
      {queue.shown.map((shown) => {
        const { group, part, page } = shown
        if (!group)
          return <QueueTable key="all" campaign={id} part={part} rows={page.rows} caption="Open items" />
        const rest = group.sum.open - page.rows.length
        return (
          <Section
            key={group.key}
            id={`group-${group.key}`}
            title={title(shown)}
            aside={`${group.sum.open.toLocaleString('en')} of ${group.sum.items.toLocaleString('en')} open${group.sum.high ? `, ${group.sum.high} of high risk` : ''}`}
          >
            <QueueTable campaign={id} part={part} rows={page.rows} caption={title(shown)} />
            {rest > 0 && (
              <p className="mt-2">
                <Link
                  href={hrefWith(path, params, { view: 'flat', ...part, done: undefined })}
                  className="link"
                >
                  {rest.toLocaleString('en')} more in {title(shown)}
                </Link>
              </p>
            )}
          </Section>
        )
      })}
      {queue.others.length > 0 && (
        <p className="mt-4 text-muted">
          Others with something open:{' '}
          {queue.others.slice(0, 50).map(({ key, title: name, sum }, at) => (
            <span key={key}>
              {at > 0 && ', '}
              <Link
                href={hrefWith(path, params, {
                  view: 'flat',
                  [key === name ? 'type' : 'scope']: key,
                  done: undefined,
                })}
                className="link"
              >
                {key === name ? typeTitle(name) : name}
              </Link>{' '}
              ({sum.open})
            </span>
          ))}
          {queue.others.length > 50 && ` and ${queue.others.length - 50} more`}
        </p>
      )}
    </>
  )
}

export async function Rows({
  actor,
  id,
  filter,
  tally,
  params,
}: {
  actor: Actor
  id: string
  filter: QueueFilter
  tally: Counted[]
  params: Record<string, string>
}) {
  const path = `/reviews/${id}`
  if (filter.show === 'handed') return <Handed {...await handedOn(actor, id)} />
  const queue = await readQueue(actor, id, filter, tally)
  const [only] = queue.shown
  if (!only?.page.rows.length && !queue.others.length)
    return <Empty title={EMPTY[filter.show].title}>{EMPTY[filter.show].text}</Empty>
  const next = queue.shown.length === 1 && !only?.group ? only?.page.next : undefined
  return (
    <>
      {filter.show === 'open' ? (
        <Groups id={id} queue={queue} path={path} params={params} />
      ) : (
        <QueueTable
          campaign={id}
          part={only?.part ?? {}}
          rows={only?.page.rows ?? []}
          caption={filter.show === 'decided' ? 'Decided' : 'Second looks'}
          decided={filter.show === 'decided'}
        />
      )}
      {next && (
        <div className="mt-3 flex justify-end">
          <ButtonLink href={hrefWith(path, params, { after: next, done: undefined })} rel="next">
            Next set
          </ButtonLink>
        </div>
      )}
    </>
  )
}
