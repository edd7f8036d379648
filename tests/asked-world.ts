// Two accounts to ask about: one of each sort of answer, each for a reason that stands beside it.
import { known } from '@/core/fact'
import {
  all,
  documentOf,
  holds,
  lets,
  newSource,
  NORTH,
  policy,
  role,
  roleArn,
  see,
  SOUTH,
  UNREADABLE,
} from './granted-world'
import { credential } from './scripted-source'

const ISSUER = 'token.ci.example'
const tokens = (of: string, subject: string, audience?: string) =>
  lets(of, '', {
    nativeId: `${of} tokens ${subject}`,
    principalType: 'federated',
    principal: `arn:aws:iam::${NORTH}:oidc-provider/${ISSUER}`,
    actions: ['sts:AssumeRoleWithWebIdentity'],
    conditions: {
      StringLike: { [`${ISSUER}:sub`]: subject },
      ...(audience && { StringEquals: { [`${ISSUER}:actor`]: audience } }),
    },
    links: [
      {
        relation: 'permitted',
        means: 'becomes-this',
        to: 'oidc.subject',
        match: 'pattern',
        value: `${ISSUER}|${subject}`,
        reason: 'Its trust accepts tokens whose subject fits this.',
      },
    ],
  })

/** `asker` may assume `target`, which may do everything; `ci` is let in by tokens of a forge and may assume `target` too. */
export async function askedWorld(): Promise<void> {
  const policies = [
    policy('p-all', documentOf({ Action: '*' })),
    policy('p-assume', documentOf({ Action: 'sts:AssumeRole' }, { Action: 's3:ListAllMyBuckets' })),
    policy('p-dim', UNREADABLE),
  ]
  const held = [
    holds('target', 'p-all'),
    holds('asker', 'p-assume'),
    holds('ci', 'p-assume'),
    holds('dim', 'p-dim'),
    holds('old', 'p-all'),
  ]
  const vendor = { vendor: known('Lanterna Watch', 'demo:List') }
  const roles = [
    role('target'),
    role('asker', NORTH, vendor),
    role('ci'),
    role('picky'),
    role('dim'),
    role('lone'),
    role('twin'),
  ]
  const trusts = [
    lets('target', roleArn('asker')),
    lets('target', roleArn('ci')),
    tokens('ci', 'repo:halden/*'),
    tokens('picky', 'repo:halden/shop:*', 'ada'),
  ]
  const keys = [credential('key-1', 'asker')]
  const source = await newSource()
  await see(source, NORTH, 1, all(...policies, ...roles, role('old'), ...held, ...trusts, ...keys))
  await see(source, NORTH, 2, all(...policies, ...roles, ...held.slice(0, 4), ...trusts, ...keys))
  const strange = policy('p-strange', documentOf({ Action: '*' }), 'klingon')
  const south = all(role('twin', SOUTH), role('stranger', SOUTH), strange, holds('stranger', 'p-strange'))
  await see(await newSource(), SOUTH, 1, south)
}
export const TOKEN = `token:${ISSUER}|repo:halden/shop:ref:refs/heads/main`
