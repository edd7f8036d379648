// Requests to a server with the answers that its documentation and source give, worked out by hand.
import type { Held, Principal, Question, Realm } from '@/core/access'
import { nameless, path, policy, realmOf, role, roleId, unread } from './vault-world'
import { of, type CanCase } from './vault-case'
import { TEMPLATE_CASES } from './vault-template-cases'

const ME = roleId('approle', 'me')
type Rest = Partial<Realm> & {
  context?: Question['context']
  place?: string
  says?: RegExp
  principal?: Partial<Principal>
}
const asked = (
  why: string,
  held: Held[],
  ask: string,
  answer: CanCase['answer'],
  { context, place, says, principal, ...realm }: Rest = {},
): CanCase => {
  const [action = '', resource = ''] = ask.split(' ')
  return {
    why,
    realm: realmOf([role('approle', 'me', held, principal)], realm),
    who: ME,
    ask: { action, resource, ...(context && { context }), ...(place !== undefined && { place }) },
    answer,
    ...(says && { says }),
  }
}
const app = (...paths: ReturnType<typeof path>[]): Held[] => [policy('app', ...paths)]

/** acl.go: exact paths, then the best pattern; rules of one pattern are joined over policies. */
const PATTERNS: CanCase[] = [
  asked('an exact path', app(path('kv/data/a', 'read')), 'read kv/data/a', 'yes', {
    says: /app.*kv\/data\/a/,
  }),
  asked('nothing is said of it', app(path('kv/data/a', 'read')), 'read kv/data/b', 'no'),
  asked('a path is no prefix without a star', app(path('kv/data/', 'read')), 'read kv/data/b', 'no'),
  asked(
    'an exact rule without read goes before a glob with it',
    app(path('kv/data/*', 'read'), path('kv/data/a', 'update')),
    'read kv/data/a',
    'no',
  ),
  asked(
    'the longer glob decides',
    app(path('kv/*', 'read'), path('kv/data/*', 'list')),
    'read kv/data/a',
    'no',
  ),
  asked(
    'a broad deny does not reach a more special allow',
    app(path('kv/*', 'deny'), path('kv/data/a', 'read')),
    'read kv/data/a',
    'yes',
  ),
  asked(
    'a special deny of another policy takes away',
    [...app(path('kv/*', 'read')), policy('b', path('kv/data/a', 'deny'))],
    'read kv/data/a',
    'no',
    { says: /policy b.*denies/ },
  ),
  asked(
    'rules of one path are joined over policies',
    [...app(path('kv/a', 'read')), policy('b', path('kv/a', 'update'))],
    'update kv/a',
    'yes',
  ),
  asked(
    'deny wins among rules of one path',
    [...app(path('kv/a', 'read')), policy('b', path('kv/a', 'deny read'))],
    'read kv/a',
    'no',
  ),
  asked('a plus is one part', app(path('kv/+/a', 'read')), 'read kv/x/a', 'yes'),
  asked('a plus is not two parts', app(path('kv/+/a', 'read')), 'read kv/x/y/a', 'no'),
  asked(
    'a later wildcard goes first: the plus behind more text',
    app(path('kv/data/+', 'read'), path('kv/*', 'deny')),
    'read kv/data/a',
    'yes',
  ),
  asked(
    'a glob goes behind a plus at the same place',
    app(path('kv/*', 'read'), path('kv/+', 'deny')),
    'read kv/a',
    'no',
  ),
  asked(
    'an empty list decides and gives nothing',
    app(path('kv/a', []), path('kv/*', 'read')),
    'read kv/a',
    'no',
  ),
  asked('root allows everything', [policy('root', path('*', 'root'))], 'delete sys/auth/x', 'yes'),
  asked('a star in the middle is itself', app(path('kv/*/a', 'read')), 'read kv/x/a', 'no'),
  asked('a slash before the path counts for nothing', app(path('kv/a', 'read')), 'read /kv/a', 'yes'),
  asked(
    'read of a kv secret is at data, not at metadata',
    app(path('kv/metadata/*', 'read list')),
    'read kv/data/a',
    'no',
  ),
]
/** Root-protected paths ask for sudo at the deciding rule; tried with OpenBao 2.7.2. */
const SUDO: CanCase[] = [
  asked('a protected path without sudo', app(path('sys/auth/*', 'update')), 'update sys/auth/new', 'no', {
    says: /sudo/,
  }),
  asked('a protected path with sudo', app(path('sys/auth/*', 'update sudo')), 'update sys/auth/new', 'yes'),
  asked(
    'sudo at a broader rule does not count',
    app(path('sys/*', 'sudo'), path('sys/auth/*', 'update')),
    'update sys/auth/new',
    'no',
  ),
  asked(
    'engines are enabled without sudo',
    app(path('sys/mounts/*', 'update')),
    'update sys/mounts/new',
    'yes',
  ),
  asked(
    'orphans are made without sudo',
    app(path('auth/token/create-orphan', 'update')),
    'update auth/token/create-orphan',
    'yes',
  ),
  asked(
    'signing foreign authorities asks for sudo where it is pki',
    app(path('pki/root/sign-self-issued', 'update')),
    'update pki/root/sign-self-issued',
    'depends',
    { says: /sudo/ },
  ),
]
/** Parameters: `AllowOperation` of acl.go; of values nothing is kept. */
const PARAMETERS: CanCase[] = [
  asked(
    'what is asked is not known',
    app(path('kv/a', 'update', { allowed_parameters: ['x'] })),
    'update kv/a',
    'depends',
    { says: /x only/ },
  ),
  asked(
    'one beyond the allowed',
    app(path('kv/a', 'update', { allowed_parameters: ['x'] })),
    'update kv/a',
    'no',
    { context: { parameters: ['y'] } },
  ),
  asked(
    'an allowed one, whose values are not kept',
    app(path('kv/a', 'update', { allowed_parameters: ['x'] })),
    'update kv/a',
    'depends',
    { context: { parameters: ['x'] } },
  ),
  asked('all are allowed', app(path('kv/a', 'update', { allowed_parameters: ['*'] })), 'update kv/a', 'yes', {
    context: { parameters: ['y'] },
  }),
  asked(
    'a required one is given',
    app(path('kv/a', 'update', { required_parameters: ['ttl'] })),
    'update kv/a',
    'yes',
    { context: { parameters: ['TTL'] } },
  ),
  asked(
    'a required one is missing',
    app(path('kv/a', 'update', { required_parameters: ['ttl'] })),
    'update kv/a',
    'no',
    { context: { parameters: [] } },
  ),
  asked(
    'none is given and none required',
    app(path('kv/a', 'update', { denied_parameters: ['*'] })),
    'update kv/a',
    'yes',
    { context: { parameters: [] } },
  ),
  asked('all are denied', app(path('kv/a', 'update', { denied_parameters: ['*'] })), 'update kv/a', 'no', {
    context: { parameters: ['x'] },
  }),
  asked(
    'listing has no parameters',
    app(path('kv/a', 'list', { required_parameters: ['ttl'] })),
    'list kv/a',
    'yes',
  ),
  asked(
    'a control group is not read',
    app(path('kv/a', 'read', { further: ['control_group'] })),
    'read kv/a',
    'depends',
    { says: /control_group/ },
  ),
]
const ENDS = { expiration: '2026-06-01T00:00:00Z' }
const TIME: CanCase[] = [
  asked('whether it has ended is not known', app(path('kv/a', 'read', ENDS)), 'read kv/a', 'depends'),
  asked('before the end', app(path('kv/a', 'read', ENDS)), 'read kv/a', 'yes', {
    context: { now: '2026-05-31T00:00:00Z' },
  }),
  asked('after the end', app(path('kv/a', 'read', ENDS)), 'read kv/a', 'no', {
    context: { now: '2026-06-01T00:00:00Z' },
  }),
  asked(
    'after the end the broader rule decides',
    app(path('kv/a', 'deny', ENDS), path('kv/*', 'read')),
    'read kv/a',
    'yes',
    { context: { now: '2027-01-01T00:00:00Z' } },
  ),
  asked(
    'when it ends is not kept',
    app(path('kv/a', 'read', { further: ['expiration'] })),
    'read kv/a',
    'depends',
    { context: { now: '2026-05-31T00:00:00Z' } },
  ),
]
const UNKNOWN: CanCase[] = [
  asked(
    'a policy that could not be read',
    [...app(path('kv/a', 'read')), unread('b')],
    'read kv/a',
    'depends',
    { says: /b could not be read/ },
  ),
  asked(
    'another language',
    [{ ...policy('app', path('kv/a', 'read')), language: 'sentinel' }],
    'read kv/a',
    'depends',
  ),
  asked(
    'a policy that is not there, all of which were read, gives nothing',
    [...app(path('kv/a', 'read')), nameless('gone')],
    'read kv/a',
    'yes',
  ),
  asked(
    'a policy that was not among those read in part',
    [...app(path('kv/a', 'read')), nameless('gone')],
    'read kv/a',
    'depends',
    { unseen: [{ part: 'rulings', words: 'read sys/policies/acl/* was not read whole (denied).' }] },
  ),
  asked('roles of its method were not read whole', app(path('kv/a', 'read')), 'read kv/b', 'depends', {
    unseen: [{ part: 'grants', words: 'read auth/<approle>/role/+ was not read whole (denied).' }],
  }),
  asked(
    'live tokens that were not asked for say nothing of roles',
    app(path('kv/a', 'read')),
    'read kv/b',
    'no',
    { unseen: [{ part: 'grants', words: 'list auth/token/accessors was not read whole (left-out).' }] },
  ),
  asked('a capability that nobody knows', app(path('*', 'read sudo update')), 'destroy kv/a', 'depends'),
  asked('another namespace', app(path('kv/a', 'read')), 'read kv/a', 'depends', { place: 'team-a' }),
  asked(
    'a path with a star that the server would refuse',
    app(path('kv/+*', 'read')),
    'read kv/a',
    'depends',
  ),
  of('somebody who is not there', realmOf([]), 'nobody', 'read kv/a', 'depends'),
  asked(
    'the slash at the end: OpenBao looks with it first',
    app(path('kv/a/*', 'list'), path('kv/+', 'deny')),
    'list kv/a/',
    'yes',
  ),
  asked(
    'the slash at the end: Vault looks without it first',
    app(path('kv/a/*', 'list'), path('kv/+', 'deny')),
    'list kv/a/',
    'no',
    { type: 'vault.cluster' },
  ),
]

export const CAN_CASES: readonly CanCase[] = [
  ...PATTERNS,
  ...SUDO,
  ...PARAMETERS,
  ...TIME,
  ...UNKNOWN,
  ...TEMPLATE_CASES,
]
