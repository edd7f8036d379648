// The papers a person applies: the rules they hold are the questions that are really asked, for every choice of settings.
import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { replay } from '@/tests/conformance'
import { pathOf } from './client'
import { eventsOf, WORLD } from './fixtures/recorded-world'
import { kubernetesManifest } from './manifest'
import { ASKED, AUDIT_LOG, KUBECONFIG, LIST } from './permissions'
import type { KubernetesSettings } from './settings'

type Rule = {
  apiGroups?: string[]
  resources?: string[]
  resourceNames?: string[]
  nonResourceURLs?: string[]
  verbs: string[]
}
type Applied = { kind: string; metadata: { name: string; namespace?: string }; rules?: Rule[] }
const applied = (settings: Partial<KubernetesSettings>): Applied[] =>
  parseAllDocuments(kubernetesManifest.setup(settings)[0]!.text).map((one) =>
    (one as { toJS(): Applied }).toJS(),
  )
/** Each rule as the questions it allows, in the words of the permissions. */
const allowed = (rules: readonly Rule[]): string[] =>
  rules
    .flatMap(({ apiGroups = [], resources = [], resourceNames, nonResourceURLs = [], verbs }) => [
      ...nonResourceURLs.flatMap((url) => verbs.map((verb) => `${verb} ${url}`)),
      ...apiGroups.flatMap((group) =>
        resources.flatMap((resource) =>
          verbs.map(
            (verb) =>
              `${verb} ${resource}${group && `.${group}`}${resourceNames ? `/${resourceNames.join()}` : ''}`,
          ),
        ),
      ),
    ])
    .sort()

/** The questions that the connector really asked of the recorded cluster. */
async function asked(secretsMetadata: boolean): Promise<string[]> {
  const sent = new Set<string>()
  const world = replay(WORLD)
  await eventsOf({
    send: async (permission, params, signal) => {
      if (permission !== KUBECONFIG) {
        pathOf(permission, params, { secretsMetadata })
        sent.add(permission)
      }
      return world.send(permission, params, signal)
    },
    explain: (error) => world.explain(error) ?? (error as { explanation?: never }).explanation,
  })
  return [...sent].sort()
}

/** What is listed is also watched where changes are followed. */
const withWatches = (questions: readonly string[]): string[] =>
  questions.flatMap((one) => (one.startsWith('list ') ? [one, one.replace('list', 'watch')] : [one])).sort()

describe('the role', () => {
  test.each([false, true])(
    'allows what is asked and nothing else (secret metadata: %s)',
    async (secretsMetadata) => {
      const rulesOf = (follow: boolean) =>
        allowed(applied({ secretsMetadata, follow }).find(({ kind }) => kind === 'ClusterRole')!.rules!)
      const questions = await asked(secretsMetadata)
      expect(rulesOf(false)).toEqual(questions)
      expect(rulesOf(true)).toEqual(withWatches(questions))
    },
  )
  test('has no right to Secrets unless set, and never one that writes or mints', () => {
    expect(kubernetesManifest.setup({})[0]!.text).not.toContain('"secrets"')
    const rules = applied({ secretsMetadata: true }).flatMap(({ rules = [] }) => rules)
    expect(new Set(rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(['get', 'list', 'watch']))
    expect(JSON.stringify(rules)).not.toMatch(/token"|exec|\*/)
    expect(kubernetesManifest.setup({ secretsMetadata: true })[0]!.text).toContain('could also read values')
  })
  test('covers every question but those no cluster is asked', () => {
    const role = applied({ secretsMetadata: true }).find(({ kind }) => kind === 'ClusterRole')!
    const names = ASKED.map(({ name }) => name).filter((name) => name !== KUBECONFIG && name !== AUDIT_LOG)
    expect(allowed(role.rules!)).toEqual(withWatches(names))
  })
})

describe('where only namespaces are read', () => {
  const objects = applied({ namespaces: ['payments', 'shop'] })
  test('each gets a role of its own, and the cluster only what says which it is', () => {
    const cluster = objects.find(({ kind }) => kind === 'ClusterRole')!
    expect(allowed(cluster.rules!).every((one) => one.startsWith('get '))).toBe(true)
    const roles = objects.filter(({ kind }) => kind === 'Role')
    expect(roles.map(({ metadata }) => metadata.namespace)).toEqual(['payments', 'shop'])
    expect(allowed(roles[0]!.rules!)).toContain(LIST.pods)
    expect(allowed(roles[0]!.rules!)).not.toContain(LIST.clusterRoles)
    expect(allowed(roles[0]!.rules!)).not.toContain(LIST.secrets)
  })
})
