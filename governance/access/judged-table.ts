// Where what an analysis finds waits until it is merged: tables of its own without write-ahead log, filled by COPY.
import { v4 as newId } from 'uuid'
import { COPY_NULL, copyInto, copyText } from '@/inventory/staging/pool'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'

/** Lines sent at a time: bounds memory, whatever the size of the scope. */
const CHUNK = 5000
// Made of the hexadecimal digits of ids: nothing from outside gets into a statement.
const digits = (id: string): string => id.toLowerCase().replace(/[^0-9a-f]/g, '')
const COLUMNS = {
  step: 'id uuid, from_id uuid, from_kind text, from_scope_id uuid, to_id uuid, to_kind text, to_scope_id uuid, origin text, by text, certainty text, because text[], missing text[]',
  verdict:
    'identity_id uuid, platform text, certain text, possible text, because text[], missing text[], pitfalls jsonb, more boolean, fingerprint uuid',
} as const
type Of = keyof typeof COLUMNS

/** One sort of rows of one analysis. */
export class JudgedTable {
  private lines: string[] = []
  private constructor(
    private readonly name: string,
    private readonly columns: string,
  ) {}

  /**
   * Only while nobody else can analyse the scope: what an analysis that was killed has left there is dropped, and what one left
   * of a scope that is no longer there (a scope that is being analysed cannot go).
   */
  static async make(scopeId: string, of: Of): Promise<JudgedTable> {
    const prefix = `s${digits(scopeId)}_${of}_`
    const left = await db.$queryRaw<{ name: string }[]>`
      SELECT tablename AS name FROM pg_tables WHERE schemaname = 'judging' AND (starts_with(tablename, ${prefix})
        OR NOT EXISTS (SELECT 1 FROM scope WHERE split_part(tablename, '_', 1) = 's' || replace(id::text, '-', '')))`
    for (const { name } of left) await db.$executeRaw`DROP TABLE IF EXISTS ${Prisma.raw(`judging.${name}`)}`
    const name = `judging.${prefix}${digits(newId()).slice(0, 8)}`
    await db.$executeRaw`CREATE UNLOGGED TABLE ${Prisma.raw(`${name} (${COLUMNS[of]})`)}`
    return new JudgedTable(name, COLUMNS[of].replace(/ [a-z[\]]+(,|$)/g, '$1'))
  }

  get sql(): Prisma.Sql {
    return Prisma.raw(this.name)
  }

  async add(fields: readonly (string | readonly string[] | null)[]): Promise<void> {
    if (this.lines.push(`${fields.map(fieldOf).join('\t')}\n`) >= CHUNK) await this.flush()
  }

  /** To be called before the rows are read. */
  async close(): Promise<void> {
    await this.flush()
    await db.$executeRaw`ANALYZE ${this.sql}`
  }

  private async flush(): Promise<void> {
    const lines = this.lines.join('')
    this.lines = []
    if (lines) await copyInto(this.name, this.columns, lines)
  }

  async drop(): Promise<void> {
    await db.$executeRaw`DROP TABLE IF EXISTS ${this.sql}`
  }
}

const fieldOf = (field: string | readonly string[] | null): string =>
  field === null ? COPY_NULL : copyText(typeof field === 'string' ? field : arrayOf(field))
const arrayOf = (words: readonly string[]): string =>
  `{${words.map((word) => `"${word.replace(/[\\"]/g, '\\$&')}"`).join()}}`
