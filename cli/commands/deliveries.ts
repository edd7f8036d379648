// `evidence deliveries`: packs that are built again and again and taken to a place.
import { readFile } from 'node:fs/promises'
import { RollcallError } from '@/core/errors'
import { deliveryDetail, listDeliveries } from '@/governance/packs/delivery/listing/list-deliveries'
import type { DeliveryView } from '@/governance/packs/delivery/listing/delivery-view'
import { deliveryStanding, periodStanding, periodWords } from '@/governance/packs/delivery/listing/standing'
import { addDelivery } from '@/governance/packs/delivery/setting-up/add-delivery'
import {
  changeDelivery,
  pauseDelivery,
  removeDelivery,
  resumeDelivery,
} from '@/governance/packs/delivery/setting-up/change-delivery'
import { tryDelivery } from '@/governance/packs/delivery/setting-up/try-delivery'
import { cliCommand, type At } from '../command'
import { EXIT } from '../exit-codes'
import { printable } from '../table'
import { minute } from '../words'

const HEAD = ['TITLE', 'EVERY', 'WHERE TO', 'AS', 'NEXT DUE', 'LAST DELIVERED', 'HOW IT STANDS', 'ID']
const cells = (row: DeliveryView): string[] => [
  row.title,
  row.every,
  row.place ?? '-',
  row.as.name,
  minute(row.next?.due),
  minute(row.last?.endedAt),
  deliveryStanding(row),
  row.id,
]

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)
const addressOf = ({ options }: Pick<At, 'options'>) => {
  const as = textOf(options.as)
  return as === undefined ? {} : { as }
}

/** @throws RollcallError `not-found` */
async function named({ actor }: At, reference: string): Promise<DeliveryView> {
  const { rows } = await listDeliveries(actor)
  const found = rows.find(({ id, title }) => id === reference || title === reference)
  if (found) return found
  throw new RollcallError('not-found', `There is no delivery ${reference}. evidence deliveries lists them.`)
}

/** Secrets stand in a file, and not where everybody on the machine can read what was typed. */
async function bodyOf(file: string): Promise<object> {
  try {
    const read: unknown = JSON.parse(file === '-' ? await stdin() : await readFile(file, 'utf8'))
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read
  } catch {
    // Told below, whatever it was.
  }
  throw new RollcallError('invalid', `${file} cannot be read as a JSON object.`)
}

async function stdin(): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

const show = cliCommand(
  'show',
  'show one delivery and what became of each period',
  async (at, reference = '') => {
    const { id } = await named(at, reference)
    const detail = await deliveryDetail(at.actor, id)
    if (at.out.json) return at.out.answer('delivery/1', { delivery: detail })
    await at.out.line(printable(`${detail.title}: ${deliveryStanding(detail)}`))
    await at.out.table(
      ['PERIOD', 'FILE', 'SHA-256', 'HOW IT STANDS'],
      detail.periods.map((row) => [
        periodWords(row),
        row.name,
        row.sha256?.slice(0, 16) ?? '-',
        periodStanding(row),
      ]),
    )
  },
  (command) => command.argument('<delivery>', 'its title or id'),
)

const add = cliCommand(
  'add',
  'set up a delivery; the file holds it as POST /deliveries takes it, - is standard input',
  async (at, file = '') => {
    const made = await addDelivery(at.actor, { ...(await bodyOf(file)), ...addressOf(at) } as never)
    if (at.out.json) return at.out.answer('delivery-set-up/1', made)
    await at.out.line(printable(`${made.title} is set up and asks as ${made.as}: ${made.id}`))
  },
  (command) =>
    command
      .argument('<file>')
      .option('--as <address>', 'as which member it asks: it stops when they may not any more'),
)

const change = cliCommand(
  'change',
  'change a delivery; the file holds what changes, as PUT /deliveries/{id} takes it',
  async (at, reference = '', file = '') => {
    const { id } = await named(at, reference)
    const body = { ...(await bodyOf(file)), ...addressOf(at), id }
    const changed = await changeDelivery(at.actor, body as never)
    if (at.out.json) return at.out.answer('delivery-set-up/1', changed)
    await at.out.line(printable(`${changed.title} is changed and asks as ${changed.as}.`))
  },
  (command) =>
    command
      .argument('<delivery>', 'its title or id')
      .argument('<file>')
      .option('--as <address>', 'as which member it asks from now on'),
)

const over = (
  name: string,
  summary: string,
  run: (at: At, id: string) => Promise<{ id: string; title: string }>,
  done: string,
) =>
  cliCommand(
    name,
    summary,
    async (at, reference = '') => {
      const { id } = await named(at, reference)
      const result = await run(at, id)
      if (at.out.json) return at.out.answer('delivery-set-up/1', result)
      await at.out.line(printable(`${result.title}: ${done}`))
    },
    (command) => {
      command.argument('<delivery>', 'its title or id')
      return name === 'resume'
        ? command.option('--as <address>', 'as which member it asks from now on')
        : command
    },
  )

const tryNow = cliCommand(
  'try',
  'try now whether something can be taken there, and again what could not be delivered',
  async (at, reference = '') => {
    const { id } = await named(at, reference)
    const tried = await tryDelivery(at.actor, { id })
    if (at.out.json) await at.out.answer('delivery-tried/1', tried)
    else {
      await at.out.line(printable(`${tried.state === 'reached' ? 'Reached' : 'Not reached'}. ${tried.words}`))
      if (tried.again) await at.out.line(`${tried.again} periods are tried again.`)
    }
    return tried.state === 'reached' ? EXIT.ok : EXIT.failure
  },
  (command) => command.argument('<delivery>', 'its title or id'),
)

export const deliveries = cliCommand(
  'deliveries',
  'list the deliveries of packs, or set one up',
  async ({ actor, out }) => {
    const { rows } = await listDeliveries(actor)
    if (out.json) return out.answer('deliveries/1', { rows })
    await out.table(HEAD, rows.map(cells))
    await out.line(rows.length ? `${rows.length} deliveries.` : 'No delivery is set up.')
  },
)
  .enablePositionalOptions()
  .addCommand(show)
  .addCommand(add)
  .addCommand(change)
  .addCommand(
    over(
      'pause',
      'have a delivery stand still',
      (at, id) => pauseDelivery(at.actor, { id }),
      'stands still.',
    ),
  )
  .addCommand(
    over(
      'resume',
      'have a delivery run again; what was missed is made up for',
      (at, id) => resumeDelivery(at.actor, { id, ...addressOf(at) }),
      'runs.',
    ),
  )
  .addCommand(
    over(
      'remove',
      'remove a delivery; what was delivered stays',
      (at, id) => removeDelivery(at.actor, { id }),
      'removed.',
    ),
  )
  .addCommand(tryNow)
