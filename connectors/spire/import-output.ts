// What commands printed into one file, one answer behind the other, as if it were the server. What is not in it is not offered.
import { pipeline } from 'node:stream'
import { JSONParser } from '@streamparser/json-node'
import type { OpenedFile } from '@/core/connector'
import { RollcallError } from '@/core/errors'
import { brokenFile, invalid, openTextFile, textOf, type TextFile } from '@/connectors/text-file'
import { COMMAND } from './calls'
import { explain } from './explain'
import { OutputStore } from './output-store'

export const MAX_BYTES = 512 * 1024 * 1024
/** Lists of things are read one by one; what else is asked for is small. */
const PATHS = [
  '$.entries.*',
  '$.agents.*',
  '$.bundles',
  '$.federation_relationships',
  '$.trust_domain',
  '$.count',
  '$.issuer',
  '$.next_page_token',
]
type Emitted = { value?: unknown; key?: string | number; stack: { key?: string | number }[] }

/** @throws RollcallError naming where the file cannot be read */
async function readFile(file: TextFile): Promise<OutputStore> {
  const store = new OutputStore()
  const parser = new JSONParser({ paths: PATHS, separator: '', keepStack: false })
  pipeline(textOf(file), parser, () => {})
  const failure = await new Promise<Error | undefined>((resolve) => {
    parser.on('data', ({ value, key, stack }: Emitted) => {
      if (stack.length < 2) store.addTop(String(key), value)
      else store.addElement(String(stack[1]?.key), Number(key), value)
      if (store.isFull) parser.destroy()
    })
    parser.on('error', resolve)
    parser.on('end', () => resolve(undefined))
    parser.on('close', () => resolve(undefined))
  })
  if (failure) throw brokenFile(file, failure, store.last)
  return store
}

/** @throws RollcallError naming what is wrong with the file */
export async function openOutput(path: string, maxBytes = MAX_BYTES): Promise<OpenedFile> {
  const file = await openTextFile(path, { maxBytes: Number.MAX_SAFE_INTEGER, instead: 'server' })
  if (file.bytes > maxBytes)
    throw new RollcallError(
      'limited',
      `The file is too large: at most ${maxBytes / 1024 / 1024} MB are read.`,
    )
  if (!file.head.startsWith('{'))
    throw invalid(`This is not what spire-server prints with -output json. Run: ${COMMAND}`)
  const store = await readFile(file)
  const [issue] = store.issues
  if (issue) throw new RollcallError('invalid', `${issue.path}: ${issue.message}`, store.issues)
  const domains = store.domains()
  if (!domains.length)
    throw invalid('The file does not say which trust domain it is of: put spire-server bundle show into it.')
  if (domains.length > 1)
    throw invalid(
      `The file is of several trust domains (${domains.slice(0, 3).join(', ')}): import one at a time.`,
    )
  return {
    transport: { send: async (permission, params) => store.answer(permission, params), explain },
    report: () => store.report(),
  }
}
