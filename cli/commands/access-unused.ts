// `access unused`: what of its rights an identity was seen using, and what would be enough.
import { parseInput } from '@/governance/command'
import { UnusedQuestion } from '@/governance/access/unused/input'
import { unused, type GrantUse, type UnusedAnswer } from '@/governance/access/unused/unused'
import { cliCommand } from '../command'
import type { Output } from '../output'
import { printable } from '../table'
import { minute } from '../words'
import { printAnswered } from './access-words'

const SHOWN = 20

async function printGrant(out: Output, { name, via, effect, use, window, why, counts, ...rights }: GrantUse) {
  await out.line(printable(`${name} (${via})${effect === 'limit' ? ', a limit' : ''}`))
  const time = window ? ` from ${minute(window.from)} to ${minute(window.to)}` : ''
  if (use === 'unknown')
    await out.line(
      printable(`  Not known${counts.unknown ? `, of any of ${counts.unknown} rights` : ''}: ${why ?? ''}`),
    )
  else
    await out.line(
      printable(
        `  Looked at${time}: ${counts.seen} seen in use, ${counts.mayBe} may be, ${counts.notSeen} not seen. ${why ?? ''}`,
      ),
    )
  const sorts = { 'in use': rights.seen, 'may be in use': rights.mayBe, 'not seen': rights.notSeen }
  for (const [words, names] of Object.entries(sorts)) {
    for (const one of names.slice(0, SHOWN)) await out.line(printable(`  ${words}: ${one}`))
    if (names.length > SHOWN) await out.line(`  ${words}: and more`)
  }
}

async function printProposal(
  out: Output,
  { made, why, files, notes, asked }: NonNullable<UnusedAnswer['proposal']>,
) {
  if (!made) return out.line(printable(`No proposal: ${why}`))
  await out.line(`Proposal: allows all ${asked} deeds that were seen, as judged.`)
  for (const { name, text } of files) {
    await out.line(printable(`--- ${name}`))
    for (const line of text.trimEnd().split('\n')) await out.line(printable(line))
  }
  for (const note of notes) await out.line(printable(`Note: ${note}`))
}

export const unusedCommand = cliCommand(
  'unused',
  'what of its rights an identity was seen using, and what would be enough',
  async ({ actor, out, options }, identity) => {
    const { scope, days, propose } = options
    const asked = parseInput(UnusedQuestion, {
      identity,
      scope,
      days,
      propose: propose === true ? 'true' : undefined,
    })
    const answer = await unused(actor, asked)
    if (out.json) return out.answer('access-unused/1', answer)
    await out.line(printable(`${answer.identity.name} in ${answer.identity.scope.name}`))
    for (const grant of answer.grants) await printGrant(out, grant)
    if (!answer.grants.length) await out.line('No grant of it is held.')
    if (answer.proposal) await printProposal(out, answer.proposal)
    if (answer.more) await out.line('There is more than is told.')
    const { more: _, ...bounds } = answer
    await printAnswered(out, bounds)
  },
  (command) =>
    command
      .argument('<identity>', 'its id, an alias such as an ARN, or its name')
      .option('--scope <scope>', 'id or name of the scope, where the reference alone may be several')
      .option('--days <n>', 'how many days back lines of logs count')
      .option('--propose', 'least privilege in the form of the platform as well'),
)
