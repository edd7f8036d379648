// Sets of permissions that lead to more than what is held: data, one definition each.
import { PLACES } from './escalations-places'
import { REACH } from './escalations-reach'
import { needsOf, one, POLICIES, TOKEN, UPDATE, WRITE, type Definition } from './definition'

const RIGHTS: readonly Definition[] = [
  {
    id: 'V01',
    title: 'Hold the policy root',
    ways: [],
    leads: 'administrator',
    gives: 'The policy root allows everything, and its tokens may never end.',
    source: 'OpenBao documentation: concepts/tokens, root tokens',
  },
  {
    id: 'V02',
    title: 'Rewrite a policy that it holds',
    ways: [one('sys/policies/acl/{held}', UPDATE), one('sys/policy/{held}', UPDATE)],
    leads: 'administrator',
    administers: true,
    gives: 'It can rewrite a policy that it holds, so that it allows everything.',
    source: `${POLICIES}: policies are read at each request`,
  },
  {
    id: 'V02-other',
    title: 'Write policies of others',
    ways: [one('sys/policies/acl/{name}', UPDATE), one('sys/policy/{name}', UPDATE)],
    leads: 'administrator',
    administers: true,
    gives: 'It can write policies.',
    open: 'Whether one of those that it can write reaches itself is not known here.',
    source: POLICIES,
  },
  {
    id: 'V03',
    title: 'Make tokens with any policy',
    ways: [one('auth/token/create', UPDATE, true), one('auth/token/create-orphan', UPDATE, true)],
    leads: 'administrator',
    administers: true,
    gives: 'It can make tokens with any policy but root.',
    source: TOKEN,
  },
  {
    id: 'V04',
    title: 'Make tokens with its own policies',
    ways: [one('auth/token/create', UPDATE), one('auth/token/create-orphan', UPDATE)],
    leads: 'nothing',
    only: 'Without sudo. An orphan outlives the token that made it, with no more rights.',
    gives: 'It can make tokens with a part of its own policies, which is no more than it has.',
    source: TOKEN,
  },
  {
    id: 'V05',
    title: 'Write a token role and make tokens by it',
    ways: [
      [
        { path: 'auth/token/roles/{name}', capability: WRITE },
        { path: 'auth/token/create/{name}', capability: UPDATE },
      ],
    ],
    leads: 'administrator',
    administers: true,
    gives: 'It can write a token role and make tokens by it, with any policy but root.',
    source: TOKEN,
  },
  {
    id: 'V05-change',
    title: 'Change token roles',
    ways: [one('auth/token/roles/{name}', WRITE)],
    leads: 'administrator',
    administers: true,
    gives: 'It can change token roles.',
    open: 'Whether it can make tokens by one is not known here.',
    source: TOKEN,
  },
  {
    id: 'V05-other',
    title: 'Make tokens by token roles that were not seen',
    ways: [one('auth/token/create/{name}', UPDATE)],
    leads: 'administrator',
    administers: true,
    gives: 'It can make tokens by a token role.',
    open: 'Which policies the role allows is not known here.',
    source: TOKEN,
  },
  {
    id: 'V05-use',
    title: 'Make tokens by a token role',
    ways: [one('auth/token/create/{role}', UPDATE)],
    leads: 'target',
    only: 'The role names the policies that it allows, which need not be those of whoever makes the token.',
    gives: 'It can make tokens with the policies of the token role.',
    source: TOKEN,
  },
  {
    id: 'V05-any',
    title: 'Make tokens by a role that names no policies that it allows',
    ways: [one('auth/token/create/{role}', UPDATE), one('auth/token/create/{role}', UPDATE, true)],
    leads: 'administrator',
    only: 'Without sudo only where the role names policies that it does not allow: all others may be asked for. With sudo always.',
    gives: 'It can make tokens with any policy but root and those that the role does not allow.',
    source: TOKEN,
  },
  {
    id: 'V10',
    title: 'Write every policy',
    ways: [
      [
        { path: 'sys/policies/acl/{name}', capability: UPDATE },
        { path: 'sys/policies/acl/{held}', capability: UPDATE },
      ],
    ],
    leads: 'administrator',
    gives: 'It can write every policy, those that it holds too.',
    source: POLICIES,
  },
]

export const DEFINITIONS: readonly Definition[] = [...RIGHTS, ...PLACES, ...REACH]
export const definition = (id: string): Definition => {
  const found = DEFINITIONS.find((each) => each.id === id)
  if (!found) throw new Error(`There is no definition ${id}.`)
  return found
}
/** As the contract has them. */
export const ESCALATIONS = DEFINITIONS.map((each) => {
  const { id, title, only, gives, source } = each
  return { id, title, needs: needsOf(each), ...(only !== undefined && { only }), gives, source }
})
