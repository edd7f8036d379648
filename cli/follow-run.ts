// Follows a run to its end: progress to standard error, the first Ctrl-C asks it to stop, the second only stops waiting.
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { cancelRun } from '@/governance/runs/cancel-run'
import { completenessOf } from '@/inventory/queries/completeness-of'
import { getRun } from '@/inventory/queries/get-run'
import { resumesWords } from '@/core/resume-words'
import type { RunDetail } from '@/inventory/queries/types'
import { runUntil } from '@/jobs/run-until'
import type { Output } from './output'
import { printable } from './table'

type Following = { actor: Actor; out: Output }

export async function followRun({ actor, out }: Following, runId: string): Promise<RunDetail> {
  const waiting = new AbortController()
  let asked = false
  const interrupt = () => {
    if (asked)
      return waiting.abort(
        new RollcallError('limited', `Stopped waiting. The run ${runId} goes on by itself.`),
      )
    asked = true
    out.say('Asking the run to stop. Press Ctrl-C again to stop waiting.')
    cancelRun(actor, { runId }).catch((error: unknown) => {
      out.say(error instanceof RollcallError ? error.message : 'The run could not be asked to stop.')
    })
  }
  process.on('SIGINT', interrupt)
  try {
    await runUntil(runId, {
      signal: waiting.signal,
      onProgress: ({ phase }) => out.say(phase),
      log: (line) => out.say(line),
    })
  } catch (error) {
    throw waiting.signal.aborted ? waiting.signal.reason : error
  } finally {
    process.off('SIGINT', interrupt)
  }
  return getRun(actor, runId)
}

/** What a run came to, for people: how it ended, what changed, what was refused, and what everything now rests on. */
export async function printRun(
  { actor, out }: Following,
  { run, connection, changes, coverage }: RunDetail,
): Promise<void> {
  await out.line(printable(`${connection.name}: ${run.state}. ${run.error ?? ''}`.trim()))
  if (run.resumes) await out.line(resumesWords(run.resumes))
  if (run.state === 'partial') await out.line(printable(run.phase))
  const head = ['KIND', 'CREATED', 'UPDATED', 'RETIRED', 'RESTORED', 'UNCHANGED']
  await out.table(
    head,
    Object.entries(changes).map(([kind, c]) =>
      [kind, c.created, c.updated, c.retired, c.restored, c.unchanged].map(String),
    ),
  )
  const refused = coverage.rows.filter((look) => look.state === 'partial' || look.gaps.length)
  await out.table(
    ['NOT SEEN IN FULL', 'KIND', 'SCOPE', 'WHY', 'PERMISSION'],
    refused.flatMap((look) =>
      look.state === 'partial'
        ? [[look.stream, look.kind, look.scope.name, look.why ?? '', look.permission ?? '']]
        : look.gaps.map((gap) => [
            look.stream,
            look.kind,
            look.scope.name,
            `${gap.why}, ${gap.count === 1 ? 'once' : `${gap.count} times`}`,
            gap.permission,
          ]),
    ),
  )
  await out.restsOn(await completenessOf(actor))
}
