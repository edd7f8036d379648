// `sync <source>`: reads a source now and waits; without a worker it is read by this process.
import { requestSync } from '@/governance/runs/request-sync'
import { resolveSource } from '@/inventory/queries/resolve-source'
import { cliCommand } from '../command'
import { exitOfRun } from '../exit-codes'
import { followRun, printRun } from '../follow-run'

export const sync = cliCommand(
  'sync',
  'read a source now and wait for the end',
  async ({ actor, out }, source = '') => {
    const connectionId = await resolveSource(actor, source)
    const { runId, alreadyUnderWay } = await requestSync(actor, { connectionId })
    if (alreadyUnderWay) out.say('A run of this source is under way already: waiting for it.')
    const detail = await followRun({ actor, out }, runId)
    if (out.json) await out.answer('run/1', detail)
    else await printRun({ actor, out }, detail)
    return exitOfRun(detail.run.state)
  },
  (command) => command.argument('<source>', 'its name or id, as `sources` lists them'),
)
