// How it belongs together with others, across sources: whom each connection means, how sure that is, and both sides' word.
import type { IdentityDetail } from '@/inventory/queries/types'
import { ConnectionList, CONNECTIONS_LEGEND } from '@/app/_inventory/connection-list'
import { Section } from '@/app/_ui/section'
import { SuccessionNotes } from './succession'

export function ConnectionsSection({ detail: { connections } }: { detail: IdentityDetail }) {
  const { becomeIt, itBecomes, restsOn, reaches } = connections
  return (
    <Section id="connections" title="Connections" aside={CONNECTIONS_LEGEND}>
      <SuccessionNotes succession={connections} />
      <ConnectionList
        title="Who can become it"
        list={becomeIt}
        none="No connection that leads to it is known. Sources that are not connected may hold some."
      />
      <ConnectionList
        title="What it can become, and what trusts it"
        list={itBecomes}
        none="No connection that leads from it is known. Sources that are not connected may hold some."
      />
      <ConnectionList title="What it rests on" list={restsOn} />
      <ConnectionList title="What its permissions reach" list={reaches} />
    </Section>
  )
}
