// The whole made-up tenant over HTTP: Microsoft Graph, Azure Resource Manager and key vaults, told apart by the host that was
// meant; and the real client with its real SDKs on the way there.
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openClient, type Inside } from '@/connectors/azure/client'
import { AzureSettings } from '@/connectors/azure/settings'
import type { Transport } from '@/core/upstream'
import { Arm, READER, type ArmState } from './arm-answers'
import { ALL_ROLES, Graph, type GraphState } from './graph-answers'
import { TENANT } from './graph-tenant'

export const TOKEN = 'token-of-a-test'
const YEAR_MS = 365 * 86_400_000
type State = { graph?: Partial<GraphState>; arm?: Partial<ArmState> }
export type Asked = { method: string; url: URL; authorization: string | undefined; body: string }
export type AzureServer = {
  asked: Asked[]
  route: (url: URL) => URL
  open: (settings?: AzureSettings, inside?: Inside) => Transport
  close: () => Promise<void>
}

export const settingsOf = (more: Record<string, unknown> = {}): AzureSettings =>
  AzureSettings.parse({
    tenantId: TENANT,
    login: { method: 'managed-identity' },
    keyVaultObjects: true,
    ...more,
  })

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
const headersOf = ({ headers }: IncomingMessage) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))

export async function azureServer({ graph = {}, arm = {} }: State = {}): Promise<AzureServer> {
  const directory = new Graph({ granted: ALL_ROLES, ...graph })
  const manager = new Arm({ actions: READER, dataActions: true, ...arm })
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    // `/<host>/<path>`
    const [, host = '', rest = ''] = /^\/([^/]+)(\/.*)$/.exec(request.url ?? '') ?? []
    const url = new URL(`https://${host}${rest}`)
    const body = await readBody(request)
    asked.push({ method: request.method ?? '', url, authorization: request.headers.authorization, body })
    const one = { method: request.method ?? '', url, body, headers: headersOf(request) }
    const answer = host === 'graph.microsoft.com' ? directory.answer(one) : manager.answer(one)
    response
      .writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
      .end(JSON.stringify(answer.body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const route = ({ host, pathname, search }: URL): URL =>
    new URL(`http://127.0.0.1:${port}/${host}${pathname}${search}`)
  const credential = { getToken: async () => ({ token: TOKEN, expiresOnTimestamp: Date.now() + YEAR_MS }) }
  return {
    asked,
    route,
    open: (settings = settingsOf(), inside = {}) => openClient(settings, { route, credential, ...inside }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
