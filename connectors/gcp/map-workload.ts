// What runs as which service account: instances, node pools, Cloud Run and functions. Names, dates and images; no settings.
import { absent, known, unknown } from '@/core/fact'
import { IMAGES_MAX, type Of } from '@/core/observation'
import { ASSETS } from './map-credential'
import { withoutScheme } from './map-federation'
import type { CloudFunction, Cluster, Instance, RunWorkload } from './shapes-assets'
import { byText, dated, lastPart } from './values'

type Workload = Of<'workload'>
/** A workload with the emails it runs as; `default` stands for the one that Google makes. */
export type Drafted = {
  workload: Omit<Workload, 'uses'>
  emails: string[]
  project: string
  fallback: Default
}
export type Default = 'compute' | 'app-engine'

/** `//compute.googleapis.com/projects/shop/zones/…` → `shop`, or its number. */
export const projectIn = (name: string): string => /\/projects\/([^/]+)\//.exec(name)?.[1] ?? ''

type Drawn = Pick<Workload, 'nativeId' | 'aliases' | 'type' | 'name'> & {
  at: string | null
  images?: string[]
}
function drawn({ at, images, ...rest }: Drawn): Omit<Workload, 'uses'> {
  return {
    kind: 'workload',
    ...rest,
    createdAt: dated(at, ASSETS),
    ...(images && { images: imagesFact(images) }),
  }
}
function imagesFact(images: string[]): NonNullable<Workload['images']> {
  const all = [...new Set(images)].sort(byText)
  if (!all.length) return absent(ASSETS)
  return all.length > IMAGES_MAX
    ? unknown('limited', ASSETS, `more than ${IMAGES_MAX} images`)
    : known(all, ASSETS)
}

export function instanceDraft({ name, resource: { data } }: Instance): Drafted {
  return {
    workload: drawn({
      nativeId: `instance/${data.id}`,
      aliases: [name],
      type: 'gcp.instance',
      name: data.name,
      at: data.creationTimestamp,
    }),
    // Without any it runs as nobody.
    emails: data.serviceAccounts.map(({ email }) => email),
    project: projectIn(name),
    fallback: 'compute',
  }
}

const imagesOf = (...lists: (readonly { image?: string | null | undefined }[] | undefined)[]): string[] =>
  lists.flatMap((list) => (list ?? []).flatMap(({ image }) => (image ? [image] : [])))

export function runDraft(
  type: 'gcp.run-service' | 'gcp.run-job',
  { name, resource: { data } }: RunWorkload,
): Drafted {
  const first = data.spec?.template.spec
  const second = data.template
  const email =
    first?.template?.spec.serviceAccountName ??
    first?.serviceAccountName ??
    second?.template?.serviceAccount ??
    second?.serviceAccount
  return {
    workload: drawn({
      nativeId: data.uid || data.metadata?.uid || name,
      aliases: [name],
      type,
      name: lastPart(name),
      at: data.createTime ?? data.metadata?.creationTimestamp ?? null,
      images: imagesOf(
        first?.containers,
        first?.template?.spec.containers,
        second?.containers,
        second?.template?.containers,
      ),
    }),
    emails: [email || 'default'],
    project: projectIn(name),
    fallback: 'compute',
  }
}

/** The first generation runs as the account of App Engine where it names no other, the second as that of Compute Engine. */
export function functionDraft({ name, resource: { data } }: CloudFunction, fallback: Default): Drafted {
  return {
    workload: drawn({
      nativeId: name,
      aliases: [],
      type: 'gcp.function',
      name: lastPart(name),
      at: data.createTime,
    }),
    emails: [data.serviceConfig?.serviceAccountEmail || data.serviceAccountEmail || 'default'],
    project: projectIn(name),
    fallback,
  }
}

export function nodePoolDrafts({ name, resource: { data } }: Cluster): Drafted[] {
  return data.nodePools.map((pool) => ({
    workload: drawn({
      nativeId: `${name}/nodePools/${pool.name}`,
      aliases: [],
      type: 'gcp.gke-node-pool',
      name: `${data.name}/${pool.name}`,
      at: data.createTime,
    }),
    emails: [pool.config?.serviceAccount || 'default'],
    project: projectIn(name),
    fallback: 'compute' as const,
  }))
}

/** The issuer of the tokens of its service accounts. A cluster that is read itself bears that name; this one is the same. */
export function clusterIssuer({ name, resource: { data } }: Cluster): Of<'issuer'> {
  const [project, location] = [
    projectIn(name),
    /\/(?:locations|zones)\/([^/]+)\//.exec(name)?.[1] ?? data.location,
  ]
  const issuer = `https://container.googleapis.com/v1/projects/${project}/locations/${location ?? '-'}/clusters/${data.name}`
  const pool = data.workloadIdentityConfig?.workloadPool
  return {
    kind: 'issuer',
    nativeId: name,
    aliases: [issuer],
    links: [
      {
        relation: 'declared',
        means: 'same',
        kind: 'issuer',
        to: 'oidc.issuer',
        match: 'exact',
        value: withoutScheme(issuer),
        authority: `oidc:${withoutScheme(issuer)}`,
        reason: 'It is the cluster that issues these tokens.',
      },
    ],
    type: 'gcp.gke-cluster',
    name: pool ? `${data.name} (${pool})` : data.name,
    audiences: unknown('not-offered', ASSETS, 'the cluster says for whom it issues'),
    createdAt: dated(data.createTime, ASSETS),
    expiresAt: absent(ASSETS, 'a cluster has no end date'),
  }
}
