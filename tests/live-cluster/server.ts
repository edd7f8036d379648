// A small API server over HTTP that changes: lists in pages, watches with bookmarks, forgets its past when told to. It speaks
// as a Kubernetes API server does where a reader of lists and watches can tell.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type ClusterObject = {
  metadata: {
    uid: string
    name: string
    namespace?: string
    resourceVersion?: string
    [field: string]: unknown
  }
  [field: string]: unknown
}
type Event = { version: number; type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: ClusterObject }
type Watcher = { resource: string; response: ServerResponse; metadataOnly: boolean }

const ISSUER = 'https://issuer.example/cluster'
const GROUPS: Readonly<Record<string, string>> = {
  '/apis/apps/v1/': 'apps',
  '/apis/batch/v1/': 'batch',
  '/apis/rbac.authorization.k8s.io/v1/': 'rbac.authorization.k8s.io',
  '/apis/certificates.k8s.io/v1/': 'certificates.k8s.io',
  '/apis/security.istio.io/v1/': 'security.istio.io',
  '/api/v1/': '',
}

export class LiveCluster {
  readonly uid = crypto.randomUUID()
  /** Requests so far, by path and whether it was a watch. */
  readonly asked: { resource: string; watch: boolean }[] = []
  /** Extensions that are installed. */
  readonly groups: { name: string; versions: { version: string }[] }[] = []
  /** Verbs that are refused, as `watch pods`. */
  readonly denied = new Set<string>()
  /** What watches are sent is held back: the line is open and silent. */
  silent = false
  /** Nobody is answered. */
  down = false
  private version = 1
  private forgottenUpTo = 0
  private readonly objects = new Map<string, Map<string, ClusterObject>>()
  private readonly events: (Event & { resource: string })[] = []
  private readonly watchers = new Set<Watcher>()
  private readonly server = createServer((request, response) => this.answer(request, response))

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }
  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  /** Makes or replaces an object. */
  put(resource: string, object: ClusterObject): void {
    const held = this.of(resource)
    const type = held.has(object.metadata.uid) ? 'MODIFIED' : 'ADDED'
    this.happen(resource, type, object)
    held.set(object.metadata.uid, object)
  }
  delete(resource: string, uid: string): void {
    const object = this.of(resource).get(uid)
    if (!object) return
    this.of(resource).delete(uid)
    this.happen(resource, 'DELETED', object)
  }
  of(resource: string): Map<string, ClusterObject> {
    const held = this.objects.get(resource) ?? new Map<string, ClusterObject>()
    this.objects.set(resource, held)
    return held
  }
  /** As compaction does: what happened up to now cannot be watched any more. */
  forget(): void {
    this.forgottenUpTo = this.version
    this.events.length = 0
  }
  /** Ends every watch, as a server that restarts does. */
  cut(): void {
    for (const { response } of this.watchers) response.destroy()
    this.watchers.clear()
  }
  /** Tells every watch where it is. */
  bookmark(): void {
    for (const watcher of this.watchers)
      this.write(watcher, 'BOOKMARK', { metadata: { resourceVersion: String(this.version) } })
  }
  get watches(): number {
    return this.watchers.size
  }

  private happen(resource: string, type: Event['type'], object: ClusterObject): void {
    const version = ++this.version
    object.metadata.resourceVersion = String(version)
    const event = { version, type, object: structuredClone(object), resource }
    this.events.push(event)
    for (const watcher of this.watchers) if (watcher.resource === resource) this.write(watcher, type, object)
  }

  private write({ response, metadataOnly }: Watcher, type: string, object: unknown): void {
    if (this.silent) return
    const { metadata } = object as ClusterObject
    response.write(`${JSON.stringify({ type, object: metadataOnly ? { metadata } : object })}\n`)
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    if (this.down) return void request.socket.destroy()
    const url = new URL(request.url ?? '', 'http://x')
    const given = this.fixed(url.pathname)
    if (given !== undefined) return json(response, 200, given)
    const root = Object.keys(GROUPS).find((path) => url.pathname.startsWith(path))
    const resource = root && url.pathname.slice(root.length)
    if (!resource || resource.includes('/')) return text(response, 404, '404 page not found\n')
    const watch = url.searchParams.get('watch') === 'true'
    this.asked.push({ resource, watch })
    if (this.denied.has(`${watch ? 'watch' : 'list'} ${resource}`))
      return json(response, 403, { kind: 'Status', reason: 'Forbidden' })
    const metadataOnly = request.headers.accept?.includes('PartialObjectMetadata') ?? false
    if (watch) this.watch(resource, url, { response, metadataOnly })
    else this.list(resource, url, { response, metadataOnly })
  }

  private fixed(path: string): unknown {
    if (path === '/api/v1/namespaces/kube-system') return { metadata: { uid: this.uid, name: 'kube-system' } }
    if (path === '/.well-known/openid-configuration')
      return { issuer: ISSUER, id_token_signing_alg_values_supported: ['RS256'] }
    if (path === '/apis') return { groups: this.groups }
    if (path === '/version') return { major: '1', minor: '36', platform: 'linux/amd64' }
    return undefined
  }

  private list(
    resource: string,
    url: URL,
    { response, metadataOnly }: Pick<Watcher, 'response' | 'metadataOnly'>,
  ) {
    const all = [...this.of(resource).values()]
    const from = Number(url.searchParams.get('continue') ?? 0)
    const limit = Number(url.searchParams.get('limit') ?? 500)
    json(response, 200, {
      kind: metadataOnly ? 'PartialObjectMetadataList' : 'List',
      metadata: {
        resourceVersion: String(this.version),
        ...(from + limit < all.length && { continue: String(from + limit) }),
      },
      items: all.slice(from, from + limit).map((one) => (metadataOnly ? { metadata: one.metadata } : one)),
    })
  }

  private watch(resource: string, url: URL, given: Pick<Watcher, 'response' | 'metadataOnly'>): void {
    const from = Number(url.searchParams.get('resourceVersion'))
    const { response } = given
    response.writeHead(200, { 'content-type': 'application/json' })
    response.flushHeaders()
    if (from < this.forgottenUpTo) {
      response.end(
        `${JSON.stringify({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } })}\n`,
      )
      return
    }
    const watcher = { resource, ...given }
    for (const event of this.events)
      if (event.resource === resource && event.version > from) this.write(watcher, event.type, event.object)
    this.watchers.add(watcher)
    response.on('close', () => this.watchers.delete(watcher))
  }
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
function text(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/plain' })
  response.end(body)
}
