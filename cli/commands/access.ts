// `access can|who-can-become|reach|paths|choke-points|unused`: what identities may do and who can act as whom.
import { Command } from 'commander'
import { parseInput } from '@/governance/command'
import { can, type CanAnswer } from '@/governance/access/questions/can'
import { BecomeQuestion, CanQuestion, PathQuestion, ReachQuestion } from '@/governance/access/questions/input'
import { paths, reach, whoCanBecome } from '@/governance/access/questions/reach'
import { cliCommand } from '../command'
import { EXIT } from '../exit-codes'
import type { Output } from '../output'
import { printable } from '../table'
import { answerBatch } from './access-batch'
import { chokePointsCommand } from './access-choke-points'
import { unusedCommand } from './access-unused'
import { nameOf, printAnswered, stepLines } from './access-words'

/** A key that is given several times has all of the values. */
function contextOf(given: unknown): Record<string, string | string[]> | undefined {
  if (!Array.isArray(given)) return undefined
  const values = new Map<string, string[]>()
  for (const one of given.map(String)) {
    const at = one.indexOf('=')
    const [key, value] = at < 0 ? [one, ''] : [one.slice(0, at), one.slice(at + 1)]
    values.set(key, [...(values.get(key) ?? []), value])
  }
  return Object.fromEntries(
    [...values].map(([key, [first = '', ...more]]) => [key, more.length ? [first, ...more] : first]),
  )
}

async function printCan(out: Output, answer: CanAnswer): Promise<void> {
  const { identity, question } = answer
  await out.line(
    printable(`${identity.name} in ${identity.scope.name}: ${question.action} on ${question.resource}`),
  )
  await out.line(answer.answer.toUpperCase())
  for (const reason of answer.because) await out.line(printable(`  ${reason}`))
  for (const missing of answer.missing ?? []) await out.line(printable(`  Not known: ${missing}`))
  await out.restsOn(answer.completeness)
}

const more = (command: Command) =>
  command
    .option('--scope <scope>', 'id or name of the scope, where the reference alone may be several')
    .option('--hops <n>', 'how many steps away')
    .option('--certain', 'leave out steps that depend on something')

const canCommand = cliCommand(
  'can',
  'whether an identity may do something: yes, no, or depends and on what',
  async ({ actor, out, options }, identity, action, resource) => {
    if (typeof options.batch === 'string') return answerBatch(actor, options.batch)
    const { place, scope, context } = options
    const asked = parseInput(CanQuestion, {
      identity,
      action,
      resource,
      place,
      scope,
      context: contextOf(context),
    })
    const answer = await can(actor, asked)
    if (out.json) await out.answer('access-can/1', answer)
    else await printCan(out, answer)
    return EXIT.ok
  },
  (command) =>
    command
      .argument('[identity]', 'its id, an alias such as an ARN, or its name')
      .argument('[action]', 'in the words of the platform')
      .argument('[resource]', 'what it is about, by its native name')
      .option('--place <place>', 'the part of the scope, such as a namespace')
      .option('--scope <scope>', 'id or name of the scope, where the reference alone may be several')
      .option('--context <key=value...>', 'what is known of the request')
      .option('--batch <file>', 'one question a line as JSON; - reads standard input'),
)

const becomeCommand = cliCommand(
  'who-can-become',
  'who can act as an identity, directly or over others',
  async ({ actor, out, options }, identity) => {
    const { scope, hops, certain } = options
    const asked = parseInput(BecomeQuestion, {
      identity,
      scope,
      hops,
      certain: certain === true ? 'true' : undefined,
    })
    const answer = await whoCanBecome(actor, asked)
    if (out.json) return out.answer('access-become/1', answer)
    const { count } = answer.administrators
    for (const { hops: far, step } of answer.become)
      for (const line of stepLines(step, `${far} ${far === 1 ? 'step' : 'steps'}: `)) await out.line(line)
    if (!answer.become.length) await out.line('Nobody is known who can, beside administrators of its scope.')
    await out.line(`${count} ${count === 1 ? 'administrator' : 'administrators'} of its scope can as well.`)
    await printAnswered(out, answer)
  },
  (command) => more(command.argument('<identity>', 'its id, an alias such as an ARN, or its name')),
)

const reachCommand = cliCommand(
  'reach',
  'everything that whoever has something can come to',
  async ({ actor, out, options }, from) => {
    const { scope, hops, certain } = options
    const asked = parseInput(ReachQuestion, {
      from,
      scope,
      hops,
      certain: certain === true ? 'true' : undefined,
    })
    const answer = await reach(actor, asked)
    if (out.json) return out.answer('access-reach/1', answer)
    await out.line(printable(`From ${answer.from.words}:`))
    for (const { scope: whole, identities } of answer.everything)
      await out.line(printable(`  everything in ${whole.name} (${identities} identities)`))
    for (const one of answer.reached)
      for (const line of stepLines(one.step, `  ${one.hops} `)) await out.line(line)
    if (!answer.reached.length && !answer.everything.length) await out.line('  nothing that is known')
    await printAnswered(out, answer)
  },
  (command) =>
    more(
      command.argument(
        '<from>',
        'an identity, workload or credential, token:<issuer>|<subject>, or vendor:<name>',
      ),
    ),
)

const pathsCommand = cliCommand(
  'paths',
  'the shortest ways from one thing to another',
  async ({ actor, out, options }) => {
    const { from, to, hops, paths: most, certain } = options
    const asked = parseInput(PathQuestion, {
      from,
      to,
      hops,
      paths: most,
      certain: certain === true ? 'true' : undefined,
    })
    const answer = await paths(actor, asked)
    if (out.json) return out.answer('access-paths/1', answer)
    if (!answer.paths.length)
      await out.line(
        printable(
          answer.more
            ? `No way was found so far from ${answer.from} to ${answer.to}, and not every step was followed.`
            : `No way is known from ${answer.from} to ${answer.to} in ${asked.hops} steps.`,
        ),
      )
    for (const [at, path] of answer.paths.entries()) {
      await out.line(
        printable(`${at + 1}. ${path.map(({ from: one }) => nameOf(one)).join(' → ')} → ${answer.to}`),
      )
      for (const step of path) for (const line of stepLines(step, '   ')) await out.line(line)
    }
    await printAnswered(out, answer)
  },
  (command) =>
    command
      .requiredOption(
        '--from <from>',
        'an identity, workload or credential, token:<issuer>|<subject>, or vendor:<name>',
      )
      .requiredOption('--to <to>', 'an identity, or administrator:<scope>')
      .option('--hops <n>', 'how long a path may be')
      .option('--paths <n>', 'how many paths to tell')
      .option('--certain', 'leave out steps that depend on something'),
)

export const access = new Command('access')
  .description('what identities may do, who can become them, and how far that reaches')
  .addCommand(canCommand)
  .addCommand(becomeCommand)
  .addCommand(reachCommand)
  .addCommand(pathsCommand)
  .addCommand(chokePointsCommand)
  .addCommand(unusedCommand)
