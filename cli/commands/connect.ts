// `connect <connector>`: keeps the settings of a source, encrypted, and reads it for the first time.
import { connectSource } from '@/governance/connections/connect-source'
import { settingsFields } from '@/governance/connections/settings-fields'
import { getSource } from '@/inventory/queries/get-source'
import { cliCommand } from '../command'
import { exitOfRun } from '../exit-codes'
import { followRun, printRun } from '../follow-run'
import { settingsFrom } from '../settings'

const collect = (value: string, before: string[]) => [...before, value]

export const connect = cliCommand(
  'connect',
  'connect a source and read it for the first time',
  async ({ actor, out, options }, connectorId = '') => {
    const given = { set: options.set as string[], fromEnv: options.fromEnv as string[] }
    // eslint-disable-next-line no-restricted-syntax -- the variables a person names for this one connection are not settings of Rollcall
    const settings = settingsFrom(given, settingsFields(connectorId), process.env)
    const name = typeof options.name === 'string' ? options.name : undefined
    const { id, runId } = await connectSource(actor, {
      connectorId,
      name,
      settings,
      sync: options.sync !== false,
    })
    if (!runId) {
      const { source } = await getSource(actor, id)
      if (out.json) await out.answer('source/1', { source })
      else await out.line(`Connected ${source.name} (${id}). Read it with: rollcall sync ${id}`)
      return
    }
    const detail = await followRun({ actor, out }, runId)
    if (out.json) await out.answer('run/1', detail)
    else await printRun({ actor, out }, detail)
    return exitOfRun(detail.run.state)
  },
  (command) =>
    command
      .argument('<connector>', 'which connector, by its id')
      .option('--name <name>', 'how to call the source; left out: the title of the connector')
      .option('--set <key=value>', 'a setting; may be repeated', collect, [])
      .option(
        '--from-env <key=VARIABLE>',
        'a setting from an environment variable, for secrets; may be repeated',
        collect,
        [],
      )
      .option('--no-sync', 'do not read it yet'),
)
