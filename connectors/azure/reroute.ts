// Sends requests of an SDK somewhere else than they say, below everything that makes, signs and reads them: for tests alone.
import type { Route } from './http'

type Request = { url: string; allowInsecureConnection?: boolean }
/** A policy of the SDKs' pipeline, as far as it is used here. */
export type Policy = {
  name: string
  sendRequest<A extends Request, B>(request: A, next: (request: A) => Promise<B>): Promise<B>
}

export const rerouting = (route: Route): { policy: Policy; position: 'perRetry' } => ({
  policy: {
    name: 'rollcallRerouting',
    async sendRequest(request, next) {
      const to = route(new URL(request.url)).href
      Object.assign(request, { url: to, allowInsecureConnection: true })
      return await next(request)
    },
  },
  // After tokens were added: those are refused on addresses without TLS.
  position: 'perRetry',
})
