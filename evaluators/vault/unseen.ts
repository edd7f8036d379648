// Which principals the lack of a look is about: what was not read of tokens says nothing about roles.
import type { Principal, Realm } from '@/core/access'

/** The words of a lack name the permission or the stream; each is about the grants of some types of principals only. */
const ABOUT: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\bauth\/token\/(accessors|lookup-accessor)\b|^tokens\b/, ['vault.token', 'vault.tokens']],
  [/\bauth\/token\/roles\b|^token-roles\b/, ['vault.token-role']],
  [/\bidentity\/(entity|group)\b|^entities\b/, ['vault.entity']],
  [/\bauth\/<approle>|^approle-roles\b|^secret-ids\b/, ['vault.approle-role']],
  [/\bauth\/<kubernetes>|^kubernetes-roles\b/, ['vault.kubernetes-role']],
  [/\bauth\/<jwt>|^jwt-roles\b/, ['vault.jwt-role']],
  [/\bauth\/<cert>|^cert-roles\b/, ['vault.cert-role']],
  [/\bauth\/<userpass>|^userpass-users\b/, ['vault.userpass-user']],
  [/\bauth\/<aws>|^aws-roles\b/, ['vault.aws-role']],
  [/\bauth\/<azure>|^azure-roles\b/, ['vault.azure-role']],
  [/\bauth\/<gcp>|^gcp-roles\b/, ['vault.gcp-role']],
]

const concerns = (words: string, type: string): boolean => {
  const [, types] = ABOUT.find(([names]) => names.test(words)) ?? []
  return types === undefined || types.includes(type)
}

/** What of the grants of a principal was not seen whole. The root policy stands for itself. */
export const unseenGrants = ({ unseen }: Realm, { type }: Principal): string[] =>
  type === 'vault.root'
    ? []
    : unseen.filter(({ part, words }) => part === 'grants' && concerns(words, type)).map(({ words }) => words)

export const unseenTrusts = ({ unseen }: Realm, { type }: Principal): string[] =>
  unseen.filter(({ part, words }) => part === 'trusts' && concerns(words, type)).map(({ words }) => words)
