// Reads a generated estate as it is, without a database: for printing it and for whoever wants to measure something else.
import type { Scope } from '@/core/connector'
import type { Observed } from '@/core/observation'
import { Session } from '@/core/session'
import { estateConnector, type EstateOptions } from './connector'

export type Read = { scope: Scope; stream: string; observed: AsyncIterable<Observed> }

/** Each stream of each scope in turn; it has to be read to its end before the next one is asked for. */
export async function* readEstate(options: EstateOptions): AsyncGenerator<Read> {
  const connector = estateConnector(options)
  const session = new Session({
    transport: connector.open({}),
    signal: new AbortController().signal,
    // Nothing is ever tried twice: the answers come from memory.
    sleep: () => Promise.resolve(),
    random: () => 0,
  })
  const now = ''
  for await (const scope of connector.scopes(session))
    for (const [stream, { collect }] of Object.entries(connector.streams))
      yield {
        scope,
        stream,
        observed: collect({ session, scope, now, lacking: () => {}, unlooked: () => {} }),
      }
}
