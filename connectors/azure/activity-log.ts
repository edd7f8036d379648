// Reads the Activity Log of a subscription, whole days of it at a time, or says why it was not read whole.
// https://learn.microsoft.com/azure/azure-monitor/essentials/rest-activity-log
import type { StreamAt } from '@/core/connector'
import { known, unknown, type Fact, type Instant, type Known, type Unknown } from '@/core/fact'
import { z } from 'zod'
import { Deeds } from './activity-deeds'
import { ACTIVITY } from './arm-calls'
import type { CallParams } from './call'
import { estateOf, permits } from './estate'
import { ActivityEvent, SELECTED } from './shapes-activity'

const DAY_MS = 24 * 3600_000
/** "Activity log events are retained in the Azure platform for 90 days." */
const KEPT_DAYS = 90
/** Events can be asked for some minutes after they happened (submissionTimestamp): a day counts once all of it surely can. */
const SETTLES_MS = 3600_000
/** So many pages of one subscription are read; how many events a page has is not documented. */
const PAGES_MAX = 2000
/** After so many subscriptions in a row that were throttled, no other is asked. */
const THROTTLED_MAX = 3

export type Window = { from: Instant; to: Instant }
export type Activity = { window: Window; deeds: Deeds }

/** In whole days, which are others once a day: what moves with each sync would write every grant anew. Never more than is kept. */
export function windowOf(now: Instant, days: number): Window {
  const at = Date.parse(now)
  const to = Math.floor((at - SETTLES_MS) / DAY_MS) * DAY_MS
  const from = Math.max(to - days * DAY_MS, Math.ceil((at - KEPT_DAYS * DAY_MS) / DAY_MS) * DAY_MS)
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() }
}

const Page = z.object({ value: z.array(ActivityEvent), nextLink: z.string().nullish() })

const LEFT_OUT = unknown('left-out', ACTIVITY, 'the Activity Log is no part of this look')
const NOT_LISTED = unknown('denied', ACTIVITY, 'its subscription may not be read')

type Told = Known<Activity> | Unknown
const asUnknown = (fact: Fact<unknown>): Unknown =>
  fact.state === 'unknown' ? fact : unknown('malformed', ACTIVITY, 'the answer is missing')

/** Logs of subscriptions, of which one is held at a time: assignments come subscription by subscription. */
export class ActivityLogs {
  private current: { subscription: string; told: Promise<Told> } | undefined
  private throttled = 0
  private stop: Unknown | undefined

  constructor(private readonly at: Pick<StreamAt, 'session' | 'now'>) {}

  of(subscription: string): Promise<Told> {
    if (this.current?.subscription !== subscription)
      this.current = { subscription, told: this.read(subscription) }
    return this.current.told
  }

  private async read(subscription: string): Promise<Told> {
    const { connection, rights } = await estateOf(this.at.session)
    if (connection.activityDays === 0) return LEFT_OUT
    const held = rights.get(subscription) ?? NOT_LISTED
    if (held.state !== 'known') return asUnknown(held)
    if (this.stop) return this.stop
    const isPermitted = permits(held.value, ACTIVITY)
    const told = await this.pages(subscription, {
      window: windowOf(this.at.now, connection.activityDays),
      pagesMax: isPermitted ? PAGES_MAX : 1,
    })
    this.heed(told)
    // What is answered all the same may be a part, as lists of Azure are: it was asked so that the refusal says what to grant.
    return told.state === 'known' && !isPermitted
      ? unknown('denied', ACTIVITY, `it is not permitted in subscription ${subscription} as a whole`)
      : told
  }

  private async pages(
    subscription: string,
    { window, pagesMax }: { window: Window; pagesMax: number },
  ): Promise<Told> {
    const { session } = this.at
    const asked: CallParams = {
      path: `/subscriptions/${subscription}/providers/Microsoft.Insights/eventtypes/management/values`,
      query: {
        $filter: `eventTimestamp ge '${window.from}' and eventTimestamp le '${window.to}'`,
        $select: SELECTED,
      },
    }
    const deeds = new Deeds()
    const read = await session.eachPage(ACTIVITY, asked, Page, {
      next: ({ nextLink }) => (nextLink ? { link: nextLink } : undefined),
      take: ({ value }) => {
        for (const deed of value) if (deed) deeds.add(deed)
      },
      pagesMax,
    })
    return read.state === 'known' ? known({ window, deeds }, ACTIVITY) : asUnknown(read)
  }

  private heed(told: Told): void {
    const isThrottled = told.state === 'unknown' && told.why === 'throttled'
    this.throttled = isThrottled ? this.throttled + 1 : 0
    if (isThrottled && this.throttled >= THROTTLED_MAX) this.stop = told
  }
}
