// `identity <reference>`: one identity, every fact with its source and time.
import { getIdentity } from '@/inventory/queries/get-identity'
import { resolveIdentity } from '@/inventory/queries/resolve-identity'
import type { Bounded, FactView, IdentityDetail } from '@/inventory/queries/types'
import type { Exercised } from '@/core/observation'
import type { Owner, Privilege } from '@/core/subject'
import { atAsked, withAsOf } from '../as-of'
import { cliCommand } from '../command'
import type { Output } from '../output'
import { printable, table } from '../table'
import { factWords, minute } from '../words'

const showOwner = (owner: unknown) => {
  const { name, how } = owner as Owner
  return `${name}, by ${how}`
}
const showPrivilege = (privilege: unknown) => {
  const { class: word, because } = privilege as Privilege
  return because.length ? `${word}: ${because[0]}` : word
}
const showSeen = (seen: unknown) => {
  const { from, to, actions, unseen, total } = seen as Exercised
  const share = total === undefined ? `${actions.length}` : `${actions.length} of ${total}`
  const part = unseen && total === undefined ? ' (a part is not told)' : ''
  return `${share} seen${part} from ${from.slice(0, 10)} to ${to.slice(0, 10)}`
}
const showTags = (tags: unknown) => (Object.keys(tags as object).length ? listTags(tags) : 'none')
const listTags = (tags: unknown) =>
  Object.entries(tags as Record<string, string>)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ')

async function section<R>(
  out: Output,
  title: string,
  list: Bounded<R>,
  cells: (row: R) => string[],
): Promise<void> {
  if (!list.rows.length) return
  await out.line(`\n${title}${list.more ? ` (the first ${list.rows.length})` : ''}`)
  const rows = list.rows.map(cells)
  const lines = table(
    rows[0] ?? [],
    rows.slice(1),
    process.stdout.isTTY ? (process.stdout.columns ?? 80) - 2 : undefined,
  )
  for (const line of lines.split('\n')) await out.line(`  ${printable(line)}`)
}

async function printFacts(out: Output, { facts }: IdentityDetail): Promise<void> {
  const shown: [string, FactView, ((value: unknown) => string)?][] = [
    ['Owner', facts.owner, showOwner],
    ['Privilege', facts.privilege, showPrivilege],
    ['Last used', facts.lastUsedAt],
    ['Created', facts.createdAt],
    ['Enabled', facts.enabled],
    ['Description', facts.description],
    ['Tags', facts.tags, showTags],
    ['Longest session', facts.maxSessionSeconds, (seconds) => `${Number(seconds)} s`],
  ]
  for (const [title, fact, show] of shown)
    await out.line(`${title.padEnd(16)}${printable(factWords(fact, show))}`)
}

async function print(out: Output, detail: IdentityDetail): Promise<void> {
  const { identity: one } = detail
  await out.line(printable(`${one.name}  (${one.type}, ${one.class}: ${detail.classReason})`))
  if (one.scope.sample) await out.line('Part of the sample organisation: not real.')
  if (one.retiredAt) await out.line(`Gone since ${minute(one.retiredAt)}.`)
  await out.line(printable(`${one.id}\n`.trim()))
  for (const name of [one.nativeId, ...detail.aliases]) await out.line(printable(name))
  await out.line(
    printable(`in ${one.scope.name} (${one.scope.nativeId}), confirmed ${minute(detail.confirmedAt)}`),
  )
  await out.line('')
  await printFacts(out, detail)
  await section(out, 'Findings', detail.findings, (f) => [
    f.state === 'open' ? f.verdict : 'resolved',
    f.severity,
    f.ruleId,
    f.message,
  ])
  await section(out, 'Credentials', detail.credentials, (c) => [
    c.name,
    c.type,
    `value made ${c.valueMadeAt ? minute(c.valueMadeAt) : 'unknown'}`,
    `last used ${c.facts.lastUsedAt.state === 'known' ? minute(c.facts.lastUsedAt.value) : c.facts.lastUsedAt.state === 'absent' ? 'never' : 'unknown'}`,
    c.retiredAt ? `gone since ${minute(c.retiredAt)}` : '',
  ])
  await section(out, 'Permissions', detail.grants, (g) => [
    g.entitlement.name,
    g.effect,
    [g.via, g.viaName].filter(Boolean).join(' '),
    g.exercised ? `in use: ${factWords(g.exercised, showSeen)}` : '',
  ])
  await section(out, 'Who can become it', detail.trust, (t) => [t.effect, t.principalType, t.principal])
  await section(out, 'Used by', detail.usedBy, (w) => [w.name, w.type])
  await out.line('')
  await out.restsOn(detail.completeness)
}

export const identity = cliCommand(
  'identity',
  'show one identity with every fact, its source and its time',
  async ({ actor, out, options }, reference = '') => {
    const scope = typeof options.scope === 'string' ? options.scope : undefined
    await atAsked(options, async () => {
      const detail = await getIdentity(actor, await resolveIdentity(actor, reference, scope))
      if (out.json) await out.answer('identity/1', detail)
      else await print(out, detail)
    })
  },
  (command) =>
    withAsOf(command)
      .argument('<reference>', 'its id, the id at its source, an alias such as an ARN, or its name')
      .option('--scope <scope>', 'id or name of the scope, where the reference alone may be several'),
)
