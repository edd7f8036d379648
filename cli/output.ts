// Where a command writes: answers to standard output, everything else to standard error.
import { once } from 'node:events'
import { currentMoment } from '@/inventory/moment/at-moment'
import { momentView } from '@/inventory/moment/moment-view'
import { completenessWords } from '@/inventory/queries/completeness-words'
import type { FullCompleteness } from '@/inventory/queries/types'
import { printable, table } from './table'

export class Output {
  constructor(readonly json: boolean) {}

  /** A line of the answer. Waits for a slow reader, so that memory stays bounded. */
  async line(text: string): Promise<void> {
    if (!process.stdout.write(`${text}\n`)) await once(process.stdout, 'drain')
  }

  /** An answer for programs. The schema's number changes only when a program would have to. */
  async answer(schema: string, value: object): Promise<void> {
    const moment = currentMoment()
    const said = { schema: `rollcall.${schema}`, ...value, ...(moment && { moment: momentView(moment) }) }
    await this.line(JSON.stringify(said))
  }

  async table(head: readonly string[], rows: readonly (readonly string[])[]): Promise<void> {
    if (rows.length)
      await this.line(table(head, rows, process.stdout.isTTY ? process.stdout.columns : undefined))
  }

  /** Every answer for people ends with what it rests on, and with its moment where that is not now. */
  async restsOn(completeness: FullCompleteness): Promise<void> {
    await this.line(printable(completenessWords(completeness)))
    const moment = currentMoment()
    if (!moment) return
    const { valid, known } = moment
    await this.line(`As of ${valid}${known === valid ? '' : `, as known at ${known}`}.`)
  }

  /** Progress and remarks. */
  say(text: string): void {
    process.stderr.write(`${printable(text)}\n`)
  }
}
