// `owners code-owners`: CODEOWNERS files of repositories, as what speaks for an owner of what their runs act as.
import { RollcallError } from '@/core/errors'
import { applyCodeOwners, removeCodeOwners } from '@/governance/owners/code-owners/apply-code-owners'
import { listCodeOwners } from '@/governance/owners/code-owners/list-code-owners'
import { cliCommand } from '../command'
import { printable } from '../table'
import { readGiven } from './owners-file'

const list = cliCommand(
  'list',
  'list the repositories whose files are held',
  async ({ actor, out, options }) => {
    const after = typeof options.after === 'string' ? options.after : undefined
    const answer = await listCodeOwners(actor, { size: 500, ...(after !== undefined && { after }) })
    if (out.json) return out.answer('code-owners/1', answer)
    await out.table(
      ['REPOSITORY', 'FROM', 'RULES', 'NOT READ', 'BROUGHT'],
      answer.rows.map(({ repository, ref, rules, notRead, at }) => [
        repository,
        ref,
        String(rules),
        String(notRead),
        at,
      ]),
    )
    if (answer.next !== undefined) await out.line(`More follow: --after ${answer.next}`)
  },
  (command) => command.option('--after <repository>', 'those that come after it'),
)

const bring = cliCommand(
  'bring',
  'bring the CODEOWNERS file of a repository',
  async ({ actor, out, options }, file = '') => {
    const done = await applyCodeOwners(actor, {
      ...{ repository: String(options.repository), ref: String(options.ref), text: await readGiven(file) },
    })
    if (out.json) return out.answer('code-owners-brought/1', done)
    for (const { line, why } of done.notRead) out.say(printable(`${file}: line ${line} is not read: ${why}`))
    await out.line(`${done.rules} rules of ${done.repository} are held${done.isNew ? '' : ', as before'}.`)
  },
  (command) =>
    command
      .argument('<file>', 'the file; - for standard input')
      .requiredOption('--repository <name>', 'its owner and its name: acme/app')
      .requiredOption('--ref <text>', 'which commit, branch or tag it is from'),
)

const remove = cliCommand(
  'remove',
  'take the file of a repository away',
  async ({ actor, out }, repository = '') => {
    const done = await removeCodeOwners(actor, { repository })
    if (out.json) return out.answer('code-owners-removed/1', done)
    await out.line(`The file of ${done.repository} is held no more.`)
  },
  (command) => command.argument('<repository>', 'its owner and its name'),
)

export const codeOwners = [list, bring, remove].reduce(
  (whole, one) => whole.addCommand(one),
  cliCommand('code-owners', 'CODEOWNERS files of repositories: list, bring, remove', () => {
    throw new RollcallError('invalid', 'Say list, bring or remove.')
  }).enablePositionalOptions(),
)
