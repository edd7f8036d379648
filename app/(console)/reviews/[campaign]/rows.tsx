// The rows of a part of one's queue: in sets, by system or kind, or as one list.
import type { Actor } from '@/core/permissions'
import { handedOn } from '@/governance/campaigns/reviewing/handed-on'
import type { Counted } from '@/governance/campaigns/reviewing/tally'
import { hrefWith } from '@/app/_list/query'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Handed } from './handed'
import { Groups } from './groups'
import { readQueue } from './queue'
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

type Props = {
  actor: Actor
  id: string
  filter: QueueFilter
  tally: Counted[]
  params: Record<string, string>
}

export async function Rows({ actor, id, filter, tally, params }: Props) {
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
        <Groups campaign={id} queue={queue} path={path} params={params} />
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
