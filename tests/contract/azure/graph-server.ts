// Microsoft Graph of the made-up tenant over HTTP, and the real client on its way there instead of to Microsoft.
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openClient } from '@/connectors/azure/client'
import { AzureSettings } from '@/connectors/azure/settings'
import type { Transport } from '@/core/upstream'
import { ALL_ROLES, Graph, type GraphState } from './graph-answers'
import { TENANT } from './graph-tenant'

export const TOKEN = 'token-of-a-test'
const YEAR_MS = 365 * 86_400_000

export const settingsOf = (more: Record<string, unknown> = {}): AzureSettings =>
  AzureSettings.parse({
    tenantId: TENANT,
    login: { method: 'managed-identity' },
    ...more,
  })

export type Asked = { path: string; authorization: string | undefined }
export type GraphServer = {
  asked: Asked[]
  open: (settings?: AzureSettings, clock?: () => number) => Transport
  close: () => Promise<void>
}

const headersOf = ({ headers }: IncomingMessage) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))

export async function graphServer(state: Partial<GraphState> = {}): Promise<GraphServer> {
  const graph = new Graph({ granted: ALL_ROLES, ...state })
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'https://graph.microsoft.com')
    asked.push({ path: `${url.pathname}${url.search}`, authorization: request.headers.authorization })
    const { status, headers, body } = graph.answer({
      method: request.method ?? '',
      url,
      headers: headersOf(request),
    })
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    asked,
    open: (settings = settingsOf(), clock) =>
      openClient(settings, {
        ...(clock && { clock }),
        route: ({ pathname, search }) => new URL(`${pathname}${search}`, `http://127.0.0.1:${port}`),
        credential: { getToken: async () => ({ token: TOKEN, expiresOnTimestamp: Date.now() + YEAR_MS }) },
      }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
