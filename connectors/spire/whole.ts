// Whether a list is whole. A list made with a filter looks like one made without: only the server's own count tells.
import { known, unknown, type Fact } from '@/core/fact'
import type { Session } from '@/core/session'
import { AGENT_COUNT, AGENTS, ENTRIES, ENTRY_COUNT } from './calls'
import { Counted, type Entry } from './shapes'

/** Which entries are counted. */
export const OTHERS = { of: 'others' }
export const DOWNSTREAM = { of: 'downstream' }

const short = (permission: string, list: string): Fact<never> =>
  unknown(
    'not-offered',
    permission,
    `The server counts others than ${list} printed: it was run with a filter, or something changed in between. Run both again.`,
  )

/**
 * `entry count` leaves out entries of downstream servers unless it is asked for them alone: both counts are needed.
 * (cmd/spire-server/cli/entry/count.go since 1.9.6; earlier servers do not know the flag.)
 */
export async function allEntries(session: Session, entries: readonly Entry[]): Promise<Fact<true>> {
  const downstream = entries.filter((one) => one.downstream).length
  for (const [params, seen] of [
    [OTHERS, entries.length - downstream],
    [DOWNSTREAM, downstream],
  ] as const) {
    const told = await session.ask(ENTRY_COUNT, params, Counted)
    if (told.state !== 'known') return told
    if (told.value.count !== seen) return short(ENTRY_COUNT, ENTRIES)
  }
  return known(true, ENTRY_COUNT)
}

export async function allAgents(session: Session, seen: number): Promise<Fact<true>> {
  const told = await session.ask(AGENT_COUNT, {}, Counted)
  if (told.state !== 'known') return told
  return told.value.count === seen ? known(true, AGENT_COUNT) : short(AGENT_COUNT, AGENTS)
}
