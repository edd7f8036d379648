// The network side: only questions of the table can be sent, as GET, to the clusters of the settings.
import { parseJson } from '@/core/parse-json'
import type { Transport } from '@/core/upstream'
import { openClusters, type Target } from './clusters'
import { explain, explainAnswer, Refused } from './explain'
import { GO_ON } from './list'
import { askedOf, AUDIT_LOG, KUBECONFIG, LIST } from './permissions'
import { send, stream, type Asked } from './request'
import type { KubernetesSettings } from './settings'
import type { WatchTransport } from './follow/watch'

type Params = Readonly<Record<string, unknown>>
const LIMIT = '500'
const JSON_ONLY = 'application/json'
/** Without a second choice: a server that cannot give metadata alone has to refuse, or it would give the values. */
const METADATA_ONLY = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1'
const WATCHED_METADATA = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1'

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
const notOffered = (detail: string): Refused => new Refused({ why: 'not-offered', detail })
const leftOut = (detail: string): Refused => new Refused({ why: 'left-out', detail })
const NO_AUDIT =
  'An API server does not show its audit log. Import the file, or have it sent, to see what identities did.'
const SECRETS_OFF =
  'Reading the metadata of Secrets is off in the settings of the connection: old tokens are not looked at.'

/** The path in the API, or a refusal where the settings rule the question out. */
export function pathOf(
  permission: string,
  params: Params,
  settings: Pick<KubernetesSettings, 'secretsMetadata'>,
): string {
  if (permission === AUDIT_LOG) throw notOffered(NO_AUDIT)
  if (permission === LIST.secrets && !settings.secretsMetadata) throw leftOut(SECRETS_OFF)
  const asked = askedOf(permission)
  if (asked?.url) return asked.url
  if (asked?.get) return `/api/v1/${asked.get.resource}/${asked.get.name}`
  if (!asked?.list) throw new Error(`${permission} is not a question of this connector`)
  const { group, resource, versions, namespaced } = asked.list
  const version = versions.find((one) => one === text(params['version'])) ?? versions[0]
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`
  const namespace = text(params['namespace'])
  if (namespace === undefined) return `${root}/${resource}`
  if (!namespaced)
    throw notOffered(`Only the namespace ${namespace} is read, and this belongs to the whole cluster.`)
  return `${root}/namespaces/${encodeURIComponent(namespace)}/${resource}`
}

function questionOf(permission: string, params: Params, settings: KubernetesSettings): Asked {
  const path = pathOf(permission, params, settings)
  const list = askedOf(permission)?.list
  const [next, fieldSelector] = [text(params['continue']), text(params['fieldSelector'])]
  return {
    path,
    accept: list?.metadataOnly ? METADATA_ONLY : JSON_ONLY,
    query: {
      ...(list && { limit: LIMIT }),
      ...(fieldSelector !== undefined && { fieldSelector }),
      ...(next !== undefined && { continue: next }),
    },
  }
}

const CUT_SHORT = 'The answer is not JSON, or was cut short.'
const valueOf = (body: string): unknown => {
  const parsed = parseJson(body)
  if (!parsed.ok) throw new Refused({ why: 'malformed', detail: CUT_SHORT })
  return parsed.value
}
/** The refusal of a place that was forgotten holds another, from which the list goes on with things as they are now. */
function placeAfter(body: string): string | undefined {
  const parsed = parseJson(body)
  const { metadata } = (parsed.ok ? (parsed.value ?? {}) : {}) as { metadata?: { continue?: unknown } }
  return text(metadata?.continue) || undefined
}

/** Opens nothing yet: the client is loaded and the sign-in made with the first question. */
export function openClient(settings: KubernetesSettings): Transport & WatchTransport {
  let opening: Promise<Map<string, Target>> | undefined
  const targets = (): Promise<Map<string, Target>> => (opening ??= openClusters(settings))
  async function targetOf(params: Params): Promise<Target> {
    const target = (await targets()).get(text(params['cluster']) ?? '')
    if (!target) throw new Error('a cluster was asked that is not in the settings')
    return target
  }
  return {
    async send(permission, params, signal) {
      if (permission === KUBECONFIG)
        return { clusters: [...(await targets()).values()].map(({ cluster }) => cluster) }
      const question = questionOf(permission, params, settings)
      const { signIn } = await targetOf(params)
      const answer = await send(await signIn(), question, signal)
      if (answer.status === 200) return valueOf(answer.body)
      const place =
        params['expired'] === GO_ON.expired && answer.status === 410 ? placeAfter(answer.body) : undefined
      if (place === undefined) throw new Refused(explainAnswer(permission, answer))
      const on = await send(
        await signIn(),
        { ...question, query: { ...question.query, continue: place } },
        signal,
      )
      if (on.status !== 200) throw new Refused(explainAnswer(permission, on))
      return valueOf(on.body)
    },
    async *watch(permission, params, resourceVersion, signal) {
      const question = questionOf(permission, params, settings)
      const { limit: _, ...query } = question.query
      const asked: Asked = {
        path: question.path,
        accept: question.accept === METADATA_ONLY ? WATCHED_METADATA : JSON_ONLY,
        query: { ...query, watch: 'true', allowWatchBookmarks: 'true', resourceVersion },
      }
      const { signIn } = await targetOf(params)
      const refused = (answer: Parameters<typeof explainAnswer>[1]) =>
        new Refused(explainAnswer(permission, answer))
      yield* stream(await signIn(), asked, signal, refused)
    },
    explain,
    async close() {
      if (opening) for (const { close } of (await opening).values()) close()
    },
  }
}
