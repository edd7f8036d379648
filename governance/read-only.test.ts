// An auditor changes nothing: of all commands they may give those about what is their own, and a limited one fewer still.
import { expect, test } from 'vitest'
import { may, PERMISSIONS, type Permission } from '@/core/permissions'
import { actorAs } from '@/tests/actors'
import { COMMANDS } from './commands'

/** What an auditor has for themselves: when they are told, tokens that may do no more than they, packs they ask for. */
const OWN = ['notice.prefer', 'pack.build', 'pack.cancel', 'pack.download', 'token.create', 'token.revoke']
const LIMITED_OWN = ['notice.prefer', 'token.create', 'token.revoke']

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
  const limited = names.filter((one) => may({ role: 'administrator', within: [] }, one))
  expect(limited).toEqual(names.filter((one) => may({ role: 'auditor', within: [] }, one)))
})
