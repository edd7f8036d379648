// What gcloud wrote as if it were Google Cloud itself: lists of service accounts and keys, or the inventory of assets. What a
// file does not hold is not offered, and nothing is called gone because of it.
import { pipeline } from 'node:stream'
import { JSONParser } from '@streamparser/json-node'
import { brokenFile, invalid, openTextFile, textOf, type TextFile } from '@/connectors/text-file'
import type { OpenedFile } from '@/core/connector'
import { RollcallError } from '@/core/errors'
import type { Transport } from '@/core/upstream'
import { SIGN_IN, type CallName } from './calls'
import { ExportStore } from './export-store'
import { ASSET_EXPORT, gcpManifest } from './manifest'

export const MAX_BYTES = 512 * 1024 * 1024

class NotInFile extends Error {
  override readonly name = 'NotInFile'
}
const missing = (what = 'not in the imported file'): never => {
  throw new NotInFile(what)
}

type Emitted = { value?: unknown; key?: string | number }

/** Lists one behind the other, or one record a line. @throws RollcallError naming where the file cannot be read */
async function readFile(file: TextFile): Promise<ExportStore> {
  const store = new ExportStore()
  const inLists = file.head.startsWith('[')
  const parser = new JSONParser({ paths: [inLists ? '$.*' : '$'], separator: '', keepStack: false })
  let count = 0
  pipeline(textOf(file), parser, () => {})
  const failure = await new Promise<Error | undefined>((resolve) => {
    parser.on('data', ({ value, key }: Emitted) => {
      const at = `record ${++count}`
      if (inLists && typeof key !== 'number') store.issues.push({ path: at, message: 'is in no list' })
      else store.add(value, at)
      if (store.isFull) parser.destroy()
    })
    parser.on('error', resolve)
    parser.on('end', () => resolve(undefined))
    parser.on('close', () => resolve(undefined))
  })
  if (failure) throw brokenFile(file, failure, count ? `after record ${count}` : 'before the first record')
  return store
}

/** Which of the scopes the file is of. */
function rootOf(store: ExportStore, format: string): string {
  const [organisation, ...more] = [...store.organisations].filter((name) => name.startsWith('organizations/'))
  if (format === ASSET_EXPORT) {
    if (organisation === undefined)
      throw invalid('The file does not say which organisation it is of. Run the command as it is shown.')
    if (more.length) throw invalid('The file holds assets of several organisations: import one at a time.')
    return organisation
  }
  const [project, ...others] = store.projects.keys()
  if (project === undefined)
    throw invalid('The file holds no service account, so it does not say which project it is of.')
  if (others.length)
    throw invalid('The file holds service accounts of several projects: import one at a time.')
  return `projects/${project}`
}

type Params = Readonly<Record<string, unknown>>
type Answers = Partial<Record<CallName, (params: Params) => unknown>>

function answersOf(store: ExportStore, root: string, isExport: boolean): Answers {
  const accountsOf = (name: string) =>
    [...store.accounts.values()].filter((one) => one.name.startsWith(`${name}/`))
  return {
    [SIGN_IN]: () => ({ method: 'file', resources: [root] }),
    'resourcemanager.organizations.get': () => ({ name: root, displayName: root }),
    'resourcemanager.projects.get': () => [...store.projects.values()][0] ?? missing(),
    'resourcemanager.projects.list': () => ({ projects: [...store.projects.values()] }),
    // An export of a single project looks like one of the whole: that nothing else is there is never taken from a file.
    'resourcemanager.folders.list': () =>
      missing('A file does not tell whether it holds the whole organisation.'),
    'iam.serviceAccounts.list': ({ name }) =>
      store.accounts.size ? { accounts: accountsOf(String(name)) } : missing(),
    'iam.serviceAccountKeys.list': ({ name }) => keysFor(store, String(name), isExport),
    'cloudasset.assets.searchAllIamPolicies': () =>
      store.policies.size ? { results: [...store.policies.values()] } : missing(),
    'cloudasset.assets.listResource': ({ assetTypes }) => {
      const types = [assetTypes].flat().map(String)
      const found = types.flatMap((type) => [...(store.assets.get(type)?.values() ?? [])])
      return found.length ? { assets: found } : missing()
    },
  }
}

/** An empty list of keys does not say whose it is: only an export that holds keys at all tells that one has none. */
function keysFor(store: ExportStore, name: string, isExport: boolean): unknown {
  const account = [...store.accounts.values()].find((one) => one.name === name)
  const keys = account && (store.keys.get(account.email) ?? store.keys.get(account.uniqueId))
  if (keys) return { keys }
  return isExport && store.keys.size
    ? { keys: [] }
    : missing('The file holds no keys of this service account.')
}

/** @throws RollcallError naming what is wrong with the file */
export async function openExport(format: string, path: string, maxBytes = MAX_BYTES): Promise<OpenedFile> {
  const command = gcpManifest.imports.find(({ id }) => id === format)?.command ?? ''
  const file = await openTextFile(path, { maxBytes, instead: 'organisation' })
  if (file.head.startsWith('<'))
    throw invalid('This is a web page (HTML), not JSON. A sign-in page was saved.')
  if (!/^[[{]/.test(file.head))
    throw invalid(`This is not JSON. Run the command with --format=json: ${command}`)
  const store = await readFile(file)
  const [issue] = store.issues
  if (issue) throw new RollcallError('invalid', `${issue.path}: ${issue.message}`, store.issues)
  const answers = answersOf(store, rootOf(store, format), format === ASSET_EXPORT)
  const explain: Transport['explain'] = (error) =>
    error instanceof NotInFile ? { why: 'not-offered', detail: error.message } : undefined
  return {
    report: () => store.report(),
    transport: {
      async send(permission, params) {
        const answer = (answers as Record<string, ((params: Params) => unknown) | undefined>)[permission]
        return answer ? answer(params) : missing()
      },
      explain,
    },
  }
}
