// `sample add|remove`: the sample organisation.
import { Command } from 'commander'
import { addSample } from '@/governance/sample/add-sample'
import { removeSample } from '@/governance/sample/remove-sample'
import { cliCommand } from '../command'
import { exitOfRun, worstExit, type Exit } from '../exit-codes'
import { followRun, printRun } from '../follow-run'

const add = cliCommand('add', 'add the sample organisation', async ({ actor, out }) => {
  const { connections } = await addSample(actor, {})
  const runs = []
  const exits: Exit[] = []
  for (const { runId } of connections) {
    const detail = await followRun({ actor, out }, runId)
    runs.push(detail)
    exits.push(exitOfRun(detail.run.state))
    if (!out.json) await printRun({ actor, out }, detail)
  }
  if (out.json) await out.answer('sample/1', { runs })
  return worstExit(exits)
})

const remove = cliCommand(
  'remove',
  'remove the sample organisation and all it brought',
  async ({ actor, out }) => {
    const { removed } = await removeSample(actor, {})
    if (out.json) await out.answer('sample/1', { removed })
    else
      await out.line(removed ? 'The sample organisation was removed.' : 'There was no sample organisation.')
  },
)

export const sample = new Command('sample')
  .description('the sample organisation')
  .addCommand(add)
  .addCommand(remove)
