// What only time brings about, once a minute: due syncs, stale previews, lost runs, verdicts that age.
import { endLostRuns } from '@/governance/runs/end-lost-runs'
import { startTracing } from '@/governance/access/start-tracing'
import { startFollowing } from '@/governance/runs/start-following'
import { startReceiving } from '@/governance/received/start-receiving'
import { startDueResumes } from '@/governance/runs/start-due-resumes'
import { startDueSyncs } from '@/governance/runs/start-due-syncs'
import { discardStalePreviews } from '@/governance/imports/discard-stale-previews'
import { endExpired } from '@/governance/exceptions/end-expired'
import { startSending } from '@/governance/notices/start-sending'
import { tellEnding } from '@/governance/exceptions/tell-ending'
import { tellStale } from '@/governance/runs/tell-stale'
import { evaluateAged } from '@/governance/runs/evaluate-aged'
import { dropForgottenStaging } from '@/inventory/staging/table'
import { startCompaction } from '@/inventory/retention/start-compaction'
import { startJoining } from '@/inventory/joins/start-joining'
import { handOverLeft } from '@/governance/campaigns/hand-over-left'
import { closeDone } from '@/governance/campaigns/events/close-done'
import { noteEvents } from '@/governance/campaigns/events/note-events'
import { openCards } from '@/governance/campaigns/events/open-cards'
import { tellRemediations } from '@/governance/campaigns/telling/tell-remediations'
import { remindDue } from '@/governance/campaigns/telling/remind'
import { askDue } from '@/governance/packs/delivery/asking/ask-due'
import { startDelivering } from '@/governance/packs/delivery/delivering/start-delivering'
import { sweepPacks } from '@/governance/packs/sweep'
import { forgetDeadWorkers } from './worker-beat'

/** Each step stands alone: one that fails does not keep the others from being done. */
export async function tick(now = new Date()): Promise<void> {
  const steps = [
    endLostRuns,
    discardStalePreviews,
    startDueSyncs,
    // After the syncs: one that is due takes its place.
    startDueResumes,
    startFollowing,
    startReceiving,
    endExpired,
    tellEnding,
    tellStale,
    handOverLeft,
    // After the handing over: who has left is not reminded.
    remindDue,
    tellRemediations,
    noteEvents,
    // After both: what they noted is asked about at once.
    openCards,
    closeDone,
    evaluateAged,
    dropForgottenStaging,
    startCompaction,
    startJoining,
    startTracing,
    // Before what is let go: what is built for a delivery is taken there first.
    askDue,
    startDelivering,
    sweepPacks,
    startSending,
    forgetDeadWorkers,
  ]
  const errors: unknown[] = []
  for (const step of steps) {
    try {
      await step(now)
    } catch (error) {
      errors.push(error)
    }
  }
  if (errors.length) throw new AggregateError(errors, 'some of what is done every minute failed')
}
