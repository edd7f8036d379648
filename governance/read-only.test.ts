// An auditor changes nothing: of all commands they may give those about what is their own, and a limited one fewer still.
import { expect, test } from 'vitest'
import { may, PERMISSIONS, type Permission } from '@/core/permissions'
import { actorAs } from '@/tests/actors'
import { COMMANDS } from './commands'

/** What an auditor has for themselves: when they are told, tokens that may do no more than they, packs they ask for, and what they say in an audit. */
const OWN = [
  ...['audit.ask', 'audit.comment', 'audit.draw', 'audit.judge'],
  ...['notice.prefer', 'pack.build', 'pack.cancel', 'pack.download', 'token.create', 'token.revoke'],
]
/** The pack is one that was handed over to them. */
const LIMITED_OWN = OWN.filter((name) => !['pack.build', 'pack.cancel'].includes(name))

const auditor = actorAs('auditor')
const commandsOf = (actor: typeof auditor) =>
  COMMANDS.filter(({ meta }) => may(actor, meta.permission))
    .map(({ meta }) => meta.name)
    .sort()

test('an auditor may give the commands about what is their own, and no other', () => {
  expect(commandsOf(auditor)).toEqual(OWN)
})
test('whoever is limited to some scopes may do less, whatever their role', () => {
  expect(commandsOf({ ...auditor, within: [] })).toEqual(LIMITED_OWN)
  const names = Object.keys(PERMISSIONS) as Permission[]
  // Being limited never gives what a role has not.
  const limited = names.filter((one) => may({ role: 'administrator', within: [] }, one))
  const auditing = names.filter((one) => may({ role: 'auditor', within: [] }, one))
  expect(limited.filter((one) => !auditing.includes(one))).toEqual([])
})
