// Writes down an unexpected failure: where, never what. Messages of databases and parsers can quote the data they met.

type Bug = { requestId: string; request: Request; error: unknown }

const FRAMES_MAX = 12

function framesOf(error: unknown): string[] {
  const lines = error instanceof Error ? (error.stack ?? '').split('\n') : []
  return lines.filter((line) => /^\s+at /.test(line)).slice(0, FRAMES_MAX)
}

export function logBug({ requestId, request, error }: Bug): void {
  const name = error instanceof Error ? error.name : typeof error
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : ''
  const { pathname } = new URL(request.url)
  process.stderr.write(
    [`api: ${requestId} ${request.method} ${pathname}: ${name}${code}`, ...framesOf(error), ''].join('\n'),
  )
}
