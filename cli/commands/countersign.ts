// `evidence countersign`: whoever has received a pack signs what they have received. Needs no database.
import { openAsBlob } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { RollcallError } from '@/core/errors'
import { countersign as sign, Statement } from '@/evidence/pack/countersignature'
import { verifyPack } from '@/evidence/verify/verify-pack'
import { sha256Of } from '@/evidence/verify/verify-countersignature'
import { signerIn } from '@/governance/packs/keys/key-file'
import { cliCommand } from '../command'
import { EXIT } from '../exit-codes'
import { printable } from '../table'

const RECEIVED = 'I have received this pack.'

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)
const invalid = (message: string) => new RollcallError('invalid', message)

async function packAt(path: string): Promise<Blob> {
  try {
    return await openAsBlob(path)
  } catch {
    throw invalid(`${path} cannot be read. Name the file of the pack.`)
  }
}

async function save(path: string, text: string, overwrite: boolean): Promise<void> {
  try {
    await writeFile(path, text, { flag: overwrite ? 'w' : 'wx', mode: 0o644 })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const why =
      code === 'EEXIST' ? 'is there already; say --overwrite to replace it' : `cannot be written (${code})`
    throw new RollcallError('conflict', `${path} ${why}.`)
  }
}

export const countersign = cliCommand(
  'countersign',
  'sign a pack that one has received, into a file beside it; needs no database',
  async ({ out, options }, path = '') => {
    const key = textOf(options.key)
    const to = textOf(options.out) ?? `${path}.sig`
    if (key === undefined) throw invalid('Say with which key: --key <file>, Ed25519 as PEM (PKCS#8).')
    const statement = Statement.safeParse(textOf(options.statement) ?? RECEIVED)
    if (!statement.success) throw invalid('--statement is one line of 1000 letters at most.')
    const signer = await signerIn(key, key)
    const pack = await packAt(path)
    // What does not fit its own seal is nothing to put one's name to.
    const { problems } = await verifyPack(pack)
    if (problems.length) {
      for (const { words } of problems) await out.line(printable(words))
      await out.line('It was not countersigned.')
      return EXIT.failure
    }
    const sha256 = await sha256Of(pack)
    const made = await sign({ sha256, at: new Date(), statement: statement.data, signer })
    await save(to, `${JSON.stringify(made, null, 2)}\n`, options.overwrite === true)
    if (out.json) await out.answer('countersigned/1', { ...made, file: to })
    else
      await out.line(
        printable(`Written to ${to}: “${made.statement}”, with key ${made.key}, about ${sha256}`),
      )
  },
  (command) =>
    command
      .argument('<pack>', 'the file of the pack')
      .option('--key <file>', 'your private key: Ed25519, PEM, PKCS#8')
      .option('--statement <text>', `what you say about it; left out: ${RECEIVED}`)
      .option('--out <file>', 'where to; left out: its name with .sig')
      .option('--overwrite', 'replace a file that is there'),
)
