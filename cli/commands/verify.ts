// `verify`: checks a pack of evidence. Needs no database: whoever audits has none.
import { openAsBlob } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { RollcallError } from '@/core/errors'
import { keyName } from '@/evidence/pack/seal'
import { keysIn } from '@/evidence/verify/expected-key'
import { verifyPack, type Checked } from '@/evidence/verify/verify-pack'
import { cliCommand } from '../command'
import { EXIT } from '../exit-codes'
import { printable } from '../table'

const invalid = (message: string) => new RollcallError('invalid', message)

async function packAt(path: string): Promise<Blob> {
  try {
    return await openAsBlob(path)
  } catch {
    throw invalid(`${path} cannot be read. Name the file of the pack.`)
  }
}

/** Keys in hex, or a file with them in hex or as PEM. */
async function keysOf(text: string): Promise<string[]> {
  const keys = keysIn(text) ?? keysIn(await readFile(text, 'utf8').catch(() => ''))
  if (keys) return keys
  throw invalid(`--key ${text} is no Ed25519 public key: name a PEM file, or write the key in hex.`)
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

export const verify = cliCommand(
  'verify',
  'check a pack of evidence: every byte, every file, every signature',
  async ({ out, options }, path = '') => {
    const keys = typeof options.key === 'string' ? await keysOf(options.key) : undefined
    const checked = await verifyPack(await packAt(path), { ...(keys && { keys }) })
    if (out.json) await out.answer('pack-checked/1', checked)
    else for (const line of linesOf(checked)) await out.line(printable(line))
    return checked.problems.length ? EXIT.failure : EXIT.ok
  },
  (command) =>
    command
      .argument('<pack>', 'the file of the pack')
      .option(
        '--key <key>',
        'the public key that has to have sealed it: a PEM file, or 64 letters and digits',
      ),
)
