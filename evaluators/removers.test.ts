// Commands to remove and reduce: what a shell makes of them is what was meant, whatever names hold; and in the order in which
// nothing is lost before the last.
import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HOSTILE } from '@/tests/hostile-texts'
import type { HeldGrant, Removable } from './removal'
import { planFor } from './removers'
import { noOption, shell, word } from './shell'

const PROGRAMS = ['aws', 'az', 'gcloud', 'kubectl', 'spire-server', 'vault', 'bao']
const called = (program: string) => program.replace('-', '_')
const MARK = 'FILL_IN_NAME'
/** The words that a shell hands to the programs of clouds, command by command. Nothing else could be found by it. */
function parsed(script: string): string[][] {
  // A name with a dash is none that a shell takes for a function everywhere: it is called by another.
  const stubs = PROGRAMS.map((name) => `${called(name)}() { printf '%s\\0' ${name} "$@" '\u0007'; }`).join(
    '\n',
  )
  const out = execFileSync(
    '/bin/sh',
    ['-euc', `${stubs}\n${script.replaceAll(/^spire-server /gm, 'spire_server ')}\n`],
    {
      env: { ...process.env, PATH: '/nowhere' },
      encoding: 'utf8',
    },
  )
  return out
    .split('\0\u0007\0')
    .filter(Boolean)
    .map((one) => one.split('\0'))
}
/** A shell cannot be handed the rest: no text of the database holds it. */
const NAMES = fc
  .oneof(
    HOSTILE,
    fc
      .array(
        fc.constantFrom(
          "'",
          '"',
          '`',
          '$(touch /tmp/x)',
          '${HOME}',
          '\n',
          ';',
          '&&',
          '|',
          '>',
          '-',
          '--',
          '~',
          '*',
          '\\',
          ' ',
          '!',
          '#',
          'a',
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join('')),
  )
  .filter((text) => !text.includes('\0') && text.isWellFormed())

describe('a word', () => {
  test.each([
    ["it's", "'it'\\''s'"],
    ['$(id)', "'$(id)'"],
    ['a\nb', "'a\nb'"],
    ['-rf', "'-rf'"],
    ['', "''"],
    ['deploy@x.iam.gserviceaccount.com', 'deploy@x.iam.gserviceaccount.com'],
    ['~root', "'~root'"],
    ['\u001b[2J', MARK],
    ['a\u202eb', MARK],
    ['@/etc/passwd', MARK],
    ['file:///etc/passwd', MARK],
    ['-', MARK],
  ])('%j is written %j', (text, written) => expect(word(text)).toBe(written))
  test('is one word to a shell, and the same, or it is marked to be filled in', () => {
    fc.assert(
      fc.property(NAMES, (name) => {
        const [words] = parsed(shell`aws --name=${name} --then ${name}`)
        const expected = word(name) === MARK ? MARK : name
        expect(words).toEqual(['aws', `--name=${expected}`, '--then', expected])
      }),
      { numRuns: 150 },
    )
  })
  test('that would be an option where no value is taken is marked', () => {
    expect([noOption('--all'), noOption('deploy')]).toEqual([MARK, 'deploy'])
  })
})

const grant = (more: Partial<HeldGrant>): HeldGrant => ({
  id: 'g',
  name: 'g',
  entitlement: 'e',
  via: 'attached',
  effect: 'allow',
  ...more,
})
/** Of every sort, and everything that a source could name is named the same. */
function named(type: string, name: string): Removable {
  const flat = name.replaceAll(/[/:]/g, '')
  const grants = [
    grant({
      id: `/subscriptions/s/providers/Microsoft.Authorization/roleAssignments/${flat || 'a'}`,
      name,
      entitlement: name,
    }),
    grant({ id: `x/app-role-assignment/${flat || 'a'}`, name, entitlement: `arn:aws:iam::1:policy/${name}` }),
    grant({ id: `directory-role-assignment/${flat || 'a'}`, name, via: 'inline' }),
    grant({ name, via: 'group', viaName: name }),
    grant({ name: flat, viaName: `RoleBinding ${flat || 'a'}/${name}` }),
    grant({ name, viaName: `ClusterRoleBinding ${name}` }),
    grant({
      name,
      document: { role: name, resource: `//cloudresourcemanager.googleapis.com/projects/${flat || 'p'}` },
    }),
  ]
  return {
    identity: {
      id: name,
      type,
      name,
      aliases: [
        `arn:aws:iam::111122223333:${type === 'aws.iam-user' ? 'user' : 'role'}/${name}`,
        `system:serviceaccount:${flat || 'a'}:${flat || 'b'}`,
        `${flat.replaceAll(/[\s@]/g, '')}x@p.iam.gserviceaccount.com`,
        `auth/approle/role/${name}`,
        `/subscriptions/s/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`,
      ],
      keys: [{ type: 'azure.client-id', value: name }],
    },
    scope: { id: `cluster/${name}`, type: 'vault.cluster', name },
    trust: [name],
    credentials: [
      { id: name, type: 'aws.access-key', name },
      { id: `1/keys/${name}`, type: 'gcp.service-account-key', name },
      { id: name, type: 'kubernetes.legacy-token', name: `ns/${name}` },
    ],
    grants,
    drops: grants,
  }
}
const TYPES = [
  'aws.iam-user',
  'aws.iam-role',
  'azure.application',
  'azure.managed-identity',
  'gcp.service-account',
  'kubernetes.service-account',
  'kubernetes.user',
  'kubernetes.group',
  'spire.workload',
  'spire.agent',
  'vault.approle-role',
  'vault.token-role',
  'vault.entity',
  'vault.token',
]
const plansOf = (name: string) =>
  TYPES.flatMap((type) =>
    (['remove', 'reduce'] as const).map((kind) => {
      const plan = planFor(kind, named(type, name))
      if (!plan) throw new Error(`nobody removes ${type}`)
      return { type, kind, plan }
    }),
  )
const runsOf = (name: string) =>
  plansOf(name).flatMap(({ plan: { off, back, end } }) => [...off, ...back, ...end].map(({ run }) => run))

describe('every plan', () => {
  test('is the same commands with the same options to a shell, whatever names hold', () => {
    /** Options by their names up to where none are taken any more, and that there are words beside them. */
    const shape = (name: string) =>
      parsed(runsOf(name).join('\n')).map((words) => {
        const end = words.indexOf('--')
        return words.map((one, at) =>
          one.startsWith('-') && (end < 0 || at <= end) ? one.split('=')[0] : 'word',
        )
      })
    const plain = shape('plain')
    fc.assert(
      fc.property(
        NAMES.map((name) => `n${name}`),
        (name) => {
          expect(shape(name)).toEqual(plain)
        },
      ),
      { numRuns: 60 },
    )
  })
  test.each(plansOf('deploy'))('$type, $kind: ends nothing before it was turned off', ({ kind, plan }) => {
    const runs = plan.end.map(({ run }) => run)
    if (kind === 'reduce') expect(runs).toEqual([])
    else expect(runs.length).toBeGreaterThan(0)
    expect(plan.off.map(({ run }) => run).join('\n')).not.toMatch(
      /delete-(user|role) |service-accounts delete|ad (sp|app) delete/,
    )
    for (const { does } of [...plan.off, ...plan.back, ...plan.end]) expect(does).not.toBe('')
  })
  test('brings no line of a name into words', () => {
    for (const { plan } of plansOf('a\nb\u2028c'))
      for (const text of [...plan.notes, ...[...plan.off, ...plan.back, ...plan.end].map(({ does }) => does)])
        expect(text).not.toMatch(/[\n\u2028]/)
  })
  test('marks what is not known, and says what has to stand there', () => {
    const known = {
      ...named('kubernetes.service-account', 'x'),
      identity: { id: 'u', type: 'kubernetes.service-account', name: 'x', aliases: [], keys: [] },
    }
    expect(planFor('remove', known)?.fillIn.map(({ mark }) => mark)).toEqual([
      'FILL_IN_CONTEXT',
      'FILL_IN_NAMESPACE',
      'FILL_IN_SERVICE_ACCOUNT',
    ])
  })
  test('is not made for what nobody here knows', () => {
    expect(planFor('remove', named('demo.robot', 'x'))).toBeUndefined()
  })
})

test('an IAM user: denied and its key turned off first, then taken apart, then deleted', () => {
  const plan = planFor('remove', {
    ...named('aws.iam-user', 'ci'),
    grants: [
      grant({ entitlement: 'arn:aws:iam::1:policy/p', name: 'p' }),
      // Seen by a look after it was turned off.
      grant({ name: 'rollcall-off', via: 'inline' }),
    ],
  })
  expect(plan?.off.map(({ run }) => run.split(' --policy-document')[0])).toEqual([
    'aws iam put-user-policy --user-name=ci --policy-name=rollcall-off',
    'aws iam update-access-key --user-name=ci --access-key-id=ci --status=Inactive',
  ])
  expect(plan?.end.map(({ run }) => run)).toEqual([
    'aws iam delete-access-key --user-name=ci --access-key-id=ci',
    'aws iam detach-user-policy --user-name=ci --policy-arn=arn:aws:iam::1:policy/p',
    'aws iam delete-user-policy --user-name=ci --policy-name=rollcall-off',
    'aws iam delete-user --user-name=ci',
  ])
})
test('a role of a service account under a condition, or held by a group, is told in words', () => {
  const place = '//cloudresourcemanager.googleapis.com/projects/shop'
  const known = {
    ...named('gcp.service-account', 'x'),
    drops: [
      grant({ name: 'plain', document: { role: 'roles/viewer', resource: place } }),
      grant({ name: 'conditional', document: { role: 'roles/editor', resource: place, condition: {} } }),
    ],
  }
  const plan = planFor('reduce', known)
  expect(plan?.off.map(({ run }) => run)).toEqual([
    'gcloud projects remove-iam-policy-binding shop --member=serviceAccount:xx@p.iam.gserviceaccount.com --role=roles/viewer --condition=None',
  ])
  expect(plan?.notes.join(' ')).toContain('No command is written for conditional:')
})
test('of a role of Vault the policies that are left are written, and what it had can be given back', () => {
  const grants = ['app', 'old', 'default'].map((name) => grant({ id: name, name, entitlement: name }))
  const known = {
    ...named('vault.approle-role', 'x'),
    scope: { id: 'cluster/team', type: 'vault.openbao-cluster', name: 'team' },
    grants,
    drops: grants.filter(({ name }) => name === 'old'),
  }
  const plan = planFor('reduce', known)
  expect(plan?.off[0]?.run).toBe('bao write -namespace=team -- auth/approle/role/x token_policies=app')
  expect(plan?.back[0]?.run).toBe('bao write -namespace=team -- auth/approle/role/x token_policies=app,old')
})
test('entries are shown, then deleted by their ids; an agent is banned first', () => {
  const known = { ...named('spire.workload', 'spiffe://x/job'), trust: ['one', 'two'] }
  const plan = planFor('remove', known)
  expect(plan?.off.map(({ run }) => run)).toEqual([
    'spire-server entry show -entryID=one',
    'spire-server entry show -entryID=two',
  ])
  expect(plan?.end.map(({ run }) => run)).toEqual([
    'spire-server entry delete -entryID=one',
    'spire-server entry delete -entryID=two',
  ])
  const agent = planFor('remove', named('spire.agent', 'spiffe://x/agent'))
  expect(agent?.off.map(({ run }) => run)).toEqual(['spire-server agent ban -spiffeID=spiffe://x/agent'])
})
test('a user of a cluster is taken out of its bindings, which are deleted only where they are for nobody else', () => {
  const known = {
    ...named('kubernetes.user', 'ann'),
    grants: [grant({ viaName: 'ClusterRoleBinding admins' })],
  }
  const plan = planFor('remove', known)
  expect(plan?.off.map(({ run }) => run)).toEqual([
    'kubectl get clusterrolebinding --context=FILL_IN_CONTEXT --output=yaml -- admins',
    'kubectl edit clusterrolebinding --context=FILL_IN_CONTEXT -- admins',
  ])
  expect(plan?.off[1]?.does).toContain('take the subject ann out')
})
test('a role that makes tokens is deleted at its path, and of the root user of an account words are told', () => {
  const known = named('vault.token-role', 'x')
  const aliases = ['auth/token/roles/ci']
  const plan = planFor('remove', { ...known, identity: { ...known.identity, aliases } })
  expect(plan?.end.map(({ run }) => run)).toEqual(['vault delete -namespace=x -- auth/token/roles/ci'])
  const root = planFor('remove', named('aws.root-user', 'root'))
  expect([root?.off, root?.back, root?.end]).toEqual([[], [], []])
  expect(root?.notes.join(' ')).toContain('IAM lets nobody else delete keys of the root user')
})
