// All commands, and how their failures are told.
import { Command, CommanderError } from 'commander'
import { RollcallError, type Code, type Issue } from '@/core/errors'
import { access } from './commands/access'
import { activity } from './commands/activity'
import { audits } from './commands/audits'
import { channels } from './commands/channels'
import { campaigns } from './commands/campaigns'
import { connect } from './commands/connect'
import { credentials } from './commands/credentials'
import { diff } from './commands/diff'
import { evidence } from './commands/evidence'
import { exceptions } from './commands/exceptions'
import { findings } from './commands/findings'
import { frameworks } from './commands/frameworks'
import { health } from './commands/health'
import { identities } from './commands/identities'
import { identity } from './commands/identity'
import { importFile } from './commands/import'
import { notices } from './commands/notices'
import { owners } from './commands/owners'
import { people } from './commands/people'
import { policy } from './commands/policy'
import { sample } from './commands/sample'
import { score } from './commands/score'
import { sources } from './commands/sources'
import { sync } from './commands/sync'
import { token } from './commands/token'
import { triage } from './commands/triage'
import { verify } from './commands/verify'
import { EXIT, exitOfError } from './exit-codes'
import { printable } from './table'

const commands = [
  connect,
  importFile,
  sync,
  sources,
  identities,
  identity,
  credentials,
  findings,
  frameworks,
  score,
  triage,
  exceptions,
  owners,
  people,
  campaigns,
  policy,
  access,
  activity,
  diff,
  notices,
  channels,
  token,
  evidence,
  audits,
  verify,
  sample,
  health,
]

/** Usage errors are told in one place with all others. */
function quiet(command: Command): void {
  command.exitOverride().configureOutput({ writeErr: () => {} })
  for (const sub of command.commands) quiet(sub)
}

function program(): Command {
  const whole = new Command('rollcall')
    .description('Every machine identity, answered for.')
    .showHelpAfterError(false)
    // A command that has commands of its own takes none of their options.
    .enablePositionalOptions()
  for (const command of commands) whole.addCommand(command)
  quiet(whole)
  return whole
}

type Failure = { code: Code; message: string; issues: readonly Issue[]; exit: number }

function failureOf(error: unknown): Failure | undefined {
  if (error instanceof RollcallError)
    return { code: error.code, message: error.message, issues: error.issues, exit: exitOfError(error.code) }
  if (!(error instanceof CommanderError))
    return { code: 'bug', message: 'Something went wrong inside Rollcall.', issues: [], exit: EXIT.failure }
  if (error.exitCode === 0) return undefined
  const said = error.message.replace(/^error: /, '').replaceAll('\n', ' ')
  const message = said === '(outputHelp)' ? 'Say which command: rollcall --help lists them.' : said
  return { code: 'invalid', message, issues: [], exit: EXIT.invalid }
}

/** Where it happened, never what: messages of a database can quote what they met. */
const placeOf = (error: unknown): string[] =>
  error instanceof Error
    ? (error.stack ?? '')
        .split('\n')
        .filter((line) => /^\s+at /.test(line))
        .slice(0, 8)
    : []

/** @returns the exit code */
function tell(error: unknown, json: boolean): number {
  const failure = failureOf(error)
  if (!failure) return EXIT.ok
  const { exit, code, message, issues } = failure
  if (json)
    process.stderr.write(`${JSON.stringify({ schema: 'rollcall.error/1', code, message, issues, exit })}\n`)
  else {
    process.stderr.write(`${printable(message)}\n`)
    for (const { path, message: why } of issues)
      if (!message.includes(why))
        process.stderr.write(`  ${printable([path, why].filter(Boolean).join(': '))}\n`)
  }
  if (code === 'bug')
    process.stderr.write(
      [error instanceof Error ? error.name : typeof error, ...placeOf(error), ''].join('\n'),
    )
  return exit
}

/** Runs one command line and says what went wrong. @returns the exit code */
export async function run(args: readonly string[]): Promise<number> {
  process.exitCode = undefined
  try {
    await program().parseAsync(args, { from: 'user' })
    return Number(process.exitCode ?? EXIT.ok)
  } catch (error) {
    return tell(error, args.includes('--json'))
  }
}
