// `owners check`, `owners apply`: the OWNERS file, for a repository and its CI. What cannot be read names its line and column.
import { text as textOf } from 'node:stream/consumers'
import { readFile, stat } from 'node:fs/promises'
import { RollcallError } from '@/core/errors'
import { applyOwnersFile, checkOwnersFile } from '@/governance/owners/file/apply-file'
import { FILE_BYTES_MAX, readOwnersFile } from '@/governance/owners/file/owners-file'
import { issueWords, type FilePreview, type FileRow } from '@/governance/owners/file/preview-file'
import type { YamlIssue } from '@/governance/yaml/read-yaml'
import { cliCommand, type At } from '../command'
import { EXIT, type Exit } from '../exit-codes'
import { printable } from '../table'

export async function readGiven(file: string): Promise<string> {
  if (file === '-') return textOf(process.stdin)
  try {
    if ((await stat(file)).size > FILE_BYTES_MAX)
      throw new RollcallError('invalid', `${file} is larger than 1 MB.`)
    return await readFile(file, 'utf8')
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
    throw new RollcallError('not-found', `There is no file ${file} that can be read.`)
  }
}

async function refuse({ out }: At, file: string, issues: readonly YamlIssue[]): Promise<Exit> {
  if (out.json) await out.answer('owners-check/1', { file, ok: false, issues })
  else {
    for (const one of issues) out.say(printable(`${file}: ${issueWords(one)}`))
    out.say(`${issues.length} ${issues.length === 1 ? 'mistake' : 'mistakes'}. Nothing was changed.`)
  }
  return EXIT.invalid
}

const HEAD = ['WHAT', 'NAME', 'LINE', 'FILE SAYS', 'OWNER NOW']
const cells = (what: string) => (row: FileRow) => [
  what,
  row.name,
  String(row.line ?? '-'),
  row.says,
  row.holds,
]

async function tell({ out }: At, preview: FilePreview): Promise<void> {
  const { first, idle } = preview
  const rows = [
    ...first.named.map(cells('named')),
    ...first.drift.map(cells('drift')),
    ...first.lost.map(cells('lost')),
  ]
  if (rows.length) await out.table(HEAD, rows)
  if (idle.length) await out.line(`Entries of no identity, by line: ${idle.join(', ')}.`)
  const { entries, identities, named, moved, same, drift, disputed, lost } = preview
  await out.line(
    `${entries} entries speak of ${identities} identities: ${named} named anew, ${moved} moved, ${same} the same, ${drift} differ from what somebody has confirmed, ${disputed} disputed. ${lost} lose what an earlier file said.`,
  )
}

export const check = cliCommand(
  'check',
  'say whether a file is an OWNERS file, where it is not, and what it would change',
  async (at, file = '') => {
    const { out, options } = at
    const text = await readGiven(file)
    const formed = readOwnersFile(text)
    if (formed.issues.length) return refuse(at, file, formed.issues)
    if (options.formOnly === true) {
      if (out.json) await out.answer('owners-check/1', { file, ok: true, issues: [] })
      else await out.line(`It is an OWNERS file of ${formed.entries.length} entries.`)
      return EXIT.ok
    }
    const { preview, issues } = await checkOwnersFile(at.actor, { text })
    if (!preview) return refuse(at, file, issues)
    if (out.json) await out.answer('owners-check/1', { file, ok: true, issues: [], preview })
    else await tell(at, preview)
    if (options.exitCode !== true) return EXIT.ok
    return preview.named + preview.moved + preview.lost + preview.drift ? EXIT.partial : EXIT.ok
  },
  (command) =>
    command
      .argument('<file>', 'a YAML file; - for standard input')
      .option('--form-only', 'look at its form alone, not at people, teams and identities')
      .option('--exit-code', 'end with 3 where it would change something, or differs from what stands'),
)

function losingOf(given: unknown): number | 'any' | undefined {
  if (given === undefined || given === 'any') return given
  if (/^\d{1,9}$/.test(String(given))) return Number(given)
  throw new RollcallError('invalid', '--losing is a number, as `owners check` tells it, or any.')
}

export const apply = cliCommand(
  'apply',
  'have an OWNERS file count',
  async (at, file = '') => {
    const { actor, out, options } = at
    const text = await readGiven(file)
    const { preview, issues } = await checkOwnersFile(actor, { text })
    if (!preview) return refuse(at, file, issues)
    const losing = losingOf(options.losing)
    const input = { text, ref: String(options.ref), ...(losing !== undefined && { losing }) }
    const done = await applyOwnersFile(actor, input)
    if (out.json) await out.answer('owners-applied/1', done)
    else {
      await tell(at, done)
      await out.line(
        done.isNew
          ? `Version ${done.version} counts.${done.actId ? ` To undo what it changed: owners undo ${done.actId}` : ''}`
          : `Nothing differs from version ${done.version}.`,
      )
    }
    return EXIT.ok
  },
  (command) =>
    command
      .argument('<file>', 'a YAML file; - for standard input')
      .requiredOption('--ref <text>', 'which commit, branch or tag it is from')
      .option('--losing <count>', 'how many lose what an earlier file said, as `owners check` tells; or any'),
)
