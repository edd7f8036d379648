// Takes an uploaded file to a temporary place and shows what it holds. A page with scripts gets JSON, a bare form a redirect.
import { NextResponse, type NextRequest } from 'next/server'
import { ensure, RollcallError } from '@/core/errors'
import { may } from '@/core/permissions'
import { actorFrom } from '@/governance/auth/actor-from'
import { IMPORT_BYTES_MAX, previewImport, type ImportInput } from '@/governance/imports/preview-import'
import { ensureSameOrigin } from '@/app/_http/same-origin'
import { withUpload, type Upload } from '@/app/_http/upload'

function inputOf({ fields, fileName }: Upload): ImportInput {
  const [connectorId = '', format = ''] = (fields.format ?? '').split('/')
  ensure(fileName, 'invalid', 'Choose a file first.')
  const at = fields.asOf ? new Date(`${fields.asOf}Z`) : undefined
  ensure(!at || !Number.isNaN(at.getTime()), 'invalid', 'The date is not understood.')
  return { connectorId, format, name: fileName, ...(at && { observedAt: at.toISOString() }) }
}

async function take(request: NextRequest) {
  ensureSameOrigin(request)
  const actor = await actorFrom(request.headers)
  ensure(actor, 'unauthenticated', 'Your session has ended. Sign in again, then send the file again.')
  ensure(may(actor, 'source:import'), 'forbidden', 'Your role may not import files.')
  return withUpload(request, IMPORT_BYTES_MAX, (upload) =>
    previewImport(actor, inputOf(upload), { path: upload.path, temporary: true }),
  )
}

export async function POST(request: NextRequest): Promise<Response> {
  const scripted = request.headers.get('accept') === 'application/json'
  // Relative, so that it holds behind a proxy too.
  const goTo = (location: string) => new NextResponse(null, { status: 303, headers: { location } })
  try {
    const { connectionId, runId } = await take(request)
    return scripted
      ? NextResponse.json({ connectionId, runId })
      : goTo(`/sources/${connectionId}/runs/${runId}`)
  } catch (error) {
    if (!(error instanceof RollcallError)) throw error
    const { message, issues, status, code } = error
    return scripted
      ? NextResponse.json({ message, issues }, { status })
      : goTo(`/sources/import?problem=${code}`)
  }
}
