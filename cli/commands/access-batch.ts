// Thousands of questions from a file, answered line by line in one process.
import { createReadStream } from 'node:fs'
import { once } from 'node:events'
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { answerer } from '@/governance/access/questions/batch'
import { EXIT, type Exit } from '../exit-codes'

/** Longest line that is read as a question; of a longer one nothing is kept. */
const LINE_MAX = 64 * 1024

/** One answer for each line, in their order; a line that is no question is answered with what is wrong with it. */
export async function answerBatch(actor: Actor, file: string): Promise<Exit> {
  const answer = answerer(actor)
  let [number, asked, wrong] = [0, 0, 0]
  for await (const line of linesOf(file)) {
    number++
    if (line !== undefined && !line.trim()) continue
    asked++
    const told = line === undefined ? { error: 'longer than 65,536 characters' } : await answer(line)
    if ('error' in told) wrong++
    const text = JSON.stringify({ line: number, ...told })
    if (!process.stdout.write(`${text}\n`)) await once(process.stdout, 'drain')
  }
  if (wrong) process.stderr.write(`${wrong} of ${asked} questions could not be answered; each says why.\n`)
  return wrong ? EXIT.invalid : EXIT.ok
}

/** Lines without their end; undefined for one that is too long, however long it is. */
async function* linesOf(file: string): AsyncGenerator<string | undefined> {
  const input = file === '-' ? process.stdin.setEncoding('utf8') : createReadStream(file, 'utf8')
  let [rest, isLong, isFirst] = ['', false, true]
  const whole = (line: string): string | undefined => (isLong || line.length > LINE_MAX ? undefined : line)
  try {
    for await (const chunk of input as AsyncIterable<string>) {
      const lines = `${rest}${isFirst ? chunk.replace(/^\uFEFF/, '') : chunk}`.split('\n')
      isFirst = false
      rest = lines.pop() ?? ''
      for (const line of lines) {
        yield whole(line)
        isLong = false
      }
      if (rest.length > LINE_MAX) [rest, isLong] = ['', true]
    }
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error
    throw new RollcallError('not-found', `There is no file ${file} that can be read.`)
  }
  if (rest || isLong) yield whole(rest)
}
