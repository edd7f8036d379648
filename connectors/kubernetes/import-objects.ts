// The output of `kubectl get -o json` as if it were the cluster itself. A file of any size is read object by object, and of
// each only what is needed is held.
import { pipeline } from 'node:stream'
import { JSONParser } from '@streamparser/json-node'
import { z } from 'zod'
import type { OpenedFile } from '@/core/connector'
import { RollcallError } from '@/core/errors'
import { ObjectStore, storeTransport } from './object-store'
import { LIST } from './permissions'
import { brokenFile, invalid, openTextFile, textOf, type TextFile } from '@/connectors/text-file'

export const MAX_BYTES = 512 * 1024 * 1024
const Item = z.looseObject({ apiVersion: z.string(), kind: z.string() })
type Emitted = { value?: unknown; key?: string | number; stack: { key?: string | number }[] }
const KUBE_SYSTEM = 'kube-system'
const NO_CLUSTER =
  'The file does not say which cluster it is of: it holds no namespace kube-system. Add namespaces to kubectl get, and ask for all of them (-A).'
const NOT_ALL =
  'The file holds only some namespaces, and the rest would seem to be gone. Run kubectl get with -A and without a selector.'

type Read = { store: ObjectStore; issuer: string | undefined; last: string }

/** @throws RollcallError naming where the file cannot be read */
async function readFile(file: TextFile): Promise<Read> {
  const read: Read = { store: new ObjectStore(), issuer: undefined, last: 'before the first object' }
  // Discovery and objects stand one behind the other: values without anything between them.
  const parser = new JSONParser({ paths: ['$.items.*', '$.issuer'], separator: '', keepStack: false })
  pipeline(textOf(file), parser, () => {})
  const failure = await new Promise<Error | undefined>((resolve) => {
    parser.on('data', ({ value, key, stack }: Emitted) => {
      if (stack.length < 2) return void (typeof value === 'string' && (read.issuer = value))
      const at = `$.items[${key ?? 0}]`
      read.last = `after ${at}`
      const item = Item.safeParse(value)
      if (item.success) read.store.add(item.data, at)
      else read.store.issues.push({ path: at, message: 'is no Kubernetes object' })
    })
    parser.on('error', resolve)
    parser.on('end', () => resolve(undefined))
    parser.on('close', () => resolve(undefined))
  })
  if (failure) throw brokenFile(file, failure, read.last)
  return read
}

type Placed = { metadata: { uid: string; name: string; namespace?: string } }
/** Every namespace has a service account `default`: one without it was left out when the file was made. */
function isWhole(store: ObjectStore): boolean {
  const defaults = new Set(
    (store.of(LIST.serviceAccounts) as readonly Placed[]).flatMap(({ metadata }) =>
      metadata.name === 'default' ? [metadata.namespace] : [],
    ),
  )
  const namespaces = store.of(LIST.namespaces) as readonly Placed[]
  return !defaults.size || namespaces.every(({ metadata }) => defaults.has(metadata.name))
}

export async function openObjects(path: string, maxBytes = MAX_BYTES): Promise<OpenedFile> {
  const file = await openTextFile(path, { maxBytes, instead: 'cluster' })
  if (!file.head.startsWith('{'))
    throw invalid('This is not the output of kubectl get -o json. Run the command as it is shown.')
  const { store, issuer } = await readFile(file)
  const [issue] = store.issues
  if (issue) throw new RollcallError('invalid', `${issue.path}: ${issue.message}`, store.issues)
  const cluster = (store.of(LIST.namespaces) as readonly Placed[]).find(
    ({ metadata }) => metadata.name === KUBE_SYSTEM,
  )
  if (!cluster) throw invalid(NO_CLUSTER)
  if (!isWhole(store)) throw invalid(NOT_ALL)
  const { uid } = cluster.metadata
  const name = `cluster ${uid.slice(0, 8)}`
  return {
    transport: storeTransport(store, { name, uid, ...(issuer !== undefined && { issuer }) }),
    report: () => store.report(),
  }
}
