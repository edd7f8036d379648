// What is known of a made-up credential, and what a person fills in: for tests of what takes the place of one.
import type { Realm } from '@/core/access'
import type { ProposedFile } from '@/evaluators/proposal'
import { plainValue, readHcl } from './read-hcl'
import type { Replaceable, Way } from '@/evaluators/replacement'
import { waysWithout } from '@/evaluators/replacers'

export const knownOf = (type: string, more: Partial<Replaceable> = {}): Replaceable => ({
  credential: { id: 'c-1', type, name: 'key-1' },
  scope: { id: '111122223333', name: 'production' },
  consumers: [],
  issuers: [],
  rights: [],
  ...more,
})
export const holder = (
  type: string,
  more: Partial<NonNullable<Replaceable['identity']>> = {},
): NonNullable<Replaceable['identity']> => ({
  id: 'i-1',
  type,
  name: 'deploy',
  aliases: [],
  facets: [],
  ...more,
})

export function wayOf(known: Replaceable, id: string): Way {
  const found = waysWithout(known).find((one) => one.id === id)
  if (!found) throw new Error(`no way ${id}`)
  return found
}
export function fileOf({ files }: Way, name: string): ProposedFile {
  const found = files.find((one) => one.name === name)
  if (!found) throw new Error(`no file ${name}`)
  return found
}

/** A person fills in every mark. @throws Error where one is left */
export function filledIn({ text }: ProposedFile, values: Readonly<Record<string, string>>): string {
  const filled = text.replace(/FILL_IN_([A-Z]+(?:_[A-Z]+)*)/g, (mark, what: string) => values[what] ?? mark)
  if (filled.includes('FILL_IN')) throw new Error(`left: ${/FILL_IN_\w+/.exec(filled)?.[0]}`)
  return filled
}

export type Resource = { kind: string; label: string; values: Record<string, unknown>; inner: unknown[] }
/** The blocks of a text, each value plain. @param refer what something refers to that is not in the text */
export function resourcesIn(text: string, refer: (ref: string) => string = (ref) => ref): Resource[] {
  return readHcl(text).map(({ labels, values, blocks }) => ({
    kind: labels[0] ?? '',
    label: labels[1] ?? '',
    values: Object.fromEntries(Object.entries(values).map(([name, one]) => [name, plainValue(one, refer)])),
    inner: blocks.map((one) =>
      Object.fromEntries(Object.entries(one.values).map(([name, each]) => [name, plainValue(each, refer)])),
    ),
  }))
}
export function valuesOf(resources: readonly Resource[], kind: string): Record<string, unknown> {
  const found = resources.find((one) => one.kind === kind)
  if (!found) throw new Error(`no ${kind}`)
  return found.values
}

/** A realm in which all was seen. */
export const realmWith = (type: string, rest: Partial<Realm>): Realm => ({
  id: 'r-1',
  type,
  name: 'r',
  principals: [],
  elsewhere: [],
  runners: [],
  rulings: [],
  things: [],
  unseen: [],
  ...rest,
})

/** Subjects that look like the one that is meant, and are another's. */
export const LOOKALIKES = [
  'repo:acme/shop:environment:prod2',
  'repo:acme/shop:environment:pro',
  'repo:acme/shop:ref:refs/heads/main',
  'repo:acme/shop:pull_request',
  'repo:acme/shop-2:environment:prod',
  'repo:acme-2/shop:environment:prod',
  'repo:Acme/shop:environment:prod',
  'x/repo:acme/shop:environment:prod',
]
export const ACCOUNT_LOOKALIKES = [
  'system:serviceaccount:shop:web2',
  'system:serviceaccount:shop:we',
  'system:serviceaccount:shop-2:web',
  'system:serviceaccount:other:web',
  'system:serviceaccount:shop:default',
]
export const FILLED: Readonly<Record<string, string>> = {
  OWNER: 'acme',
  OWNER_ID: '1',
  REPOSITORY: 'shop',
  REPOSITORY_ID: '77',
  ENVIRONMENT: 'prod',
  NAMESPACE: 'shop',
  SERVICE_ACCOUNT: 'web',
  VAULT_AUDIENCE: 'vault.example',
  EKS_ISSUER: 'oidc.eks.eu-west-1.amazonaws.com/id/ABC',
  CLUSTER_ISSUER: 'https://oidc.example/id/1',
  KUBERNETES_MOUNT: 'kubernetes',
  LOCATION: 'westeurope',
  RESOURCE_GROUP: 'rg',
  PROJECT: 'shop',
  POLICY: 'shop',
  SUBJECT: 'one',
}
export const SUBJECT = 'repo:acme/shop:environment:prod'
export const ACCOUNT = 'system:serviceaccount:shop:web'
