// Where resources of SCIM are found.
import { env } from '@/env'

export const SCIM_PATH = '/api/scim/v2'

export const scimUrl = (): string => `${env.baseUrl.replace(/\/+$/, '')}${SCIM_PATH}`

export const location = (...parts: string[]): string =>
  [scimUrl(), ...parts.map(encodeURIComponent)].join('/')
