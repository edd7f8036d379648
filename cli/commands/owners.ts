// `owners`: who answers for identities: listed with who is suggested, said, confirmed, handed over, disputed, taken back.
import { RollcallError } from '@/core/errors'
import { completenessOf } from '@/inventory/queries/completeness-of'
import { resolveIdentity } from '@/inventory/queries/resolve-identity'
import { assignOwner } from '@/governance/owners/assign-owner'
import { confirmOwner } from '@/governance/owners/confirm-owner'
import { delegateOwner } from '@/governance/owners/delegate'
import { disputeOwner } from '@/governance/owners/dispute-owner'
import {
  eachOwnership,
  listOwnership,
  OwnershipFilter,
  type OwnershipRow,
} from '@/governance/owners/list-ownership'
import { suggestionWords } from '@/governance/owners/ownership-columns'
import { transferOwner } from '@/governance/owners/transfer-owner'
import { undoOwnership } from '@/governance/owners/undo-ownership'
import { cliCommand, type At } from '../command'
import { filterOf, withFilter } from '../filter-options'
import { printList } from '../print-list'
import { codeOwners } from './code-owners'
import { apply, check } from './owners-file'

const HEAD = ['OWNERSHIP', 'NAME', 'TYPE', 'OWNER', 'SUGGESTED', 'ID']
const cells = (row: OwnershipRow): string[] => [
  row.ownership,
  row.name,
  row.type,
  row.owner.name ?? (row.owner.state === 'absent' ? 'none' : 'unknown'),
  row.suggestions.map(suggestionWords)[0] ?? '-',
  row.id,
]

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
/** `none` takes away. */
const orNone = (value: unknown) => (value === 'none' ? null : text(value))

/** Identities by id, native id, alias or scope:id, with commas. */
async function idsOf({ actor }: At, words: string | undefined): Promise<string[]> {
  if (!words) throw new RollcallError('invalid', 'Say which identities, with commas.')
  const ids: string[] = []
  for (const word of words.split(',').filter(Boolean)) ids.push(await resolveIdentity(actor, word.trim()))
  return ids
}

type Done = { actId: string; changed: number }
async function said({ out }: At, schema: string, done: Done): Promise<void> {
  if (out.json) return out.answer(schema, done)
  await out.line(`${done.changed} changed. To undo it: owners undo ${done.actId}`)
}

const IDENTITIES = 'native ids, aliases or ids of identities, with commas'

const list = cliCommand(
  'list',
  'list identities by who answers for them; left to itself those that nobody has confirmed',
  async ({ actor, out, options }) => {
    const { filter, limit } = filterOf(OwnershipFilter, options)
    await printList({
      ...{ out, name: 'owners', all: options.all === true, head: HEAD, cells },
      page: () => listOwnership(actor, { ...filter, size: Math.min(limit, 500) }),
      each: () => eachOwnership(actor, filter),
      completeness: () => completenessOf(actor, filter.scope ? { scopeIds: [filter.scope] } : {}),
    })
  },
  withFilter(OwnershipFilter),
)

const assign = cliCommand(
  'assign',
  'say who answers for identities',
  async (at, words) => {
    const { actor, options } = at
    const set = {
      person: orNone(options.person),
      team: orNone(options.team),
      backup: orNone(options.backup),
      contact: orNone(options.contact),
    }
    await said(at, 'owners-assigned/1', await assignOwner(actor, { identities: await idsOf(at, words), set }))
  },
  (command) =>
    command
      .argument('<identities>', IDENTITIES)
      .option('--person <address>', 'who is accountable; none: nobody')
      .option('--team <name>', 'the team; none: no team')
      .option('--backup <address>', 'who in their place; none: nobody')
      .option('--contact <address>', 'whom to ask how it works; none: nobody'),
)

const confirm = cliCommand(
  'confirm',
  'confirm who is suggested, where one is surest',
  async (at, words) => {
    const key = text(at.options.key)
    const rows = (await idsOf(at, words)).map((identity) => ({ identity, ...(key && { keys: [key] }) }))
    await said(at, 'owners-confirmed/1', await confirmOwner(at.actor, { rows }))
  },
  (command) =>
    command
      .argument('<identities>', IDENTITIES)
      .option('--key <key>', 'this suggestion, as --json lists them'),
)

const transfer = cliCommand(
  'transfer',
  'hand identities over to somebody else',
  async (at, words) => {
    const { to, toTeam, why } = at.options
    const team = text(toTeam)
    const input = { to: String(to), why: String(why), ...(team !== undefined && { toTeam: team }) }
    const done = await transferOwner(at.actor, { identities: await idsOf(at, words), ...input })
    await said(at, 'owners-transferred/1', done)
  },
  (command) =>
    command
      .argument('<identities>', IDENTITIES)
      .requiredOption('--to <address>', 'who answers from now on')
      .option('--to-team <name>', 'and of which team; left out, the team stays')
      .requiredOption('--why <text>', 'why'),
)

const dispute = cliCommand(
  'dispute',
  'say that somebody does not answer for identities',
  async (at, words) => {
    const input = { identities: await idsOf(at, words), why: String(at.options.why) }
    await said(at, 'owners-disputed/1', await disputeOwner(at.actor, input))
  },
  (command) => command.argument('<identities>', IDENTITIES).requiredOption('--why <text>', 'why'),
)

const undo = cliCommand(
  'undo',
  'take an act back',
  async ({ actor, out }, actId = '') => {
    const done = await undoOwnership(actor, { actId })
    if (out.json) return out.answer('owners-undone/1', done)
    await out.line(`Undone: ${done.identities} as before.`)
  },
  (command) => command.argument('<act>', 'the id of the act'),
)

const delegate = cliCommand(
  'delegate',
  'have somebody stand in for a person who is away',
  async ({ actor, out, options }) => {
    const [starts, why] = [text(options.starts), text(options.why)]
    const done = await delegateOwner(actor, {
      ...{ from: String(options.from), to: String(options.to), until: String(options.until) },
      ...(starts !== undefined && { starts }),
      ...(why !== undefined && { why }),
    })
    if (out.json) return out.answer('delegation/1', done)
    await out.line(`${done.to} stands in for ${done.from} until ${done.endsAt}.`)
  },
  (command) =>
    command
      .requiredOption('--from <address>', 'who is away')
      .requiredOption('--to <address>', 'who stands in')
      .requiredOption('--until <day>', 'the last day, in UTC')
      .option('--starts <day>', 'the first day, in UTC; left out, from now on')
      .option('--why <text>', 'why'),
)

export const owners = [
  list,
  assign,
  confirm,
  transfer,
  dispute,
  undo,
  delegate,
  check,
  apply,
  codeOwners,
].reduce(
  (whole, one) => whole.addCommand(one),
  cliCommand(
    'owners',
    'who answers for identities: list, assign, confirm, transfer, dispute, undo, delegate, check, apply, code-owners',
    () => {
      throw new RollcallError(
        'invalid',
        'Say list, assign, confirm, transfer, dispute, undo, delegate, check, apply or code-owners.',
      )
    },
  ).enablePositionalOptions(),
)
