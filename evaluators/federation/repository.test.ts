import { expect, test } from 'vitest'
import { repositoryOf } from './repository'

const GITHUB = 'token.actions.githubusercontent.com'
test.each([
  [`${GITHUB}|repo:Acme/App:ref:refs/heads/main`, 'acme/app'],
  [`${GITHUB}|repo:acme/app:*`, 'acme/app'],
  [`${GITHUB}|repo:acme@12/app@34:environment:prod`, 'acme/app'],
  ['gitlab.com|project_path:group/sub/app:ref_type:branch:ref:main', 'group/sub/app'],
  // Those of many are of none that one file speaks for.
  [`${GITHUB}|repo:acme/*:*`, undefined],
  [`${GITHUB}|repo:acme/app*`, undefined],
  [`${GITHUB}|repo:*`, undefined],
  [`${GITHUB}|*`, undefined],
  ['gitlab.com|repo:acme/app:*', undefined],
  ['issuer.example|repo:acme/app:*', undefined],
  [`${GITHUB}`, undefined],
  ['', undefined],
])('%s is of %s', (value, name) => {
  expect(repositoryOf(value)?.name).toBe(name)
})
test('each says which file decides what runs', () => {
  expect(repositoryOf(`${GITHUB}|repo:a/b:*`)?.decides).toMatch(/^\.github\/workflows\//)
  expect(repositoryOf('gitlab.com|project_path:a/b:*')?.decides).toBe('.gitlab-ci.yml')
})
