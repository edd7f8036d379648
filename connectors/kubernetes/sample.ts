// A made-up cluster of the sample organisation: answers as a cluster gives them, as of today. Its service accounts are those
// that the cloud roles of the sample trust.
import type { Transport } from '@/core/upstream'
import { explain, Refused } from './explain'
import { ASKED, askedOf, CLUSTER, DISCOVERY, GROUPS, KUBECONFIG, LIST, VERSION } from './permissions'
import { OLD_TOKENS } from './collect-secrets'
import { discoveryOf } from './place'

type Item = { kind?: string; metadata: { name: string } }
type Sample = {
  recordedAt: string
  uid: string
  issuer: string
  address: string
  objects: Record<string, Item[]>
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/
const DAY = /^\d{4}-\d\d-\d\d$/
/** Moves every instant by the same time, so that ages stay what they were. */
function shifted(value: unknown, ms: number): unknown {
  if (typeof value === 'string') {
    if (INSTANT.test(value)) return new Date(Date.parse(value) + ms).toISOString().replace('.000Z', 'Z')
    return DAY.test(value) ? new Date(Date.parse(value) + ms).toISOString().slice(0, 10) : value
  }
  if (Array.isArray(value)) return value.map((item) => shifted(item, ms))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shifted(inner, ms)]))
}

/** Loaded when first asked, so that a live connection never pays for it. */
const load = async (): Promise<Sample> => (await import('./sample/cluster.json')).default as unknown as Sample
const notInSample = (): Refused => new Refused({ why: 'not-offered', detail: 'not in the sample' })

function answerTo(permission: string, params: Readonly<Record<string, unknown>>, sample: Sample): unknown {
  if (permission === KUBECONFIG) return { clusters: [{ name: 'halden-prod', addresses: [sample.address] }] }
  if (permission === CLUSTER) return { metadata: { uid: sample.uid, name: 'kube-system' } }
  if (permission === DISCOVERY) return discoveryOf(`https://${sample.issuer}`)
  if (permission === VERSION) return { major: '1', minor: '34', platform: 'linux/amd64' }
  const list = askedOf(permission)?.list
  if (permission === GROUPS) {
    const here = ASKED.filter((one) => one.list?.group && sample.objects[one.name])
    return {
      groups: here.map((one) => ({ name: one.list?.group, versions: [{ version: one.list?.versions[0] }] })),
    }
  }
  if (!list) throw notInSample()
  const tokensOnly = params['fieldSelector'] === OLD_TOKENS
  const all = sample.objects[permission] ?? []
  return {
    kind: list.metadataOnly ? 'PartialObjectMetadataList' : 'List',
    metadata: {},
    items: permission === LIST.secrets && tokensOnly ? all.filter((one) => one.kind === 'old-token') : all,
  }
}

export function sampleTransport(now: Date = new Date()): Transport {
  let loading: Promise<Sample> | undefined
  return {
    async send(permission, params) {
      loading ??= load()
      const sample = await loading
      return shifted(answerTo(permission, params, sample), now.getTime() - Date.parse(sample.recordedAt))
    },
    explain,
  }
}
