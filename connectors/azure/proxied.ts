// The way through a proxy that the environment names, by the rules of Microsoft's libraries: signing in and every other call go
// the same way.
import { createHttpHeaders, createPipelineRequest, proxyPolicy } from '@azure/core-rest-pipeline'
import type { Agent, ClientRequest, IncomingMessage } from 'node:http'
import { Trouble } from './explain'

/** Undefined where the host is asked directly. */
export type Proxied = (url: URL) => Promise<Agent | undefined>

export function proxied(): Proxied {
  let policy: ReturnType<typeof proxyPolicy> | undefined
  return async ({ href }) => {
    policy ??= proxyPolicy()
    const request = createPipelineRequest({ url: href })
    // Nothing is sent: the policy only says by whom it would be.
    await policy.sendRequest(request, async () => ({ request, headers: createHttpHeaders(), status: 200 }))
    return request.agent as Agent | undefined
  }
}

/** What the proxy itself answers would otherwise be read as the answer of the service behind it. */
export function refuseProxyAnswers(sent: ClientRequest): void {
  sent.on('proxyConnect', ({ statusCode = 0 }: IncomingMessage) => {
    if (statusCode === 200) return
    const detail = `The proxy does not let Rollcall through to the service (status ${statusCode}). Check HTTPS_PROXY and NO_PROXY, and what the proxy allows.`
    sent.destroy(new Trouble({ why: 'unreachable', detail }))
  })
}
