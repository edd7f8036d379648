// What all commands have in common: the --json option, and an exit code as the result.
import { Command } from 'commander'
import type { Actor } from '@/core/permissions'
import { cliActor } from './actor'
import { EXIT, type Exit } from './exit-codes'
import { Output } from './output'

export type At = { actor: Actor; out: Output; options: Readonly<Record<string, unknown>> }
type Work = (at: At, ...args: string[]) => Promise<Exit | void>

/** A command whose work gets an actor, a place to write to, and its options. */
export function cliCommand(
  name: string,
  summary: string,
  work: Work,
  define: (command: Command) => Command = (c) => c,
): Command {
  const command = define(new Command(name).description(summary)).option(
    '--json',
    'answer as JSON, for programs',
  )
  return command.action(async (...given: unknown[]) => {
    const args = given.slice(0, command.registeredArguments.length) as string[]
    const options = command.opts<Record<string, unknown>>()
    const out = new Output(options.json === true)
    process.exitCode = (await work({ actor: cliActor(), out, options }, ...args)) ?? EXIT.ok
  })
}
