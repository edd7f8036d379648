// What states a run can be in, and which of them say that it is not over.

export const RUN_STATES = [
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

/** Why a run was started. */
export type Trigger = 'manual' | 'connect' | 'schedule' | 'retry' | 'import' | 'sample' | 'watch'
