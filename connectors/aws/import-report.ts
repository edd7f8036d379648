// An exported credential report as if it were the account itself. It answers one call; the streams do the rest.
import type { OpenedFile } from '@/core/connector'
import { RollcallError } from '@/core/errors'
import { parseReport, type ReportRow } from './credential-report'
import { callerOf, explainFile, NotInFile } from './import-details'
import { awsManifest } from './manifest'
import { reportedCredentials } from './map-credential'
import { openTextFile, textOf } from '@/connectors/text-file'
import { expectCsv } from './expect-file'

/** A report has one row per user and an account at most a few thousand users: ten times that is still far below. */
const MAX_BYTES = 32 * 1024 * 1024

const accountOf = (row: ReportRow): string => row.arn.split(':')[4] ?? ''

function oneAccount(rows: readonly ReportRow[], command: string): string {
  const [first] = rows
  if (!first) throw new RollcallError('invalid', `The report has no rows. Run: ${command}`)
  const account = accountOf(first)
  const other = rows.find((row) => accountOf(row) !== account)
  if (other)
    throw new RollcallError(
      'invalid',
      `line ${other.line}, column arn: belongs to account ${accountOf(other)}, while line ${first.line} belongs to ${account}: import one account at a time.`,
    )
  return account
}

/** @throws RollcallError naming line and column when it is not a whole credential report */
export async function openReport(path: string): Promise<OpenedFile> {
  const command = awsManifest.imports.find((format) => format.id === 'aws-credential-report')?.command ?? ''
  const file = await openTextFile(path, { maxBytes: MAX_BYTES, instead: 'account' })
  expectCsv(file, command)
  const chunks: string[] = []
  for await (const chunk of textOf(file)) chunks.push(chunk as string)
  const text = chunks.join('')
  const { rows, issues } = await parseReport(text)
  const [issue] = issues
  if (issue) throw new RollcallError('invalid', `${issue.path || 'The file'} ${issue.message}.`, issues)
  const account = oneAccount(rows, command)
  const users = rows.filter((row) => !row.isRoot).length
  const credentials = rows.flatMap((row) => reportedCredentials(row.arn, row)).length
  return {
    report: () => ({
      understood: [
        { what: 'users', count: users },
        { what: 'passwords and access keys', count: credentials },
      ],
      ignored: [],
      dropped: [],
    }),
    transport: {
      async send(permission) {
        if (permission === 'sts:GetCallerIdentity') return callerOf(account)
        if (permission === 'iam:GetCredentialReport') return { Content: text, GeneratedTime: file.modifiedAt }
        throw new NotInFile('not in the imported file')
      },
      explain: explainFile,
    },
  }
}
