// A page of the record: it shows the moment its address asks about, or says why it cannot. Never the present instead.
import type { Metadata } from 'next'
import type { ReactElement } from 'react'
import type { Moment } from '@/core/moment'
import type { Actor, Permission } from '@/core/permissions'
import { atMoment } from '@/inventory/moment/at-moment'
import { MomentRefused } from '../_shell/moment-refused'
import { requireActor } from './actor'
import { askedMoment } from './asked-moment'
import type { SearchProps } from './route-props'

export type View = {
  actor: Actor
  /** Undefined is the present. */
  moment: Moment | undefined
  /** Runs reads about the moment: whatever is read outside of it is of the present. */
  at: <T>(read: () => T) => T
}

const viewOf = (actor: Actor, moment: Moment | undefined): View => ({
  actor,
  moment,
  at: (read) => atMoment(moment, read),
})

export function recordPage<P extends SearchProps>(
  permission: Permission | undefined,
  show: (view: View, props: P) => Promise<ReactElement>,
) {
  return async function RecordPage(props: P): Promise<ReactElement> {
    const actor = await requireActor(permission)
    const asked = await askedMoment(await props.searchParams)
    if (asked.refused !== undefined) return <MomentRefused why={asked.refused} />
    return show(viewOf(actor, asked.moment), props)
  }
}

/** The title of a page of the record, read at the same moment. */
export function recordTitle<P extends SearchProps>(
  permission: Permission,
  titleOf: (view: View, props: P) => Promise<string>,
) {
  return async function generateMetadata(props: P): Promise<Metadata> {
    const actor = await requireActor(permission)
    const asked = await askedMoment(await props.searchParams)
    if (asked.refused !== undefined) return { title: 'Moment not available' }
    return { title: await titleOf(viewOf(actor, asked.moment), props) }
  }
}
