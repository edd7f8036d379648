// A client of an S3-compatible store, with the keys that were entered for it and no others; it reaches what a webhook may.
import * as http from 'node:http'
import * as https from 'node:https'
import { rootCertificates } from 'node:tls'
import { S3Client } from '@aws-sdk/client-s3'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import { ensureMayReach, guarded } from '@/senders/door/exchange'
import type { StoreSettings } from './store-settings'

const CONNECT_MS = 10_000
/** Of nothing happening. */
const IDLE_MS = 60_000
const ATTEMPTS = 3

/** @throws NotSent where the address may not be reached; a name that leads to such a one fails when it is looked up */
export function storeClient(settings: StoreSettings, idleMs = IDLE_MS): S3Client {
  const url = new URL(settings.endpoint)
  ensureMayReach(url, settings)
  const agent = { keepAlive: true, maxSockets: 4, lookup: guarded(settings) }
  const authorities = settings.caPem === undefined ? {} : { ca: [...rootCertificates, settings.caPem] }
  return new S3Client({
    endpoint: settings.endpoint,
    region: settings.region,
    forcePathStyle: settings.pathStyle,
    credentials: { accessKeyId: settings.accessKey, secretAccessKey: settings.secretKey },
    maxAttempts: ATTEMPTS,
    // What arrived is read back and hashed: not every store knows the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: new NodeHttpHandler({
      connectionTimeout: Math.min(CONNECT_MS, idleMs),
      socketTimeout: idleMs,
      httpAgent: new http.Agent(agent),
      httpsAgent: new https.Agent({ ...agent, ...authorities }),
    }),
  })
}
