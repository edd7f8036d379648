// Every other address of the API: a problem document instead of a page.
import { endpoint } from '@/app/_http/endpoint'
import { route, type AnyRoute } from '@/app/_http/route'
import { RollcallError } from '@/core/errors'
import { z } from 'zod'

const nowhere = (method: AnyRoute['method']) =>
  route({
    method,
    path: '/{unknown...}',
    permission: null,
    summary: 'There is nothing here',
    status: 404,
    answer: z.never(),
    handle: () =>
      Promise.reject(
        new RollcallError('not-found', 'There is no such address. What there is: /api/v1/openapi.json'),
      ),
  })

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = endpoint([
  nowhere('GET'),
  nowhere('POST'),
  nowhere('DELETE'),
])
