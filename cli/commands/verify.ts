// `verify`: checks a pack of evidence. Needs no database: whoever audits has none.
import { openAsBlob } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { RollcallError } from '@/core/errors'
import { keyName } from '@/evidence/pack/seal'
import { keysIn } from '@/evidence/verify/expected-key'
import {
  verifyCountersignature,
  type CheckedCountersignature,
} from '@/evidence/verify/verify-countersignature'
import { verifyPack, type Checked } from '@/evidence/verify/verify-pack'
import { cliCommand } from '../command'
import { EXIT } from '../exit-codes'
import { printable } from '../table'

const invalid = (message: string) => new RollcallError('invalid', message)

async function fileAt(path: string, what: string): Promise<Blob> {
  try {
    return await openAsBlob(path)
  } catch {
    throw invalid(`${path} cannot be read. Name the file of the ${what}.`)
  }
}

/** Keys in hex, or a file with them in hex or as PEM. */
async function keysOf(text: string, option: string): Promise<string[]> {
  const keys = keysIn(text) ?? keysIn(await readFile(text, 'utf8').catch(() => ''))
  if (keys) return keys
  throw invalid(`${option} ${text} is no Ed25519 public key: name a PEM file, or write the key in hex.`)
}

function linesOf({ problems, manifest, seal, isExpectedKey }: Checked): string[] {
  const signed = seal ? [`Sealed ${seal.at} with key ${keyName(seal.key)}… (${seal.key})`] : []
  if (problems.length) return [...problems.map(({ words }) => words), ...signed]
  const files = manifest?.files ?? []
  return [
    `All ${files.length} files are as they were sealed: ${manifest?.title ?? ''}`,
    ...signed,
    ...(isExpectedKey === undefined
      ? ['Compare the key with the one that the installation publishes, or say --key.']
      : ['The key is the one that was expected.']),
    ...(manifest?.complete === false ? ['It is not complete. Not seen:', ...manifest.gaps] : []),
    ...(manifest?.activityHead ? [`Head of the activity log: ${manifest.activityHead}`] : []),
  ]
}

function countersignedLines({
  problems,
  countersignature,
  isExpectedKey,
}: CheckedCountersignature): string[] {
  const said = countersignature
    ? [
        `Countersigned ${countersignature.at} with key ${keyName(countersignature.key)}… (${countersignature.key}): “${countersignature.statement}”`,
      ]
    : []
  if (problems.length) return [...problems.map(({ words }) => words), ...said]
  return [
    'The countersignature is of these very bytes.',
    ...said,
    isExpectedKey
      ? 'It is by the key that was expected.'
      : 'Compare its key with the one that whoever signed has told you, or say --countersignature-key.',
  ]
}

async function checkCountersignature(
  pack: Blob,
  path: string,
  key: string | undefined,
): Promise<CheckedCountersignature> {
  const keys = key === undefined ? undefined : await keysOf(key, '--countersignature-key')
  return verifyCountersignature(pack, await fileAt(path, 'countersignature'), { ...(keys && { keys }) })
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)

export const verify = cliCommand(
  'verify',
  'check a pack of evidence: every byte, every file, every signature',
  async ({ out, options }, path = '') => {
    const keys = typeof options.key === 'string' ? await keysOf(options.key, '--key') : undefined
    const [signed, signer] = [textOf(options.countersignature), textOf(options.countersignatureKey)]
    if (signed === undefined && signer !== undefined)
      throw invalid(
        '--countersignature-key says whose a countersignature is: name it with --countersignature.',
      )
    const pack = await fileAt(path, 'pack')
    const checked = await verifyPack(pack, { ...(keys && { keys }) })
    const countersigned = signed === undefined ? undefined : await checkCountersignature(pack, signed, signer)
    if (out.json) await out.answer('pack-checked/1', { ...checked, ...(countersigned && { countersigned }) })
    else
      for (const line of [...linesOf(checked), ...(countersigned ? countersignedLines(countersigned) : [])])
        await out.line(printable(line))
    return checked.problems.length || countersigned?.problems.length ? EXIT.failure : EXIT.ok
  },
  (command) =>
    command
      .argument('<pack>', 'the file of the pack')
      .option(
        '--key <key>',
        'the public key that has to have sealed it: a PEM file, or 64 letters and digits',
      )
      .option('--countersignature <file>', 'a countersignature of it, which is checked as well')
      .option('--countersignature-key <key>', 'the public key that has to have countersigned it'),
)
