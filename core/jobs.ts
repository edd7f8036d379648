// Names and payloads of background jobs: ids only, everything else is read from the database by the handler.
import { z } from 'zod'

export const JOBS = {
  /** Reads one connection; the run row holds progress, cancel and result. */
  'sync-connection': z.strictObject({ runId: z.uuid() }),
  /** Keeps up with a source that tells its changes, until its next sync. */
  'follow-connection': z.strictObject({ connectionId: z.uuid() }),
  /** Brings in what a source has sent by itself. */
  'apply-received': z.strictObject({ connectionId: z.uuid() }),
  /** Asks all rules about the identities a run touched, or all of a scope. */
  'evaluate-scope': z.strictObject({ scopeId: z.uuid(), runId: z.uuid().nullable() }),
  /** Joins what waits: things of one source with those of others that they name. */
  'join-changes': z.strictObject({}),
  /** Has the scopes asked in which time alone may have changed an answer. */
  'evaluate-due': z.strictObject({}),
  /** Judges what the identities of a scope may do and whom they can act as. */
  'analyse-scope': z.strictObject({ scopeId: z.uuid() }),
  /** Sends the notices that are due. */
  'send-notices': z.strictObject({}),
  /** Freezes the population of a campaign. */
  'prepare-campaign': z.strictObject({ campaignId: z.uuid() }),
  /** Builds a pack of evidence. */
  'build-pack': z.strictObject({ packId: z.uuid() }),
  /** Takes sealed packs to where they are to be delivered. */
  'deliver-packs': z.strictObject({}),
  /** Lets go of versions that are older than history is kept. */
  'compact-history': z.strictObject({}),
  /** Starts the syncs that are due, and re-evaluates what only time has changed. */
  tick: z.strictObject({}),
} as const
export type JobName = keyof typeof JOBS
export type JobPayload<N extends JobName> = z.infer<(typeof JOBS)[N]>
