// What is known of issuers of tokens, whichever platform trusts them.
export type { Claim, Issuer } from './issuers'
export { bareIssuer, issuerOf, widthOf, widthOfIssuer, type Width } from './width'
