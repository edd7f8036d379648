// `evidence`: packs of evidence and the keys they are signed with. Checking one is `verify`, which needs no database.
import { Command } from 'commander'
import { link, open, rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { askPack } from '@/governance/packs/asking/build'
import { cancelPack, removePack } from '@/governance/packs/asking/cancel'
import { downloadPack } from '@/governance/packs/asking/download'
import type { PackInput } from '@/governance/packs/asking/input'
import { listPacks, PackFilter, packView, type PackView } from '@/governance/packs/asking/list'
import { previewPack, type Preview } from '@/governance/packs/asking/preview'
import { standingOf } from '@/governance/packs/asking/standing'
import { keyTrouble, signingKeys } from '@/governance/packs/keys/list-keys'
import { rotateKey } from '@/governance/packs/keys/rotate-key'
import { cliCommand, type At } from '../command'
import { EXIT, type Exit } from '../exit-codes'
import { filterOf, withFilter } from '../filter-options'
import { followPack } from '../follow-pack'
import { printable } from '../table'
import { countersign } from './countersign'
import { deliveries } from './deliveries'
import { minute } from '../words'

const HEAD = ['STATE', 'TITLE', 'AS OF', 'BYTES', 'ASKED BY', 'ASKED', 'SHA-256', 'ID']
const cells = (row: PackView): string[] => [
  row.state,
  row.title,
  minute(row.asked.asOf),
  String(row.bytes),
  row.by.name,
  minute(row.askedAt),
  row.sha256?.slice(0, 16) ?? '-',
  row.id,
]

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)
const listOf = (value: unknown) => textOf(value)?.split(',').filter(Boolean)

function inputOf(options: Readonly<Record<string, unknown>>): PackInput {
  const days = options.keepDays === undefined ? undefined : Number(options.keepDays)
  const given = {
    ready: textOf(options.ready),
    title: textOf(options.title),
    controls: listOf(options.controls),
    filter:
      options.filter === undefined
        ? undefined
        : Object.fromEntries(new URLSearchParams(textOf(options.filter))),
    asOf: textOf(options.asOf),
    known: textOf(options.known),
    from: textOf(options.from),
    contents: listOf(options.contents),
    redact: listOf(options.redact),
    keepDays: days,
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

/** Writes beside the place and puts it there whole: what was there before stays until then, unless there must be nothing. */
async function save(actor: Actor, id: string, place: string | undefined, overwrite: boolean) {
  const { name, stream, sha256 } = await downloadPack(actor, { id })
  const to = place ?? name
  const part = `${to}.${process.pid}.part`
  try {
    const file = await open(part, 'wx', 0o600)
    await pipeline(stream(), file.createWriteStream({ flush: true }))
    if (overwrite) await rename(part, to)
    else await link(part, to)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const why =
      code === 'EEXIST' ? 'is there already; say --overwrite to replace it' : `cannot be written (${code})`
    throw new RollcallError('conflict', `${to} ${why}.`)
  } finally {
    await rm(part, { force: true })
  }
  return { to, sha256 }
}

async function printPreview(
  { out }: Pick<At, 'out'>,
  { title, files, seen, settled }: Preview,
): Promise<Exit> {
  await out.line(printable(title))
  await out.line(
    `As of ${settled.asOf}, as known at ${settled.known}${settled.from ? `, from ${settled.from}` : ''}.`,
  )
  const rowsOf = (file: Preview['files'][number]) =>
    file.isOpen
      ? 'not counted in time'
      : file.rows === undefined
        ? '-'
        : `${file.rows}${file.isMore ? '+' : ''}`
  await out.table(
    ['FILE', 'ROWS', 'WHAT'],
    files.map((file) => [file.file, rowsOf(file), file.about]),
  )
  for (const file of settled.withheld ?? []) await out.line(`${file} is left out: it is not for your role.`)
  if (!seen) await out.line('What was not seen could not be worked out in time: the pack itself says it.')
  else if (seen.complete) await out.line('Everything was seen.')
  else for (const gap of seen.gaps) await out.line(printable(`Not seen: ${gap}`))
  return seen?.complete === false ? EXIT.partial : EXIT.ok
}

const exitOf = ({ state, complete }: PackView): Exit => {
  if (state === 'cancelled') return EXIT.cancelled
  if (state !== 'sealed') return EXIT.failure
  return complete ? EXIT.ok : EXIT.partial
}

async function buildAndWait({ actor, out, options }: At, id: string): Promise<Exit> {
  const pack = await followPack({ actor, out }, id)
  const place = textOf(options.output)
  const saved =
    pack.state === 'sealed' && place !== undefined
      ? await save(actor, id, place, options.overwrite === true)
      : undefined
  if (out.json) await out.answer('pack/1', { pack, ...(saved && { file: saved.to }) })
  else {
    await out.line(printable(`${pack.title}: ${standingOf(pack)}.`))
    for (const gap of pack.gaps) await out.line(printable(`Not seen: ${gap}`))
    if (pack.sha256) await out.line(`SHA-256 ${pack.sha256}, sealed with key ${pack.key ?? ''}`)
    if (saved) await out.line(`Written to ${saved.to}`)
  }
  return exitOf(pack)
}

const build = cliCommand(
  'build',
  'have a pack of evidence built',
  async (at) => {
    const { actor, out, options } = at
    const input = inputOf(options)
    if (options.preview === true) {
      const preview = await previewPack(actor, input)
      if (!out.json) return printPreview(at, preview)
      await out.answer('pack-preview/1', preview)
      return preview.seen?.complete === false ? EXIT.partial : EXIT.ok
    }
    const asked = await askPack(actor, input)
    if (options.wait === true || options.output !== undefined) return buildAndWait(at, asked.id)
    if (out.json) return void (await out.answer('pack-asked/1', asked))
    await out.line(printable(`${asked.title} is built when its turn comes: ${asked.id}`))
  },
  (command) =>
    command
      .option('--ready <id>', 'begin with a ready-made pack: owasp-nhi, csf or pci-review')
      .option('--title <text>', 'what it is called')
      .option('--controls <ids>', 'such as csf:PR.AA-05, or a framework alone, with commas')
      .option(
        '--filter <query>',
        'whom it is about: the filter of the list of identities, as its address has it',
      )
      .option('--as-of <moment>', 'as of a date (its end in UTC) or an instant; left out: now')
      .option(
        '--known <instant>',
        '`now`: as it was, with what became known later; left out: as it was known then',
      )
      .option('--from <moment>', 'since when changes, decisions and activity are told')
      .option('--contents <ids>', 'which files, with commas; left out: the usual ones')
      .option('--redact <what>', '`people`: their names are replaced')
      .option('--keep-days <days>', 'days for which its file is kept')
      .option('--preview', 'only say what it would hold')
      .option('--wait', 'wait until it is built')
      .option('-o, --output <file>', 'wait, and write it there')
      .option('--overwrite', 'replace a file that is there'),
)

const list = cliCommand(
  'list',
  'list packs, newest first',
  async ({ actor, out, options }) => {
    const { filter, limit } = filterOf(PackFilter, options)
    const { rows, next } = await listPacks(actor, { ...filter, size: Math.min(limit, 200) })
    if (out.json) return out.answer('packs/1', { rows, next })
    await out.table(HEAD, rows.map(cells))
    await out.line(next ? `More: --after ${next}` : `${rows.length} shown, and no more.`)
  },
  withFilter(PackFilter),
)

const show = cliCommand(
  'show',
  'show one pack: what was asked, its files, and what was not seen',
  async ({ actor, out }, id = '') => {
    const pack = await packView(actor, id)
    if (out.json) return out.answer('pack/1', { pack })
    await out.line(printable(`${pack.title}: ${standingOf(pack)}.`))
    await out.table(
      ['FILE', 'ROWS', 'BYTES', 'SHA-256'],
      (pack.files ?? []).map((one) => [one.name, String(one.rows ?? '-'), String(one.bytes), one.sha256]),
    )
    for (const gap of pack.gaps) await out.line(printable(`Not seen: ${gap}`))
    if (pack.sha256) await out.line(`SHA-256 ${pack.sha256}, sealed with key ${pack.key ?? ''}`)
  },
  (command) => command.argument('<id>'),
)

const download = cliCommand(
  'download',
  'write the file of a sealed pack',
  async ({ actor, out, options }, id = '') => {
    const saved = await save(actor, id, textOf(options.output), options.overwrite === true)
    if (out.json) return out.answer('pack-downloaded/1', { id, file: saved.to, sha256: saved.sha256 })
    await out.line(`Written to ${saved.to}, SHA-256 ${saved.sha256}`)
  },
  (command) =>
    command
      .argument('<id>')
      .option('-o, --output <file>', 'where to')
      .option('--overwrite', 'replace a file that is there'),
)

const over = (name: string, summary: string, run: typeof cancelPack, done: string) =>
  cliCommand(
    name,
    summary,
    async ({ actor, out }, id = '') => {
      const pack = await run(actor, { id })
      if (out.json) return out.answer('pack-over/1', pack)
      await out.line(printable(`${pack.title}: ${done}`))
    },
    (command) => command.argument('<id>'),
  )

const keys = cliCommand(
  'keys',
  'list the public keys that packs are signed with, the newest first',
  async ({ actor, out, options }) => {
    const rows = await signingKeys(actor)
    if (options.pem === true) return out.line((rows.find(({ until }) => !until)?.pem ?? '').trimEnd())
    const problem = await keyTrouble(actor)
    if (out.json) return out.answer('signing-keys/1', { rows, ...(problem !== undefined && { problem }) })
    await out.table(
      ['KEY', 'SINCE', 'UNTIL', 'MADE BY'],
      rows.map((row) => [
        row.key,
        minute(row.since),
        row.until ? minute(row.until) : 'now',
        row.brought ? 'brought by you' : row.madeBy,
      ]),
    )
    if (problem !== undefined) await out.line(printable(`Packs cannot be built. ${problem}`))
    if (!rows.length) await out.line('There is no key yet: one is made when the worker first starts.')
  },
  (command) => command.option('--pem', 'only the one that signs now, as a PEM file'),
)

const rotate = cliCommand('rotate-key', 'have another key sign packs from now on', async ({ actor, out }) => {
  const made = await rotateKey(actor, {})
  if (out.json) return out.answer('signing-key/1', made)
  await out.line(`Packs are signed with ${made.key} from now on.`)
})

export const evidence = new Command('evidence')
  .description('packs of evidence, and the keys they are signed with')
  .enablePositionalOptions()
  .addCommand(build)
  .addCommand(list)
  .addCommand(show)
  .addCommand(download)
  .addCommand(over('cancel', 'cancel a pack that waits or is being built', cancelPack, 'cancelled.'))
  .addCommand(over('remove', 'remove the file of a sealed pack', removePack, 'its file is removed.'))
  .addCommand(deliveries)
  .addCommand(countersign)
  .addCommand(keys)
  .addCommand(rotate)
