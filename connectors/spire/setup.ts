// How a person makes the file: there is nothing to grant, since Rollcall never speaks to the server.
import type { SetupDocument } from '@/core/connector'
import { COMMAND } from './calls'

const IN_CLUSTER = COMMAND.replace(
  'spire-server "$@"',
  'kubectl exec -n spire-server spire-server-0 -c spire-server -- /opt/spire/bin/spire-server "$@"',
)
const WITH_ISSUER = `curl -fsS https://oidc-discovery.example.org/.well-known/openid-configuration >> spire.json`

export const setup = (): SetupDocument[] => [
  { title: 'Make the file on the machine of the server', language: 'shell', text: COMMAND },
  { title: 'Make the file where the server runs in a cluster', language: 'shell', text: IN_CLUSTER },
  { title: 'Add the issuer of JWT-SVIDs, where there is one', language: 'shell', text: WITH_ISSUER },
]
