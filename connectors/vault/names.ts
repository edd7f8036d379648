// How stored secrets and issued credentials go by for others: by host and path, as whoever uses them has it in their settings.

const under = (ns: string): string => (ns === '' ? '' : `${ns}/`)

/** `<host:port>|<namespace>/<mount>/<path>`; in the root namespace without one. */
export const secretPath = (host: string, ns: string, mount: string, path: string): string =>
  `${host}|${under(ns)}${mount}/${path}`

/** `<cluster>/<namespace>|<path>`: the path at which a credential is handed out. */
export const issuingPath = (scope: string, path: string): string => `${scope}|${path}`
