// Manifests as if they were applied: what a repository says a cluster should hold. Objects have no UID there and go by name.
import { isAlias, parseAllDocuments, visit } from 'yaml'
import { z } from 'zod'
import type { OpenedFile } from '@/core/connector'
import { RollcallError } from '@/core/errors'
import { ObjectStore, resourceOf, storeTransport } from './object-store'
import { LIST } from './permissions'
import { manifestsId } from './place'
import { brokenFile, invalid, openTextFile, textOf, type TextFile } from '@/connectors/text-file'

/** Held whole while it is read, with several times its size. */
export const MAX_BYTES = 32 * 1024 * 1024
const NAME = /^# cluster: (\S{1,200})\s*$/m
const NO_NAME =
  'The file does not say which cluster it is for. Write # cluster: <name> in its first line, always the same for the same cluster.'
const Manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string().min(1), namespace: z.string().nullish() }),
})
type Manifest = z.infer<typeof Manifest>
/** A warning of the parser would quote the file in a log. */
const QUIET = { logLevel: 'error' } as const
const ListOf = z.looseObject({ kind: z.string().regex(/List$/), items: z.array(z.unknown()) })
/** What manifests never hold, so that none of them is an answer. */
const MADE_BY_CONTROLLERS = new Set<string>([
  LIST.pods,
  LIST.replicaSets,
  LIST.jobs,
  LIST.cronJobs,
  LIST.deployments,
  LIST.statefulSets,
  LIST.daemonSets,
])

/** With a namespace where the kind has one, and an id made of the name. */
function placed(object: Manifest): Manifest {
  const { apiVersion, kind, metadata } = object
  const { name } = metadata
  const namespace = resourceOf(apiVersion, kind)?.namespaced ? metadata.namespace || 'default' : undefined
  const path = namespace === undefined ? name : `${namespace}/${name}`
  const uid = kind === 'ServiceAccount' ? path : `${kind.toLowerCase()}/${path}`
  return { ...object, metadata: { ...metadata, uid, namespace, ownerReferences: [] } }
}

async function wholeText(file: TextFile): Promise<string> {
  const parts: string[] = []
  const failure = await new Promise<Error | undefined>((resolve) => {
    const text = textOf(file)
    text.on('data', (part: string) => parts.push(part))
    text.on('error', resolve)
    text.on('end', () => resolve(undefined))
  })
  if (failure) throw brokenFile(file, failure, 'somewhere')
  return parts.join('')
}

function add(store: ObjectStore, value: unknown, at: string): void {
  if (value === null || value === undefined) return
  const list = ListOf.safeParse(value)
  if (list.success) return list.data.items.forEach((item, index) => add(store, item, `${at}.items[${index}]`))
  const manifest = Manifest.safeParse(value)
  if (manifest.success) store.add(placed(manifest.data), at)
  else store.issues.push({ path: at, message: 'is no Kubernetes object with a kind and a name' })
}

function readDocuments(text: string): ObjectStore {
  const store = new ObjectStore()
  const documents = parseAllDocuments(text, { uniqueKeys: false, ...QUIET })
  if (!Array.isArray(documents)) return store
  documents.forEach((document, index) => {
    const [error] = document.errors
    if (error)
      throw invalid(
        `line ${error.linePos?.[0].line ?? '?'}: this is not YAML. Templates have to be rendered first.`,
      )
    visit(document, {
      Node: (_, node) => {
        if (isAlias(node))
          throw invalid(`document ${index + 1}: anchors and aliases are not read. Render it first.`)
      },
    })
    add(store, document.toJS(), `document ${index + 1}`)
  })
  return store
}

/** @throws RollcallError naming line or document of what cannot be read */
export async function openManifests(path: string, maxBytes = MAX_BYTES): Promise<OpenedFile> {
  const file = await openTextFile(path, { maxBytes, instead: 'cluster' })
  const name = NAME.exec(file.head)?.[1]
  if (name === undefined) throw invalid(NO_NAME)
  const store = readDocuments(await wholeText(file))
  const [issue] = store.issues
  if (issue) throw new RollcallError('invalid', `${issue.path}: ${issue.message}`, store.issues)
  if (!store.report().understood.length) throw invalid('The file holds no manifest of a kind that is read.')
  return {
    transport: storeTransport(store, { name, uid: manifestsId(name), mayBeEmpty: MADE_BY_CONTROLLERS }),
    report: () => store.report(),
  }
}
