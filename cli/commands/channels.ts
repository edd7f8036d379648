// `channels`: how notices go out, and a test of one.
import { RollcallError } from '@/core/errors'
import { listChannels, type ChannelView } from '@/governance/channels/list-channels'
import { testChannel } from '@/governance/channels/test-channel'
import { cliCommand, type At } from '../command'
import { EXIT } from '../exit-codes'
import { printable } from '../table'
import { minute } from '../words'

const HEAD = ['NAME', 'KIND', 'STATE', 'WAITING', 'LAST ACCEPTED', 'LAST FAILED', 'WHY', 'ID']
const cells = (row: ChannelView): string[] => [
  row.name,
  row.kind,
  row.enabled ? 'on' : 'off',
  String(row.waiting),
  minute(row.lastSuccessAt),
  minute(row.lastFailureAt),
  row.lastFailure ?? '-',
  row.id,
]

/** @throws RollcallError `not-found` */
async function named({ actor }: At, reference: string): Promise<ChannelView> {
  const all = await listChannels(actor)
  const found = all.find(({ id, name }) => id === reference || name === reference)
  if (found) return found
  const names = all.map(({ name }) => name).join(', ')
  const others = names
    ? `There are: ${names}.`
    : 'There is none: add one in the browser, under Notifications.'
  throw new RollcallError('not-found', `There is no channel ${reference}. ${others}`)
}

const test = cliCommand(
  'test',
  'send a test by a channel, now, and say what came of it',
  async (at, reference = '') => {
    const { id } = await named(at, reference)
    const to = typeof at.options.to === 'string' ? { to: at.options.to } : {}
    const result = await testChannel(at.actor, { channelId: id, ...to })
    const isAccepted = result.state === 'accepted'
    if (at.out.json) await at.out.answer('channel-test/1', result)
    else
      await at.out.line(
        printable(`${isAccepted ? `Sent, and accepted at ${result.at}` : 'Not sent'}. ${result.words}`),
      )
    return isAccepted ? EXIT.ok : EXIT.failure
  },
  (command) => command.argument('<channel>', 'its name or id').option('--to <address>', 'of mail: to whom'),
)

export const channels = cliCommand(
  'channels',
  'list the channels that notices go out by, or test one',
  async ({ actor, out }) => {
    const rows = await listChannels(actor)
    if (out.json) return out.answer('channels/1', { rows })
    await out.table(HEAD, rows.map(cells))
    await out.line(rows.length ? `${rows.length} channels.` : 'No channel: nobody is told anything.')
  },
)
  .enablePositionalOptions()
  .addCommand(test)
