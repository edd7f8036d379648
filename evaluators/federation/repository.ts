// Of which repository a token is that somebody is let in with, and what in it decides what runs as that. Pure.
import { issuerOf } from './width'

export type Repository = {
  /** In lower case: `acme/app`; groups within groups have more parts. */
  name: string
  /** Whoever may change this file decides what runs with such a token. */
  decides: string
}

/** A name that has a wildcard in it is one of many, or none. */
const NAME = /^[^/:*?@]+(?:\/[^/:*?@]+)+$/
const HOW: Readonly<Record<string, { begins: string; decides: string }>> = {
  /** docs.github.com, "OpenID Connect reference". */
  github: { begins: 'repo:', decides: '.github/workflows/any.yml' },
  'github-server': { begins: 'repo:', decides: '.github/workflows/any.yml' },
  /** docs.gitlab.com, "OpenID Connect (OIDC) Authentication Using ID Tokens". */
  gitlab: { begins: 'project_path:', decides: '.gitlab-ci.yml' },
}

/** @param value the issuer without its scheme, `|`, and the subject or a pattern of subjects */
export function repositoryOf(value: string): Repository | undefined {
  const at = value.indexOf('|')
  const how = HOW[issuerOf(value.slice(0, at))?.id ?? '']
  const subject = value.slice(at + 1)
  if (at < 0 || !how || !subject.startsWith(how.begins)) return undefined
  // Immutable subjects have a number behind each name: repo:acme@12/app@34:…
  const [path = ''] = subject.slice(how.begins.length).split(':')
  const name = path.replace(/@\d+(?=\/|$)/g, '').toLowerCase()
  return NAME.test(name) ? { name, decides: how.decides } : undefined
}
