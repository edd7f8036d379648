// `policy`: the policy as a file: written, checked, tried and applied. What cannot be read names its line and column.
import { readFile, stat } from 'node:fs/promises'
import { RollcallError } from '@/core/errors'
import { SEVERITIES, type Severity } from '@/core/rule'
import type { Policy } from '@/core/policy'
import { text as textOf } from 'node:stream/consumers'
import { changeWords } from '@/governance/policy/policy-changes'
import { checkYaml, policyYaml, YAML_BYTES_MAX } from '@/governance/policy/policy-yaml'
import type { YamlIssue } from '@/governance/yaml/read-yaml'
import { previewPolicy, type Preview } from '@/governance/policy/preview-policy'
import { policyVersion, policyVersions, policyView } from '@/governance/policy/read-policy'
import { isSamePolicy } from '@/governance/policy/pruned'
import { restorePolicy, savePolicy } from '@/governance/policy/save-policy'
import { cliCommand, type At } from '../command'
import { EXIT, type Exit } from '../exit-codes'
import { printable } from '../table'
import { minute } from '../words'
import { declaredWords, failuresWords, lookedWords, MOVES_HEAD, moveCells } from './policy-words'

async function readText(file: string): Promise<string> {
  if (file === '-') return textOf(process.stdin)
  try {
    if ((await stat(file)).size > YAML_BYTES_MAX)
      throw new RollcallError('invalid', `${file} is larger than 1 MB: no policy is so long.`)
    return await readFile(file, 'utf8')
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
    throw new RollcallError('not-found', `There is no file ${file} that can be read.`)
  }
}

const place = (file: string, { line, column, path, message }: YamlIssue): string =>
  `${file === '-' ? 'standard input' : file}:${line}:${column} ${path ? `${path}: ` : ''}${message}`

type Found = { policy?: Policy; issues: YamlIssue[]; warnings: YamlIssue[] }
async function checked({ out }: At, file: string): Promise<Found> {
  const found = checkYaml(await readText(file), new Date().toISOString())
  if (out.json) return found
  for (const one of found.issues) out.say(place(file, one))
  for (const one of found.warnings) out.say(`Warning: ${place(file, one)}`)
  return found
}

/** Says what is wrong, for whoever reads JSON: the others know already. */
async function refuse({ out }: At, file: string, { issues, warnings }: Found): Promise<Exit> {
  if (out.json) await out.answer('policy-check/1', { file, ok: false, issues, warnings })
  else out.say(`${issues.length} ${issues.length === 1 ? 'mistake' : 'mistakes'}. Nothing was changed.`)
  return EXIT.invalid
}

const show = cliCommand(
  'show',
  'show the policy that counts, or an earlier one',
  async ({ actor, out, options }) => {
    const asked = options.version
    if (asked !== undefined && !/^\d{1,9}$/.test(String(asked)))
      throw new RollcallError('invalid', '--version is a number, as `policy history` lists them.')
    const view = await (asked === undefined ? policyView(actor) : policyVersion(actor, Number(asked)))
    if (out.json) return out.answer('policy/1', view)
    if (options.yaml === true) return out.line(policyYaml(view.policy, view.version).trimEnd())
    const { rows } = { rows: Object.entries(view.policy.rules) }
    await out.line(printable(versionWords(view)))
    await out.table(
      ['RULE', 'SET'],
      rows.map(([id, { off, severity, params, for: special }]) => [
        id,
        [
          off !== undefined && `off: ${off}`,
          severity && `severity ${severity}`,
          params &&
            Object.entries(params)
              .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
              .join(', '),
          special.length > 0 && `${special.length} special`,
        ]
          .filter(Boolean)
          .join('; '),
      ]),
    )
    const { environments, breakGlass, suppliers, endTags, ownerTags } = view.policy
    await out.line(
      `${rows.length} rules with settings of their own, ${environments.names.length} environments, ${breakGlass.length} emergency identities, ${suppliers.length} suppliers, ${endTags.length} end tags, ${ownerTags.length} owner tags. All of it: --yaml`,
    )
  },
  (command) =>
    command
      .option('--yaml', 'all of it as YAML')
      .option('--version <number>', 'this version, not the newest'),
)

const versionWords = ({
  version,
  at,
  author,
  note,
}: {
  version: number
  at?: string
  author?: string
  note: string
}) => (version ? `Version ${version}, ${minute(at)}, ${author}: ${note}` : 'Version 0: what is built in.')

const check = cliCommand(
  'check',
  'say whether a file is a policy, and where it is not',
  async (at, file = '') => {
    const found = await checked(at, file)
    if (!found.policy) return refuse(at, file, found)
    if (at.out.json)
      await at.out.answer('policy-check/1', { file, ok: true, issues: [], warnings: found.warnings })
    else
      await at.out.line(
        `It is a policy.${found.warnings.length ? ` ${found.warnings.length} warnings.` : ''}`,
      )
    return EXIT.ok
  },
  (command) => command.argument('<file>', 'a YAML file; - for standard input'),
)

function severitiesIn(given: unknown): Severity[] {
  if (given === undefined) return []
  const words = String(given).split(',')
  const wrong = words.find((word) => !(SEVERITIES as readonly string[]).includes(word))
  if (wrong === undefined) return words as Severity[]
  throw new RollcallError(
    'invalid',
    `--fail-on-new takes ${SEVERITIES.join(', ')}, with commas; not ${wrong}.`,
  )
}

const SHOWN_EVERY_MS = 1000
/** How far it is, now and then, to people who wait. */
function progress({ out }: At): (at: { looked: number; of: number }) => void {
  let last = Date.now()
  return ({ looked, of }) => {
    if (!process.stderr.isTTY || Date.now() - last < SHOWN_EVERY_MS) return
    last = Date.now()
    out.say(`${looked.toLocaleString('en')} of ${of.toLocaleString('en')}…`)
  }
}

async function tell({ out }: At, preview: Preview): Promise<void> {
  for (const change of preview.changes) await out.line(printable(changeWords(change)))
  await out.table(MOVES_HEAD, preview.moves.map(moveCells))
  for (const one of preview.declared) await out.line(printable(declaredWords(one)))
  await out.line(failuresWords(preview))
  await out.line(lookedWords(preview))
}

const preview = cliCommand(
  'preview',
  'say which verdicts would be others by a policy; nothing is saved',
  async (at, file = '') => {
    const stopping = severitiesIn(at.options.failOnNew)
    const found = await checked(at, file)
    if (!found.policy) return refuse(at, file, found)
    const input = { policy: found.policy, whole: true }
    const told = await previewPolicy(at.actor, input, { onProgress: progress(at) })
    if (at.out.json) await at.out.answer('policy-preview/1', told)
    else await tell(at, told)
    const worse = stopping.filter((severity) => told.newFailures[severity] > 0)
    if (!worse.length) return EXIT.ok
    at.out.say(
      `There would be new failures: ${worse.map((one) => `${told.newFailures[one]} ${one}`).join(', ')}.`,
    )
    return EXIT.partial
  },
  (command) =>
    command
      .argument('<file>', 'a YAML file; - for standard input')
      .option('--fail-on-new <severities>', 'end with 3 where something would newly fail with one of these'),
)

const apply = cliCommand(
  'apply',
  'make a policy count, as a new version',
  async (at, file = '') => {
    const { actor, out, options } = at
    const found = await checked(at, file)
    if (!found.policy) return refuse(at, file, found)
    const { version: base, policy } = await policyView(actor)
    // What is applied again and again from a repository changes nothing, and is no mistake.
    if (isSamePolicy(policy, found.policy)) {
      if (out.json)
        await out.answer('policy-saved/1', { version: base, before: base, changed: 0, changes: [] })
      else await out.line(`Nothing differs from version ${base}.`)
      return EXIT.ok
    }
    const note = typeof options.note === 'string' ? options.note : ''
    const saved = await savePolicy(actor, { policy: found.policy, note, base, source: 'code' })
    return said(at, saved)
  },
  (command) =>
    command
      .argument('<file>', 'a YAML file; - for standard input')
      .requiredOption('--note <text>', 'why, for those who look at it later'),
)

type Saved = Awaited<ReturnType<typeof savePolicy>>
async function said({ out }: At, saved: Saved): Promise<Exit> {
  if (out.json) await out.answer('policy-saved/1', saved)
  else {
    for (const change of saved.changes) await out.line(printable(change))
    await out.line(
      `Version ${saved.version} counts. Everything is judged by it as soon as a worker is there.`,
    )
  }
  return EXIT.ok
}

const history = cliCommand(
  'history',
  'list the versions of the policy, newest first',
  async ({ actor, out, options }) => {
    const before = Number(options.before)
    const page = await policyVersions(actor, Number.isInteger(before) ? { before } : {})
    if (out.json) return out.answer('policy-versions/1', page)
    await out.table(
      ['VERSION', 'WHEN', 'WHO', 'FROM', 'NOTE'],
      page.rows.map((row) => [String(row.version), minute(row.at), row.author ?? '', row.source, row.note]),
    )
    if (page.next !== undefined) await out.line(`More: --before ${page.next}`)
  },
  (command) => command.option('--before <version>', 'those before this one'),
)

const restore = cliCommand(
  'restore',
  'make what an earlier version says count again, as a new version',
  async (at, version = '') => {
    const { actor, options } = at
    if (!/^\d{1,9}$/.test(version)) throw new RollcallError('invalid', 'Say the number of a version.')
    const { version: base } = await policyView(actor)
    const note = typeof options.note === 'string' ? { note: options.note } : {}
    return said(at, await restorePolicy(actor, { version: Number(version), base, ...note }))
  },
  (command) =>
    command
      .argument('<version>', 'as `policy history` lists them; 0 is what is built in')
      .option('--note <text>', 'why'),
)

export const policy = cliCommand(
  'policy',
  'the policy as a file: show, check, preview, apply',
  ({ actor, out }) =>
    policyView(actor).then((view) =>
      out.json ? out.answer('policy/1', view) : out.line(printable(versionWords(view))),
    ),
)
  .enablePositionalOptions()
  .addCommand(show)
  .addCommand(check)
  .addCommand(preview)
  .addCommand(apply)
  .addCommand(history)
  .addCommand(restore)
