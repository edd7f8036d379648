// Workloads and the tokens that their pods are given.
import { hash } from 'node:crypto'
import { known, unknown, type Fact, type Instant } from '@/core/fact'
import { LINKS_MAX, type Link } from '@/core/join'
import { IMAGES_MAX, NODES_MAX, type Of } from '@/core/observation'
import { plainSecrets } from '@/core/plain-secrets'
import { hostFact } from './map-host'
import { inCluster, secretLink, subjectOf } from './map-joins'
import { createdAt } from './map-service-account'
import { LIST } from './permissions'
import { isOfManifests } from './place'
import { accountOf, type Accounts, type Draft } from './workload-draft'

/** Where each kind of workload is listed, and what it is called. Others are known by the pods they own. */
const KINDS: Readonly<Record<string, { type: string; source: string }>> = {
  Deployment: { type: 'kubernetes.deployment', source: LIST.deployments },
  ReplicaSet: { type: 'kubernetes.replica-set', source: LIST.replicaSets },
  StatefulSet: { type: 'kubernetes.stateful-set', source: LIST.statefulSets },
  DaemonSet: { type: 'kubernetes.daemon-set', source: LIST.daemonSets },
  CronJob: { type: 'kubernetes.cron-job', source: LIST.cronJobs },
  Job: { type: 'kubernetes.job', source: LIST.jobs },
  Pod: { type: 'kubernetes.pod', source: LIST.pods },
}
const OTHER = { type: 'kubernetes.pod-owner', source: LIST.pods }
const kindOf = (kind: string) => (Object.hasOwn(KINDS, kind) ? (KINDS[kind] ?? OTHER) : OTHER)

const made = ({ metadata, kind }: Draft): Fact<Instant> => {
  const { source } = kindOf(kind)
  return metadata ? createdAt(metadata, source) : unknown('not-offered', source, 'only its pods are listed')
}
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const sorted = (texts: Iterable<string>): string[] => [...texts].sort(byText)

function secretLinks({ namespace, secrets }: Draft, uid: string): Link[] {
  const links = [...secrets]
    .sort(([a], [b]) => byText(a, b))
    .map(([name, ways]) => secretLink({ uid, namespace, name, reason: `It ${sorted(ways).join(' and ')}.` }))
  if (links.length <= LINKS_MAX) return links
  const reason = `It reads ${links.length} Secrets, more than are told one by one.`
  const { authority: _, ...all } = secretLink({ uid, namespace, name: '*', reason })
  return [{ ...all, match: 'pattern' }]
}

export function workload(draft: Draft, accounts: Accounts, uid: string): Of<'workload'> {
  const { namespace, name, kind } = draft
  const links = secretLinks(draft, uid)
  return {
    kind: 'workload',
    nativeId: draft.uid,
    aliases: [inCluster(kind, namespace, name)],
    ...(links.length && { links }),
    type: kindOf(kind).type,
    name: kindOf(kind) === OTHER ? `${kind} ${namespace}/${name}` : `${namespace}/${name}`,
    uses: sorted(
      [...draft.accounts].map(
        (account) => accountOf(accounts, namespace, account)?.metadata.uid ?? subjectOf(namespace, account),
      ),
    ),
    createdAt: made(draft),
    namespace,
    ...running(draft, uid),
    host: hostFact(draft.host, kindOf(kind).source),
    plainSecrets: variables(draft),
  }
}

const UNNAMED = 'it takes all that a ConfigMap holds as variables, and what that is is not read'
function variables({ kind, plain, takesUnnamed }: Draft): Of<'workload'>['plainSecrets'] {
  const { source } = kindOf(kind)
  return plainSecrets(plain, source, takesUnnamed ? unknown('not-collected', source, UNNAMED) : undefined)
}

const NO_PODS = 'manifests do not say what runs'
/** Longer names are none that anything could be pulled by or run on. */
const NAME_CHARS_MAX = 500
function few(texts: ReadonlySet<string>, most: number, source: string): Fact<string[]> {
  const named = [...texts].filter((text) => text.length <= NAME_CHARS_MAX)
  if (named.length > most) return unknown('limited', source, `there are ${named.length}, more than ${most}`)
  return known(sorted(named), source)
}
/** How many pods of it there are, where, and of which images. */
function running({ pods, images, nodes }: Draft, uid: string) {
  if (!isOfManifests(uid))
    return {
      replicas: known(pods, LIST.pods),
      images: few(images, IMAGES_MAX, LIST.pods),
      nodes: few(nodes, NODES_MAX, LIST.pods),
    }
  const notTold = unknown('not-offered', LIST.pods, NO_PODS)
  return { replicas: notTold, images: few(images, IMAGES_MAX, LIST.pods), nodes: notTold }
}

/** Whoever writes a pod chooses the audience: a long one must not break the look at everything else. */
const AUDIENCE_CHARS_MAX = 300
const short = (text: string): string =>
  text.length <= AUDIENCE_CHARS_MAX
    ? text
    : `${text.slice(0, AUDIENCE_CHARS_MAX)}… (${hash('sha256', text, 'hex').slice(0, 16)})`
const RENEWED = 'the agent on the node renews it before it ends; when is not told'
/** What its pods are given: no value lasts, so only the lifetime each value has is known. */
export const boundTokens = (draft: Draft, accounts: Accounts): Of<'credential'>[] =>
  [...draft.tokens]
    .sort(([a], [b]) => byText(a, b))
    .map(([, { account, audience, seconds }]) => {
      const { source } = kindOf(draft.kind)
      const found = accountOf(accounts, draft.namespace, account)
      const notTold = unknown('not-offered', source, RENEWED)
      return {
        kind: 'credential' as const,
        nativeId: `${draft.uid}/token/${account}/${short(audience ?? '')}/${seconds}`,
        identity: found
          ? known(found.metadata.uid, LIST.serviceAccounts)
          : unknown('not-collected', LIST.serviceAccounts, 'there was no such service account'),
        type: 'kubernetes.bound-token',
        form: audience === undefined ? ('token' as const) : ('federated' as const),
        name: `Token for ${short(audience ?? 'the cluster')}, ${seconds} s, in ${draft.kind} ${draft.namespace}/${draft.name}`,
        createdAt: notTold,
        rotatedAt: notTold,
        expiresAt: unknown('not-offered', source, `each value ends ${seconds} s after it was issued`),
        lastUsedAt: unknown('not-offered', source, 'the cluster does not record it'),
        lastUsedWhere: unknown('not-offered', source, 'the cluster does not record it'),
        enabled: known(true, source),
        lifetimeSeconds: known(seconds, source),
      }
    })
