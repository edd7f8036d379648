// What this is, as evidence names it.

/** The version is that of package.json. */
export const PRODUCT = { name: 'Rollcall', version: '0.1.0' } as const
