// How wide subjects and other claims of known issuers are.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { issuerOf, widthOf, type Width } from '.'
import { HOSTS } from './issuers'

const GITHUB = 'https://token.actions.githubusercontent.com'
const EKS = 'oidc.eks.eu-west-1.amazonaws.com/id/ABC'
type Row = [issuer: string, claim: string, value: string, width: Width['width'] | undefined, says?: RegExp]

const PATTERNS: Row[] = [
  [GITHUB, 'sub', '*', 'everyone'],
  [GITHUB, 'sub', 'repo:*', 'everyone'],
  [GITHUB, 'sub', 're*', 'everyone'],
  [GITHUB, 'sub', 'repo:acme*', 'lookalikes', /any GitHub user who registers .* begins with "acme"/],
  [GITHUB, 'sub', 'repo:acme*/app:*', 'lookalikes'],
  [GITHUB, 'sub', 'repo:acm?/app:ref:refs/heads/main', 'lookalikes'],
  [GITHUB, 'sub', 'repo:*/app:ref:refs/heads/main', 'everyone'],
  [GITHUB, 'sub', 'repo:acme/*', 'organisation'],
  [GITHUB, 'sub', 'repo:acme/app*', 'organisation', /begins with "app"/],
  [GITHUB, 'sub', 'repo:acme/*:ref:refs/heads/main', 'organisation'],
  [GITHUB, 'sub', 'repo:acme/app:*', 'repository', /any branch/],
  [GITHUB, 'sub', 'repo:acme/app:ref:refs/heads/*', 'repository'],
  [GITHUB, 'sub', 'repo:acme/app:environment:prod', 'one'],
  [GITHUB, 'sub', 'repo:acme@12/app@34:*', 'repository'],
  [GITHUB, 'sub', 'repo:acme@12/*', 'organisation'],
  [GITHUB, 'sub', 'repo:acme@1*', 'lookalikes'],
  [GITHUB, 'sub', 'environment:prod*', 'everyone', /neither repository nor owner/],
  [GITHUB, 'repository', 'acme/*', 'organisation'],
  [GITHUB, 'repository', 'acme*', 'lookalikes'],
  [GITHUB, 'repository_id', '12*', 'everyone'],
  [GITHUB, 'job_workflow_ref', 'acme/ci/.github/workflows/*', 'repository'],
  [GITHUB, 'job_workflow_ref', 'acme*', 'lookalikes'],
  [GITHUB, 'ref', 'refs/heads/*', 'everyone'],
  ['https://gitlab.com', 'sub', 'project_path:acme/*', 'organisation'],
  ['https://gitlab.com', 'sub', 'project_path:acme*', 'lookalikes', /GitLab user/],
  ['https://gitlab.com/', 'sub', 'project_path:acme/team/app:*', 'repository'],
  ['https://app.terraform.io', 'sub', 'organization:acme:*', 'organisation'],
  ['https://app.terraform.io', 'sub', 'organization:acme*', 'lookalikes'],
  ['https://app.terraform.io', 'sub', 'organization:*:workspace:prod:*', 'everyone'],
  ['https://app.terraform.io', 'sub', 'organization:acme:project:p:workspace:*', 'organisation'],
  ['https://app.terraform.io', 'sub', 'organization:acme:project:p:workspace:w:run_phase:*', 'repository'],
  [
    'https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc',
    'sub',
    '*',
    'organisation',
  ],
  [
    'https://api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc',
    'sub',
    '{a-b}:*',
    'repository',
  ],
  ['https://oidc.circleci.com/org/11-22', 'sub', 'org/11-22/project/33/*', 'repository'],
  ['https://oidc.circleci.com/org/11-22', 'sub', 'org/11-22/*', 'organisation'],
  ['https://agent.buildkite.com', 'sub', 'organization:acme:pipeline:*', 'organisation'],
  ['https://accounts.google.com', 'sub', '1*', 'everyone'],
  [EKS, 'sub', 'system:serviceaccount:*', 'cluster', /every service account of the cluster/],
  [EKS, 'sub', 'system:serviceaccount:*:app', 'cluster', /named "app"/],
  [EKS, 'sub', 'system:serviceaccount:shop:*', 'namespace'],
  [EKS, 'sub', 'system:serviceaccount:shop:app*', 'lookalikes', /make service accounts in the namespace/],
  [EKS, 'sub', 'system:serviceaccount:shop*:app', 'lookalikes', /make namespaces/],
  [EKS, 'sub', 'system:serviceaccount:shop:app', 'one'],
  ['https://spire.acme.example', 'sub', 'spiffe://td/*', 'cluster', /trust domain/],
  ['https://spire.acme.example', 'sub', 'spiffe://td/ns/shop/*', 'namespace'],
  ['https://spire.acme.example', 'sub', 'someone', undefined],
  [GITHUB, 'nothing-like-it', 'x', undefined],
  [GITHUB, 'toString', 'x', undefined],
]

test.each(PATTERNS)('%s %s like %s: %s', (url, claim, value, width, says) => {
  const found = widthOf(issuerOf(url), claim, value, 'pattern')
  expect(found?.width).toBe(width)
  if (says) expect(`${found?.words} ${found?.whoCouldCreate}`).toMatch(says)
})

const EXACT: Row[] = [
  [GITHUB, 'sub', 'repo:acme/app:ref:refs/heads/main', 'one'],
  [GITHUB, 'sub', 'repo:acme/app:pull_request', 'repository', /pull request/],
  [GITHUB, 'sub', 'repo:acme/*', 'one'],
  [GITHUB, 'sub', 'environment:prod', 'everyone'],
  [GITHUB, 'sub', 'repository_owner_id:12:environment:prod', 'one'],
  [GITHUB, 'repository', 'acme/app', 'repository'],
  [GITHUB, 'repository_owner_id', '12', 'organisation'],
  [
    GITHUB,
    'job_workflow_ref',
    'acme/ci/.github/workflows/x.yml@refs/heads/main',
    'one',
    /every repository that calls it/,
  ],
  [GITHUB, 'actor', 'octocat', 'everyone'],
  [GITHUB, 'environment', 'production', 'everyone'],
  ['https://accounts.google.com', 'aud', '1234', 'one'],
  ['https://accounts.google.com', 'email', 'a@acme.example', 'one'],
  ['https://ghe.acme.example/_services/token', 'ref', 'refs/heads/main', 'organisation'],
  ['https://gitlab.com', 'namespace_id', '7', 'organisation'],
]
test.each(EXACT)('%s %s is %s: %s', (url, claim, value, width, says) => {
  const found = widthOf(issuerOf(url), claim, value, 'exact')
  expect(found?.width).toBe(width)
  if (says) expect(found?.words).toMatch(says)
})

describe('names and numbers', () => {
  test.each([
    ['sub', 'repo:acme/app:ref:refs/heads/main', true],
    ['sub', 'repo:acme@12/app@34:ref:refs/heads/main', false],
    ['repository', 'acme/app', true],
    ['repository_id', '34', false],
  ])('%s %s goes by a name: %s', (claim, value, byName) => {
    expect(widthOf(issuerOf(GITHUB), claim, value, 'exact')?.byName).toBe(byName)
  })
})

test('hosts that only look like a known issuer are not it', () => {
  for (const url of [
    'https://token.actions.githubusercontent.com.evil.example',
    'https://evil.example/gitlab.com',
    'https://gitlab.com.evil.example',
    'https://oidc.eks.evil.example/id/A',
  ])
    expect(issuerOf(url)).toBeUndefined()
})

const ORDER: Width['width'][] = [
  'one',
  'repository',
  'namespace',
  'organisation',
  'lookalikes',
  'cluster',
  'everyone',
]
test('a shorter beginning is never narrower, and whatever is asked is answered', () => {
  const issuers = [GITHUB, 'https://gitlab.com', 'https://app.terraform.io', EKS].map((url) => issuerOf(url))
  const subjects = [
    'repo:acme/app:ref:refs/heads/main',
    'project_path:acme/app:ref:main',
    'organization:acme:project:p:workspace:w:run_phase:apply',
    'system:serviceaccount:shop:app',
  ]
  issuers.forEach((issuer, at) => {
    const subject = subjects[at] ?? ''
    fc.assert(
      fc.property(fc.nat(subject.length - 1), fc.nat(subject.length - 1), (a, b) => {
        const [short, long] = [Math.min(a, b), Math.max(a, b)].map(
          (n) => widthOf(issuer, 'sub', `${subject.slice(0, n)}*`, 'pattern')?.width,
        )
        const rank = (width: Width['width'] | undefined) => ORDER.indexOf(width ?? 'one')
        // In a cluster a namespace that is named in part stands for fewer than all, and one service account in part for fewer than its namespace.
        if (issuer?.id === 'kubernetes') return rank(short) >= rank(long) || long === 'lookalikes'
        return rank(short) >= rank(long)
      }),
      { numRuns: 200 },
    )
  })
  fc.assert(
    fc.property(
      fc.constantFrom(...HOSTS),
      fc.string(),
      fc.string(),
      fc.boolean(),
      ({ issuer }, claim, value, exact) => {
        widthOf(issuer, claim, value, exact ? 'exact' : 'pattern')
        const [first = ''] = Object.keys(issuer.claims)
        expect(widthOf(issuer, first, `${value}*`, 'pattern')?.words).toBeTruthy()
      },
    ),
    { numRuns: 300 },
  )
})
