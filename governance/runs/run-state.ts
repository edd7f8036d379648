// What states a run can be in, and which of them say that it is not over.

export const RUN_STATES = [
  'waiting',
  'queued',
  'running',
  'following',
  'previewed',
  'complete',
  'partial',
  'failed',
  'cancelled',
] as const
export type RunState = (typeof RUN_STATES)[number]

/** Under way: a second run of the same connection would read the same source at the same time. */
export const UNDER_WAY: RunState[] = ['queued', 'running']
export const isUnderWay = (state: string): boolean => (UNDER_WAY as string[]).includes(state)

/** A run that follows its source between two syncs: it ends when the next of them begins, and holds none of them up. */
export const FOLLOWING: RunState = 'following'

/** A run that looks again at what was throttled, once it may: it holds no other up, and any sync takes its place. */
export const WAITING: RunState = 'waiting'

/** Why a run was started. */
export type Trigger = 'manual' | 'connect' | 'schedule' | 'retry' | 'import' | 'sample' | 'watch' | 'resume'
/** Runs that read only some of their source: none of them is the sync from which the next is due. */
export const NO_SYNC: Trigger[] = ['watch', 'resume']
