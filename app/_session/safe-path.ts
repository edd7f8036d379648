// Where to go after signing in: only ever a page of this site.

const HERE = 'http://rollcall.invalid'

/** A path of this site, or the home page: an address from outside must not lead away. */
export function safePath(path: unknown): string {
  if (typeof path !== 'string' || !path.startsWith('/') || !URL.canParse(path, HERE)) return '/'
  const url = new URL(path, HERE)
  return url.origin === HERE ? url.pathname + url.search : '/'
}
