// Every rule, one line each.
import credentialDormant from './credential-dormant/rule'
import credentialExpiredUsed from './credential-expired-used/rule'
import credentialExpiring from './credential-expiring/rule'
import credentialLifetimeLong from './credential-lifetime-long/rule'
import credentialLongLived from './credential-long-lived/rule'
import credentialOverlapping from './credential-overlapping/rule'
import credentialReplaceable from './credential-replaceable/rule'
import credentialSuperseded from './credential-superseded/rule'
import credentialUnexpiring from './credential-unexpiring/rule'
import identityAdministrator from './identity-administrator/rule'
import identityAudienceUnbound from './identity-audience-unbound/rule'
import identityDefaultUsed from './identity-default-used/rule'
import identityDisabledGranted from './identity-disabled-granted/rule'
import identityDormant from './identity-dormant/rule'
import identityEmergencyUsed from './identity-emergency-used/rule'
import identityEndPassed from './identity-end-passed/rule'
import identityEnvironmentCrossed from './identity-environment-crossed/rule'
import identityEnvironmentMixed from './identity-environment-mixed/rule'
import identityEnvironmentUnlabelled from './identity-environment-unlabelled/rule'
import identityEscalates from './identity-escalates/rule'
import identityIssuerUnlisted from './identity-issuer-unlisted/rule'
import identityLoginUnbound from './identity-login-unbound/rule'
import identityNameReusable from './identity-name-reusable/rule'
import identityNeverUsed from './identity-never-used/rule'
import identityNameUnfitting from './identity-name-unfitting/rule'
import identityOwnerLeft from './identity-owner-left/rule'
import identityOwnerless from './identity-ownerless/rule'
import identityPeopleBecome from './identity-people-become/rule'
import identityPeopleSignIn from './identity-people-sign-in/rule'
import identityPlacementOnly from './identity-placement-only/rule'
import identityRightsUnused from './identity-rights-unused/rule'
import identitySecretPlain from './identity-secret-plain/rule'
import identityServiceUnbound from './identity-service-unbound/rule'
import identitySessionOutlasting from './identity-session-outlasting/rule'
import identityShared from './identity-shared/rule'
import identitySucceeded from './identity-succeeded/rule'
import identityTrustControls from './identity-trust-controls/rule'
import identityTrustLoose from './identity-trust-loose/rule'
import identityTrustsAnyone from './identity-trusts-anyone/rule'
import identityTrustsDeleted from './identity-trusts-deleted/rule'
import identityVendorEnded from './identity-vendor-ended/rule'
import identityVendorPowerful from './identity-vendor-powerful/rule'
import identityVendorUnbound from './identity-vendor-unbound/rule'
import identityVendorUnregistered from './identity-vendor-unregistered/rule'
import identityWorkloadGone from './identity-workload-gone/rule'
import scopeUnseen from './scope-unseen/rule'
import secretCopied from './secret-copied/rule'
import secretExpired from './secret-expired/rule'
import secretOld from './secret-old/rule'
import secretRefreshSlow from './secret-refresh-slow/rule'
import secretUnkept from './secret-unkept/rule'
import secretUnread from './secret-unread/rule'
import { registered, type Registered } from './registered'

export const rules: readonly Registered[] = [
  registered(credentialDormant),
  registered(credentialExpiredUsed),
  registered(credentialExpiring),
  registered(credentialLifetimeLong),
  registered(credentialLongLived),
  registered(credentialOverlapping),
  registered(credentialReplaceable),
  registered(credentialSuperseded),
  registered(credentialUnexpiring),
  registered(identityAdministrator),
  registered(identityAudienceUnbound),
  registered(identityDefaultUsed),
  registered(identityDisabledGranted),
  registered(identityDormant),
  registered(identityEmergencyUsed),
  registered(identityEndPassed),
  registered(identityEnvironmentCrossed),
  registered(identityEnvironmentMixed),
  registered(identityEnvironmentUnlabelled),
  registered(identityEscalates),
  registered(identityIssuerUnlisted),
  registered(identityLoginUnbound),
  registered(identityNameReusable),
  registered(identityNeverUsed),
  registered(identityNameUnfitting),
  registered(identityOwnerLeft),
  registered(identityOwnerless),
  registered(identityPeopleBecome),
  registered(identityPeopleSignIn),
  registered(identityPlacementOnly),
  registered(identityRightsUnused),
  registered(identitySecretPlain),
  registered(identityServiceUnbound),
  registered(identitySessionOutlasting),
  registered(identityShared),
  registered(identitySucceeded),
  registered(identityTrustControls),
  registered(identityTrustLoose),
  registered(identityTrustsAnyone),
  registered(identityTrustsDeleted),
  registered(identityVendorEnded),
  registered(identityVendorPowerful),
  registered(identityVendorUnbound),
  registered(identityVendorUnregistered),
  registered(identityWorkloadGone),
  registered(scopeUnseen),
  registered(secretCopied),
  registered(secretExpired),
  registered(secretOld),
  registered(secretRefreshSlow),
  registered(secretUnkept),
  registered(secretUnread),
]
