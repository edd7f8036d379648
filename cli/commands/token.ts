// `token create`: makes an API token for a member.
import { Command } from 'commander'
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { listMembers, type MemberView } from '@/governance/members/list-members'
import { createToken, TOKEN_LIMITS } from '@/governance/tokens/create-token'
import { cliCommand } from '../command'
import { minute } from '../words'

async function memberOf(actor: Actor, email: unknown): Promise<MemberView> {
  const active = (await listMembers(actor)).filter((member) => member.active && !member.ended)
  if (typeof email === 'string') {
    const found = active.find((member) => member.email.toLowerCase() === email.toLowerCase())
    if (found) return found
    throw new RollcallError('not-found', `No active member has the address ${email}.`)
  }
  const administrators = active.filter((member) => member.role === 'administrator')
  const [only] = administrators
  if (only && administrators.length === 1) return only
  throw new RollcallError('invalid', 'Say for whom: --for <email>. A token may do what its member may.')
}

const create = cliCommand(
  'create',
  'make an API token; it is shown once',
  async ({ actor, out, options }) => {
    const member = await memberOf(actor, options.for)
    const expiresInDays = Number(options.days)
    // A token belongs to a member; the activity log names who made it at the command line.
    const owner: Actor = { ...member, kind: 'user', name: `${member.name}, by ${actor.name}` }
    const only = options.only === undefined ? {} : { only: options.only as (typeof TOKEN_LIMITS)[number] }
    const input = { name: String(options.name), expiresInDays, ...only }
    const { id, token, expiresAt } = await createToken(owner, input)
    if (out.json) return out.answer('token/1', { id, token, expiresAt, for: member.email, role: member.role })
    out.say(`For ${member.email} (${member.role}), until ${minute(expiresAt)}. It is not shown again:`)
    await out.line(token)
  },
  (command) =>
    command
      .requiredOption('--name <name>', 'what it is for')
      .option('--days <days>', 'after how many days it ends (1 to 365)', '90')
      .option(
        '--only <permission>',
        `all that it may do (${TOKEN_LIMITS.join(', ')}); left out: what its member may`,
      )
      .option('--for <email>', 'whose it is; left out: the only administrator'),
)

export const token = new Command('token').description('API tokens').addCommand(create)
