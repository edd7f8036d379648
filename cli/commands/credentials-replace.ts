// `credentials replace`: what could take the place of one credential, as files and steps. Nothing of it is run.
import { replacementOf, type ReplacementAnswer } from '@/governance/access/replacement/replacement-of'
import { cliCommand } from '../command'
import type { Output } from '../output'
import { printable } from '../table'

async function printWay(
  out: Output,
  { title, fits, files, fillIn, steps, notes }: ReplacementAnswer['ways'][number],
) {
  await out.line(printable(title))
  await out.line(printable(`  ${fits}`))
  for (const { name, text } of files) {
    await out.line(printable(`--- ${name}`))
    for (const line of text.trimEnd().split('\n')) await out.line(printable(line))
  }
  if (files.length) await out.line('---')
  for (const { mark, means } of fillIn) await out.line(printable(`  ${mark}: ${means}`))
  for (const [at, step] of steps.entries()) await out.line(printable(`  ${at + 1}. ${step}`))
  for (const note of notes) await out.line(printable(`  Note: ${note}`))
}

export const replaceCommand = cliCommand(
  'replace',
  'what could take the place of a lasting credential: configuration and steps, none of which is run',
  async ({ actor, out, options }, id = '') => {
    const way = typeof options.way === 'string' ? options.way : undefined
    const answer = await replacementOf(actor, id)
    const ways = answer.ways.filter((one) => way === undefined || one.id === way)
    if (out.json) return out.answer('credential-replacement/1', { ...answer, ways })
    const { credential, why, notes } = answer
    await out.line(printable(`${credential.name} (${credential.type}) in ${credential.scope.name}`))
    if (why) await out.line(why)
    for (const one of ways) {
      await out.line('')
      await printWay(out, one)
    }
    if (!ways.length && answer.ways.length)
      await out.line(printable(`No such way. There are: ${answer.ways.map((one) => one.id).join(', ')}.`))
    await out.line('')
    for (const note of notes) await out.line(printable(note))
    await out.restsOn(answer.completeness)
  },
  (command) => command.argument('<id>', 'its id').option('--way <id>', 'one way alone, such as pipeline'),
)
