// A question in the words of the API server: what SelfSubjectAccessReview would be asked.
import type { Question } from '@/core/access'

export type Request =
  | {
      kind: 'resource'
      verb: string
      group: string
      resource: string
      subresource: string
      /** Empty: no name is in the request. */
      name: string
      /** Empty: all namespaces, or something that is in none. */
      place: string
    }
  | { kind: 'url'; verb: string; path: string }

/**
 * `<resource>[.<group>][/<subresource>][:<name>]`, or a path that begins with a slash. The name is all that stands behind the
 * first colon, and the subresource all between the first slash and that. A path is asked about in no namespace.
 */
export function requestOf({ action, resource: text, place = '' }: Question): Request {
  if (text.startsWith('/')) return { kind: 'url', verb: action, path: text }
  const [what, name] = halves(text, ':')
  const [type, subresource] = halves(what, '/')
  const [resource, group] = halves(type, '.')
  return { kind: 'resource', verb: action, group, resource, subresource, name, place }
}

function halves(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

/** `create pods/exec named web-0 in namespace shop` */
export function inWords(request: Request): string {
  if (request.kind === 'url') return `${request.verb} ${request.path}`
  const { verb, group, resource, subresource, name, place } = request
  const type = `${resource}${group && `.${group}`}${subresource && `/${subresource}`}`
  return `${verb} ${type}${name && ` named ${name}`} ${place ? `in namespace ${place}` : 'in the whole cluster'}`
}

/** Groups of API that people leave out, by resource: the API server then takes the core group, where there is none. */
const GROUP_OF: Readonly<Record<string, string>> = {
  ...of('apps', 'deployments daemonsets statefulsets replicasets controllerrevisions'),
  ...of('batch', 'jobs cronjobs'),
  ...of('networking.k8s.io', 'ingresses networkpolicies ingressclasses'),
  ...of('rbac.authorization.k8s.io', 'roles rolebindings clusterroles clusterrolebindings'),
  ...of('certificates.k8s.io', 'certificatesigningrequests signers'),
  ...of('coordination.k8s.io', 'leases'),
  ...of('storage.k8s.io', 'storageclasses volumeattachments csidrivers csinodes'),
  ...of('policy', 'poddisruptionbudgets'),
  ...of('apiextensions.k8s.io', 'customresourcedefinitions'),
  ...of('autoscaling', 'horizontalpodautoscalers'),
}
function of(group: string, resources: string): Record<string, string> {
  return Object.fromEntries(resources.split(' ').map((resource) => [resource, group]))
}

/** A remark for whoever forgot the group. */
export function remarkOn(request: Request): string | undefined {
  if (request.kind === 'url' || request.group !== '') return undefined
  if (!Object.hasOwn(GROUP_OF, request.resource)) return undefined
  const group = GROUP_OF[request.resource] ?? ''
  return `Asked without a group, ${request.resource} are those of the core group, where there are none: ask for ${request.resource}.${group}.`
}
