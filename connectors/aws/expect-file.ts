// Refuses an imported file that is plainly another kind of file, and says which.
import { invalid, type TextFile } from '@/connectors/text-file'

export function expectJson({ head }: TextFile, command: string): void {
  if (head.startsWith('{')) return
  if (head.startsWith('<'))
    throw invalid('This is a web page (HTML), not JSON. Download or run it again: a sign-in page was saved.')
  if (head.startsWith('user,arn,'))
    throw invalid('This is a credential report (CSV). Import it as a credential report.')
  if (head.startsWith('['))
    throw invalid(`$: is a list, not the whole output. Import the output of: ${command}`)
  throw invalid(`This is not JSON. Run the command with --output json: ${command}`)
}

export function expectCsv({ head }: TextFile, command: string): void {
  if (head.startsWith('user,') || head.startsWith('"user"')) return
  if (head.startsWith('<')) throw invalid('This is a web page (HTML), not CSV. Download or run it again.')
  if (head.startsWith('{')) throw invalid(`This is JSON, not the decoded report. Decode it as in: ${command}`)
  if (/^[A-Za-z0-9+/=\s]+$/.test(head)) throw invalid(`This is still base64. Decode it as in: ${command}`)
  throw invalid(`line 1: this is not a credential report. Run: ${command}`)
}
